"""A backup taken while the office works, and what comes out of it again."""

from __future__ import annotations

import datetime as dt
import errno
import itertools
import json
import os
import resource
import stat
import subprocess
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ingest import bag
from ingest.backup import BackupRefused, Outcome, back_up, prune
from ingest.bag import TornBackup
from ingest.restore import RestoreRefused, restore
from models.database import writing
from models.pages import replace_reading
from models.snapshot import DatabaseDamaged
from saraban.office import Office, now, open_office
from saraban.settings import Settings, WrongSetting
from tests.conftest import picture, tree
from tests.ingest.kept_offices import (
    Thing,
    belongings,
    differences,
    every_row,
    killed_at_flush,
    not_taken,
    place,
    read_it,
    scan_of,
    small_office,
    take_in,
    unwatched,
)
from tests.models.letters import make_page


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return small_office(tmp_path / "data")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def save(office: Office, root: Path, *, recheck: bool = False) -> Outcome:
    return back_up(belongings(office), root, now, unwatched, recheck=recheck)


def bring_back(root: Path, data: Path, name: str | None = None) -> Office:
    restore(root, name, place(data), unwatched)
    return open_office(Settings(data_dir=data))


def own_files(data: Path) -> dict[str, bytes | None]:
    """All files but the databases, with their content."""
    found = tree(data)
    return {name: content for name, content in found.items() if ".sqlite3" not in name}


# --- what comes back


def test_an_office_comes_back_with_every_row_and_every_file(
    office: Office, root: Path, tmp_path: Path
) -> None:
    done = save(office, root)
    back = bring_back(root, tmp_path / "new")
    assert own_files(tmp_path / "new") == own_files(tmp_path / "data")
    assert done.lost == ()
    snapshot = root / "snapshots" / done.name / "office.sqlite3"
    for database in (snapshot, tmp_path / "data" / "saraban.sqlite3"):
        assert every_row(tmp_path / "new" / "saraban.sqlite3") == every_row(database)
    assert differences(back) == []


def test_what_was_not_read_is_read_after_a_restore(
    office: Office, root: Path, tmp_path: Path
) -> None:
    assert len(not_taken(office)) == 1  # of three; two were handed to an engine that is gone
    save(office, root)
    assert len(not_taken(bring_back(root, tmp_path / "new"))) == 3


def test_a_backup_beside_a_busy_door_holds_all_that_its_database_names(
    office: Office, root: Path, tmp_path: Path
) -> None:
    for mark in range(100, 140):
        take_in(office, scan_of(mark, 30_000))
    stop, marks = threading.Event(), itertools.count(1000)
    came: list[str] = []

    def keep_sending() -> None:
        while not stop.is_set():
            came.append(take_in(office, scan_of(next(marks), 30_000)))
            read_it(office, came[-1])

    def wait_for_arrivals(things: Iterable[Thing], what: str, total: int) -> Iterator[Thing]:
        so_far = len(came)
        yield from things
        while len(came) < so_far + 2:  # the office works on while we copy
            stop.wait(0.01)

    sender = threading.Thread(target=keep_sending)
    sender.start()
    try:
        done = back_up(belongings(office), root, now, wait_for_arrivals)
    finally:
        stop.set()
        sender.join()
    back = bring_back(root, tmp_path / "new")
    snapshot = root / "snapshots" / done.name / "office.sqlite3"
    rows = every_row(tmp_path / "new" / "saraban.sqlite3")
    assert rows == every_row(snapshot)
    assert 47 <= len(rows["scans"]) <= 47 + len(came) - 2  # what came later is not in it
    assert done.lost == ()
    assert differences(back) == differences(office) == []


def test_a_page_that_was_read_again_keeps_its_picture_of_each_time(
    office: Office, root: Path, tmp_path: Path
) -> None:
    sha256 = take_in(office, scan_of(50))
    read_it(office, sha256)
    first = save(office, root)
    office.archive.write_view(sha256, 1, picture(mark=99))
    second = save(office, root)
    assert second.new_files == 1
    for name, mark in ((first.name, 1), (second.name, 99)):
        back = bring_back(root, tmp_path / name, name)
        size = (300, 400) if mark == 1 else (60, 40)
        assert back.archive.view(sha256, 1).read_bytes() == picture(mark=mark, size=size)


def test_a_page_read_again_during_the_backup_has_its_picture_and_its_reading_of_one_time(
    office: Office, root: Path, tmp_path: Path
) -> None:
    sha256 = take_in(office, scan_of(50))
    read_it(office, sha256)
    (scan_id,) = (row[0] for row in _rows(office, "scans") if row[1] == sha256)
    times = []

    def read_again(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
        if what == "ภาพหน้า" and not times:
            times.append(what)
            office.archive.write_view(sha256, 1, picture(mark=99))
            with writing(office.engine) as connection:
                replace_reading(connection, int(str(scan_id)), make_page(1), officer="", now=now())
        return things

    back_up(belongings(office), root, now, read_again)
    back = bring_back(root, tmp_path / "new")
    assert back.archive.view(sha256, 1).read_bytes() == picture(mark=99)
    assert len(_rows(back, "page_readings_before")) == 1


def _rows(office: Office, table: str) -> list[tuple[object, ...]]:
    return every_row(office.settings.data_dir / "saraban.sqlite3")[table]


# --- what is copied


def test_only_new_files_are_copied_the_next_time(office: Office, root: Path) -> None:
    first = save(office, root)
    assert first.new_files == len(list((root / "objects").glob("*/*"))) > 10
    assert save(office, root).new_files == 0
    for mark in (200, 201, 202):
        take_in(office, scan_of(mark))
    again = save(office, root)
    assert (again.new_files, again.files) == (3, first.files + 3)
    assert len(bag.names(root)) == 3


def test_sha256sum_alone_can_check_a_backup(office: Office, root: Path) -> None:
    done = save(office, root)
    for file in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", f"snapshots/{done.name}/{file}"],
            cwd=root,
            capture_output=True,
            check=False,
        )
        assert checked.returncode == 0, checked.stderr
    assert checked.stdout.decode().strip() == f"snapshots/{done.name}/manifest-sha256.txt: OK"


def test_nobody_else_can_look_into_a_backup(office: Office, root: Path) -> None:
    save(office, root)
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_damage_in_the_office_does_not_spread_to_the_backup(
    office: Office, root: Path, tmp_path: Path
) -> None:
    good, other = take_in(office, scan_of(60)), scan_of(61)
    save(office, root)
    bad = take_in(office, other)
    for sha256 in (good, bad):
        path = office.archive.original(sha256)
        path.chmod(0o600)
        path.write_bytes(b"x" + path.read_bytes()[1:])
    done = save(office, root)
    assert [line.split()[0][-64:] for line in done.lost] == [bad]
    back = bring_back(root, tmp_path / "new")
    assert back.archive.original(good).read_bytes() == scan_of(60)
    assert [each.subject[-64:] for each in differences(back)] == [bad]


def test_what_is_missing_in_the_office_is_said_and_the_rest_is_saved(
    office: Office, root: Path
) -> None:
    sha256 = take_in(office, scan_of(70))
    office.archive.original(sha256).unlink()
    done = save(office, root)
    assert len(done.lost) == 1
    assert sha256 in done.lost[0]
    assert bag.open_snapshot(root, done.name).info.lost == done.lost


def test_a_picture_that_is_gone_comes_back_as_it_was_the_last_time(
    office: Office, root: Path, tmp_path: Path
) -> None:
    sha256 = take_in(office, scan_of(75))
    read_it(office, sha256)
    save(office, root)
    picture_of_page = office.archive.view(sha256, 1)
    content = picture_of_page.read_bytes()
    picture_of_page.unlink()
    done = save(office, root)
    assert [line.split()[0] for line in done.lost] == [f"archive/views/{sha256[:2]}/{sha256}/1.jpg"]
    back = bring_back(root, tmp_path / "new")
    assert back.archive.view(sha256, 1).read_bytes() == content


def test_a_check_mends_what_was_damaged_in_the_backup(
    office: Office, root: Path, tmp_path: Path
) -> None:
    save(office, root)
    hurt = next((root / "objects").glob("*/*"))
    hurt.chmod(0o600)
    hurt.write_bytes(bytes(hurt.stat().st_size))
    assert save(office, root).new_files == 0
    assert save(office, root, recheck=True).new_files == 1
    assert differences(bring_back(root, tmp_path / "new")) == []


def test_a_broken_database_takes_no_place_among_the_snapshots(office: Office, root: Path) -> None:
    save(office, root)
    database = office.settings.data_dir / "saraban.sqlite3"
    office.engine.dispose()
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(3 * 4096))
    with pytest.raises(DatabaseDamaged):
        save(office, root)
    assert len(bag.names(root)) == 1


def test_old_snapshots_go_with_the_files_that_only_they_name(
    office: Office, root: Path, tmp_path: Path
) -> None:
    sha256 = take_in(office, scan_of(80))
    read_it(office, sha256)
    for mark in (91, 92, 93):
        office.archive.write_view(sha256, 1, picture(mark=mark))
        save(office, root)
    assert prune(root, 2) == (1, 1)
    assert prune(root, 2) == (0, 0)
    for name in bag.names(root):
        assert differences(bring_back(root, tmp_path / name, name)) == []


def test_no_file_goes_while_a_snapshot_cannot_be_read(office: Office, root: Path) -> None:
    first, second = save(office, root), save(office, root)
    (root / "snapshots" / second.name / "places.jsonl").write_text("")
    count = len(list((root / "objects").glob("*/*")))
    with pytest.raises(TornBackup, match=second.name):
        prune(root, 1)
    assert len(list((root / "objects").glob("*/*"))) == count
    assert first.name not in bag.names(root)


def test_the_newest_snapshot_is_the_last_one_made_though_the_clock_was_set_back(
    office: Office, root: Path
) -> None:
    early = now() - dt.timedelta(days=400)
    first = save(office, root).name
    later = [back_up(belongings(office), root, lambda: early, unwatched).name for _ in range(11)]
    assert bag.names(root) == [first, *later]


def test_two_backups_into_one_place_do_not_meet(office: Office, root: Path) -> None:
    refused = []

    def another(things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
        with pytest.raises(BackupRefused, match="อยู่แล้ว"):
            save(office, root)
        refused.append(what)
        return things

    back_up(belongings(office), root, now, another)
    assert refused


# --- what goes wrong


def test_a_backup_killed_at_any_flush_harms_nothing_and_is_made_the_next_time(
    office: Office, root: Path, tmp_path: Path
) -> None:
    office.engine.dispose()
    wanted = every_row(tmp_path / "data" / "saraban.sqlite3")
    killed, alive = 0, True
    while alive:
        place_of_try = root / str(killed)
        alive = killed_at_flush(1 + 3 * killed, lambda at=place_of_try: save(office, at))  # type: ignore[misc]
        killed += alive
        if alive:
            for name in bag.names(place_of_try):  # whole, or not there
                bag.require_whole(place_of_try, bag.open_snapshot(place_of_try, name), unwatched)
            for path in (place_of_try / "objects").glob("*/*"):
                assert bag.digest(path) == path.name
        done = save(office, place_of_try)
        there = sorted(path.name for path in (place_of_try / "snapshots").iterdir())
        assert there == bag.names(place_of_try)
        assert there[-1] == done.name
        assert list((place_of_try / "incoming").iterdir()) == []
        back = bring_back(place_of_try, tmp_path / f"new{killed}{alive}")
        assert every_row(back.settings.data_dir / "saraban.sqlite3") == wanted
    assert killed > 10


def test_a_restore_killed_at_any_flush_is_no_office_until_it_is_done_again(
    office: Office, root: Path, tmp_path: Path
) -> None:
    save(office, root)
    wanted = every_row(tmp_path / "data" / "saraban.sqlite3")
    number, step, refused = 1, 5, 0
    while True:
        data = tmp_path / f"new{number}-{step}"
        killed = killed_at_flush(number, lambda at=data: restore(root, None, place(at), unwatched))  # type: ignore[misc]
        if killed and not (data / "saraban.sqlite3").exists() and data.exists():
            refused += _refused(data)
        if (data / "restore-unfinished").exists() or not (data / "saraban.sqlite3").exists():
            restore(root, None, place(data), unwatched)
        assert differences(open_office(Settings(data_dir=data))) == []
        assert every_row(data / "saraban.sqlite3") == wanted
        if not killed and step == 1:
            break
        if not killed:  # once more, slowly, over the last part
            number, step = number - 9, 1
        number += step
    assert refused > 8


def _refused(data: Path) -> bool:
    """No empty office may be opened on what was restored in part."""
    if not any(data.rglob("*.jpg")) and not (data / "restore-unfinished").exists():
        return False  # nothing was restored yet
    with pytest.raises(WrongSetting, match="saraban restore"):
        open_office(Settings(data_dir=data))
    return True


def test_a_torn_backup_is_refused_whatever_part_of_it_is_torn(
    office: Office, root: Path, tmp_path: Path
) -> None:
    done = save(office, root)
    folder = root / "snapshots" / done.name
    objects = sorted((root / "objects").glob("*/*"))
    victims = [*sorted(folder.iterdir()), *objects[:: len(objects) // 5]][:10]
    assert {path.name for path in folder.iterdir()} < {path.name for path in victims}
    refused, target = 0, tmp_path / "new"
    for path, hurt in itertools.product(victims, (cut, flip)):
        whole = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(hurt(whole))
        with pytest.raises(TornBackup, match=path.name):
            restore(root, None, place(target), unwatched)
        refused += 1
        assert not target.exists()
        path.write_bytes(whole)
    assert refused == 20
    assert differences(bring_back(root, target)) == []


def cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def flip(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("file", ["manifest-sha256.txt", "office.sqlite3", "an original"])
def test_a_backup_that_lacks_a_file_is_refused(
    office: Office, root: Path, tmp_path: Path, file: str
) -> None:
    done = save(office, root)
    original = next((root / "objects").glob("*/*"))
    path = original if file == "an original" else root / "snapshots" / done.name / file
    path.unlink()
    with pytest.raises(TornBackup, match=path.name):
        restore(root, None, place(tmp_path / "new"), unwatched)
    assert not (tmp_path / "new").exists()


def test_a_torn_newest_snapshot_is_not_passed_over_in_silence(
    office: Office, root: Path, tmp_path: Path
) -> None:
    first, second = save(office, root), save(office, root)
    (root / "snapshots" / second.name / "places.jsonl").unlink()
    with pytest.raises(TornBackup, match=rf"--snapshot.*{first.name}"):
        restore(root, None, place(tmp_path / "new"), unwatched)
    bring_back(root, tmp_path / "new", first.name)


def test_a_backup_made_by_other_hands_cannot_write_outside_the_office(
    office: Office, root: Path, tmp_path: Path
) -> None:
    done = save(office, root)
    snapshot = bag.open_snapshot(root, done.name)
    away = [bag.Placed(each.sha256, each.size, 0, "../away") for each in snapshot.places[:1]]
    partial = root / "snapshots" / "x.partial"
    snapshot.folder.rename(partial)
    bag.seal(partial, snapshot.folder, snapshot.info, away)
    with pytest.raises(TornBackup, match="away"):
        restore(root, None, place(tmp_path / "new"), unwatched)
    assert not (tmp_path / "away").exists()


def test_an_office_that_stands_is_never_restored_over(
    office: Office, root: Path, tmp_path: Path
) -> None:
    save(office, root)
    before = own_files(tmp_path / "data")
    with pytest.raises(RestoreRefused, match="ไม่ว่าง"):
        restore(root, None, place(tmp_path / "data"), unwatched)
    assert own_files(tmp_path / "data") == before


def test_a_backup_of_newer_software_is_refused(office: Office, root: Path, tmp_path: Path) -> None:
    done = save(office, root)
    snapshot = bag.open_snapshot(root, done.name)
    partial = root / "snapshots" / "x.partial"
    snapshot.folder.rename(partial)
    told = json.loads((partial / "snapshot.json").read_text())
    newer = bag.Info(**{**told, "lost": (), "revision": "9999"})
    bag.seal(partial, snapshot.folder, newer, snapshot.places)
    with pytest.raises(RestoreRefused, match="9999"):
        restore(root, None, place(tmp_path / "new"), unwatched)
    assert not (tmp_path / "new").exists()


def test_nothing_is_restored_from_a_place_without_a_backup(tmp_path: Path) -> None:
    with pytest.raises(RestoreRefused, match="ไม่พบ"):
        restore(tmp_path, None, place(tmp_path / "new"), unwatched)


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow over a megabyte, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_does_not_fit_leaves_no_half_file_under_its_name(
    office: Office, root: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    take_in(office, scan_of(7, 3 * 2**20))
    request.getfixturevalue("full_disk")
    with pytest.raises(OSError, match="too large") as told:
        save(office, root)
    assert told.value.errno == errno.EFBIG
    assert bag.names(root) == []
    for path in (root / "objects").glob("*/*"):
        assert bag.digest(path) == path.name
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    save(office, root)
    assert differences(bring_back(root, tmp_path / "new")) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds a megabyte."""
    point = tmp_path / "small"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("only an administrator may mount a file system")
    yield point
    subprocess.run(["umount", str(point)], check=True)


@pytest.mark.parametrize("filled", range(0, 1000, 50))
def test_a_full_disk_is_told_and_the_backup_goes_on_when_there_is_room(
    office: Office, small_disk: Path, tmp_path: Path, filled: int
) -> None:
    for mark in range(400, 404):
        take_in(office, scan_of(mark, 200_000))
    root, ballast = small_disk / "backup", small_disk / "ballast"
    ballast.write_bytes(bytes(filled * 1024))
    with pytest.raises(OSError, match="No space") as told:
        save(office, root)
    assert told.value.errno == errno.ENOSPC
    assert bag.names(root) == []
    for path in (root / "objects").glob("*/*"):
        assert bag.digest(path) == path.name
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    save(office, root)
    assert differences(bring_back(root, tmp_path / "new")) == []
