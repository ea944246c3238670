"""The journal survives whatever a crash leaves of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agent.journal
from agent.backoff import NotNow
from agent.journal import Entry, Journal, State, entries_in

texts = st.text(st.characters(codec=None, exclude_characters=""), max_size=8)
entries = st.builds(
    Entry,
    path=st.sampled_from(["/s/a.pdf", "/s/ข\n.pdf", "/s/\udcff.pdf"]),
    folder=st.just("/s"),
    size=st.integers(0, 2**40),
    mtime_ns=st.integers(-(2**62), 2**62),
    sha256=st.just("0" * 64),
    state=st.sampled_from(State),
    url=st.none() | texts,
    target=st.none() | texts,
    reason=st.none() | texts,
)
ENTRY = Entry("/s/a.pdf", "/s", 5, 7, "0" * 64)


def live_after(written: list[Entry]) -> dict[str, Entry]:
    last = {entry.path: entry for entry in written}
    return {path: entry for path, entry in last.items() if entry.state is not State.DONE}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(entries, max_size=6), st.data())
def test_any_beginning_of_a_journal_holds_every_line_that_was_finished(
    path: Path, written: list[Entry], data: st.DataObject
) -> None:
    path.write_bytes(b"")
    journal, ends = Journal(path), [0]
    for entry in written:
        journal.write(entry)
        ends.append(path.stat().st_size)
    journal.close()
    content = path.read_bytes()
    cut = data.draw(st.integers(0, len(content)))
    finished = sum(1 for end in ends[1:] if end - 1 <= cut)  # the line's end is not needed
    assert entries_in(content[:cut]) == live_after(written[:finished])
    # And it goes on from there, whatever the crash left behind.
    path.write_bytes(content[:cut] + data.draw(st.binary(max_size=20)))
    again = Journal(path)
    again.write(ENTRY)
    again.close()
    assert Journal(path).get(ENTRY.path) == ENTRY


def test_a_journal_does_not_grow_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agent.journal, "_MOST_LINES", 20)
    journal = Journal(path)
    journal.write(ENTRY)
    for number in range(100):
        other = replace(ENTRY, path=f"/s/{number}.pdf")
        journal.write(other)
        journal.write(replace(other, state=State.DONE))
    assert len(path.read_bytes()) < 45 * 300
    assert Journal(path).live() == [ENTRY]


def test_a_line_that_a_full_disk_cut_off_does_not_spoil_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(path)
    journal.write(replace(ENTRY, path="/s/before.pdf"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("agent.journal.os.fsync", full)
    with pytest.raises(NotNow):
        journal.write(ENTRY)
    assert journal.get(ENTRY.path) is None  # nothing is built on a line that may not be there
    monkeypatch.undo()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 30)
    journal.write(replace(ENTRY, size=6))
    journal.close()
    assert Journal(path).get(ENTRY.path) == replace(ENTRY, size=6)
    assert len(Journal(path).live()) == 2
