"""Folders that the server itself watches, and the file that scanner PCs are given."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from agent.rounds import Rounds
from agent.seat import AnotherAgent, seat
from agent.settings import AgentSettings
from ingest.intake import receive
from models.database import looking
from models.scans import Arrival
from saraban.cli import app
from saraban.office import Office, open_office
from saraban.settings import Settings
from saraban.watching import state_of, watch
from tests.agent.scanner_pc import letter, sha256
from tests.conftest import ROOT, environment
from tests.ingest.zips import make_zip
from tests.waiting import eventually

FILES = 60


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data", least_free_mb=0, max_file_mb=1))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "share"
    folder.mkdir()
    yield folder
    assert not [path for path in folder.iterdir() if path.name not in ("sent", "failed")]


def watched(office: Office, folder: Path, **more: object) -> Rounds:
    settings = AgentSettings(
        **{
            "server": "",
            "folders": (folder,),
            "name": "",
            "state": state_of(office.settings.data_dir, [folder]),
            "settle": 0.05,
        }
        | more  # type: ignore[arg-type]
    )
    return watch(office, settings, "เมืองนนทบุรี", once=True)


def moved(folder: Path, where: str) -> list[str]:
    return sorted(path.name for path in (folder / where).glob("*/*"))


def scans(office: Office) -> list[tuple[str, str, str, str]]:
    with looking(office.engine) as connection:
        found = connection.execute(text("SELECT sha256, name, district, source FROM scans"))
        return [tuple(row) for row in found]


def test_a_share_is_emptied_into_the_office(office: Office, folder: Path) -> None:
    (folder / "SCN_0001.pdf").write_bytes(letter(1))
    (folder / "again.pdf").write_bytes(letter(1))
    (folder / "both.zip").write_bytes(make_zip({"a.pdf": letter(2), "note.txt": b"no scan"}))
    (folder / "note.docx").write_bytes(b"no scan")
    (folder / "huge.pdf").write_bytes(letter(3, 2_000_000))
    assert watched(office, folder).failed == 2
    assert moved(folder, "sent") == ["SCN_0001.pdf", "again.pdf", "both.zip"]
    assert moved(folder, "failed") == ["huge.pdf", "huge.pdf.txt", "note.docx", "note.docx.txt"]
    found = scans(office)
    assert (sha256(letter(1)), "SCN_0001.pdf", "เมืองนนทบุรี", "watch") in found
    assert [scan[0] for scan in found].count(sha256(letter(1))) == 1
    assert sha256(letter(2)) in [scan[0] for scan in found]


def test_the_files_of_a_day_belong_to_one_batch(office: Office, folder: Path) -> None:
    for number in range(2):
        (folder / "a.pdf").write_bytes(letter(10 + number))
        watched(office, folder, batch="แฟ้มค้าง")
    with looking(office.engine) as connection:
        assert len(connection.execute(text("SELECT id FROM batches")).all()) == 1
        arrivals = connection.execute(text("SELECT DISTINCT batch_id FROM arrivals")).scalars()
        assert len(list(arrivals)) == 1


def test_a_full_disk_keeps_the_file_where_it_is(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.pdf").write_bytes(letter(20))
    tries = []

    def once_there_is_room(*given: Any) -> list[Arrival]:
        tries.append(moved(folder, "sent"))
        if len(tries) < 3:
            raise OSError(28, "No space left on device")
        return receive(*given)

    monkeypatch.setattr("saraban.watching.receive", once_there_is_room)
    monkeypatch.setattr("agent.command.time.sleep", lambda _: None)
    watched(office, folder, settle=0)
    assert tries == [[], [], []]
    assert moved(folder, "sent") == ["a.pdf"]
    assert [scan[0] for scan in scans(office)] == [sha256(letter(20))]


def test_one_process_watches_a_folder(office: Office, folder: Path) -> None:
    state = state_of(office.settings.data_dir, [folder])
    state.mkdir(parents=True)
    with seat(state), pytest.raises(AnotherAgent):
        watched(office, folder)


@pytest.mark.slow
def test_the_watch_killed_at_any_moment_takes_every_file_once(office: Office, folder: Path) -> None:
    for number in range(FILES):
        (folder / f"{number}.pdf").write_bytes(letter(100 + number))
    command = [sys.executable, "-m", "saraban", "watch", str(folder), "--settle", "0.1"]
    environ = environment(office.settings.data_dir)
    for sure in (signal.SIGKILL, signal.SIGTERM):
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        before = len(moved(folder, "sent"))
        more = FILES - before if sure is signal.SIGTERM else 5
        eventually(lambda least=before + more: len(moved(folder, "sent")) >= least, 60)
        process.send_signal(sure)
        assert process.wait(20) == (0 if sure is signal.SIGTERM else -signal.SIGKILL)
    found = sorted(scan[0] for scan in scans(office))
    assert found == sorted(sha256(letter(100 + number)) for number in range(FILES))
    assert len(moved(folder, "sent")) == FILES


def test_the_command_writes_the_file_for_scanner_pcs(tmp_path: Path) -> None:
    target = tmp_path / "saraban-agent.pyz"
    done = CliRunner().invoke(app, ["agent", "--build", str(target)])
    assert done.exit_code == 0
    assert target.read_bytes().startswith(b"#!/usr/bin/env python3\n")
    with zipfile.ZipFile(target) as file:
        assert {Path(name).parts[0] for name in file.namelist()} == {"__main__.py", "agent"}


def test_the_command_hands_its_arguments_to_the_agent(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["agent", "--server", "ftp://x", "--folder", str(tmp_path)])
    assert done.exit_code == 2
    assert CliRunner().invoke(app, ["agent", "--help"]).exit_code == 0


def test_the_data_directory_itself_is_not_watched(office: Office, tmp_path: Path) -> None:
    environ = {"SARABAN_DATA_DIR": str(office.settings.data_dir)}
    for wrong in (tmp_path, office.settings.data_dir, tmp_path / "nowhere"):
        done = CliRunner().invoke(app, ["watch", str(wrong), "--once"], env=environ)
        assert done.exit_code == 2
