"""Where files go once their fate is known; nothing is overwritten, nothing unsent is put away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import agent.placing
from agent.journal import Entry
from agent.placing import Placed, place, target_of

DAY = "2026-11-28"


def entry_of(path: Path, reason: str | None = None) -> Entry:
    info = path.stat()
    entry = Entry(str(path), str(path.parent), info.st_size, info.st_mtime_ns, "0", reason=reason)
    return aimed(entry)


def aimed(entry: Entry) -> Entry:
    return replace(entry, target=str(target_of(entry, DAY)))


def scan(folder: Path, name: str = "a.pdf", content: bytes = b"one") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_move_that_was_done_before_a_crash_is_done(tmp_path: Path) -> None:
    entry = entry_of(scan(tmp_path), "ไฟล์เสีย")
    assert place(entry) is Placed.DONE
    note = tmp_path / "failed" / DAY / "a.pdf.txt"
    note.unlink()
    assert place(entry) is Placed.DONE
    assert note.read_text("utf-8") == "a.pdf\nไฟล์เสีย\n"
    scan(tmp_path, content=b"another")
    assert place(entry) is Placed.DONE
    assert (tmp_path / "a.pdf").read_bytes() == b"another"


def test_a_target_that_somebody_took_is_not_overwritten(tmp_path: Path) -> None:
    entry = entry_of(scan(tmp_path))
    there = tmp_path / "sent" / DAY
    there.mkdir(parents=True)
    scan(there, content=b"before")
    assert place(entry) is Placed.TARGET_TAKEN
    assert place(aimed(entry)) is Placed.DONE
    assert (there / "a.pdf").read_bytes() == b"before"
    assert (there / "a (2).pdf").read_bytes() == b"one"


def test_a_file_that_is_another_one_by_now_stays(tmp_path: Path) -> None:
    entry = entry_of(scan(tmp_path))
    scan(tmp_path, content=b"longer than before")
    assert place(entry) is Placed.CHANGED
    (tmp_path / "a.pdf").unlink()
    assert place(entry) is Placed.GONE


def test_a_file_that_changes_during_the_move_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = entry_of(scan(tmp_path))
    target = Path(entry.target or "")
    monkeypatch.setattr(
        agent.placing, "flush_folder", lambda _: target.write_bytes(b"written to by an open handle")
    )
    assert place(entry) is Placed.CHANGED
    assert (tmp_path / "a.pdf").read_bytes() == b"written to by an open handle"
    assert not target.exists()


def test_a_folder_for_what_was_sent_that_leads_elsewhere_is_not_used(tmp_path: Path) -> None:
    entry = entry_of(scan(tmp_path))
    elsewhere = tmp_path.parent / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "sent").symlink_to(elsewhere)
    with pytest.raises(NotADirectoryError):
        place(entry)
    assert (tmp_path / "a.pdf").exists()
    assert not list(elsewhere.rglob("*.pdf"))


@pytest.mark.parametrize("name", ["ก" * 85, "ก" * 83 + ".pdf", "a." + "ข" * 84, "." * 255])
def test_names_stay_short_enough_for_a_number_and_a_note(tmp_path: Path, name: str) -> None:
    for _ in range(3):
        assert place(entry_of(scan(tmp_path, name), "ไฟล์เสีย")) is Placed.DONE
    assert len(list((tmp_path / "failed" / DAY).iterdir())) == 6
