"""What a snapshot in a backup consists of, and whether all of it is there and whole.

DIR/objects/ab/abcd…               every file under its SHA-256, shared by all snapshots
DIR/snapshots/20260301T020000Z/    what one run saw
    office.sqlite3 | office.pgdump the database
    places.jsonl                   which file was where: SHA-256, size, time of change, path
    snapshot.json                  when, of what kind, at which revision, what was missing
    manifest-sha256.txt            every file above, in the words of sha256sum and BagIt (RFC 8493)
    tagmanifest-sha256.txt         the manifest's own hash

``cd DIR && sha256sum -c snapshots/…/manifest-sha256.txt`` checks it without us.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from ingest.archive import Objects, flush, write_whole

FORMAT = 1
PLACES, INFO = "places.jsonl", "snapshot.json"
MANIFEST, SEAL = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_NAME = re.compile(r"\d{8}T\d{6}Z(-\d{4})?")
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_MOST_SHOWN = 5
Thing = TypeVar("Thing")


class Watched(Protocol):
    """Shows how far a long work has come."""

    def __call__(self, things: Iterable[Thing], what: str, total: int) -> Iterable[Thing]:
        """Give the things on, one by one; there are ``total`` of them."""
        ...


class TornBackup(Exception):
    """A backup is not whole; the message says which files."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the office: what it holds, and its path below the data directory."""

    sha256: str
    size: int
    changed: int  # nanoseconds, as the file system says; 0 for what never changes
    path: str


@dataclass(frozen=True, slots=True)
class Info:
    """What is known of a snapshot as a whole."""

    format: int
    taken_at: str
    database: str
    revision: str | None
    files: int
    size: int
    lost: tuple[str, ...]  # files that the books name and that could not be copied


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot whose manifest is whole; its files are not looked at yet."""

    folder: Path
    info: Info
    places: tuple[Placed, ...]
    manifest: dict[str, str]  # SHA-256 by path below the backup's directory

    @property
    def size(self) -> int:
        """Return how many bytes its files take, the database with them."""
        return sum(each.size for each in self.places) + self.database.stat().st_size

    @property
    def database(self) -> Path:
        """Return the copy of the database."""
        return self.folder / self.info.database


def digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def object_path(sha256: str) -> str:
    """Return where a file lies below the backup's directory."""
    return f"objects/{sha256[:2]}/{sha256}"


def seal(partial: Path, folder: Path, info: Info, places: Iterable[Placed]) -> None:
    """Write down what a snapshot consists of and give it its name; only now does it exist."""
    placed = list(places)
    lines = [json.dumps([each.sha256, each.size, each.changed, each.path]) for each in placed]
    write_whole(partial / PLACES, "".join(f"{line}\n" for line in lines).encode())
    write_whole(partial / INFO, json.dumps(asdict(info), ensure_ascii=False, indent=1).encode())
    files = {object_path(each.sha256): each.sha256 for each in placed}
    at = f"{folder.parent.name}/{folder.name}"
    for name in (info.database, PLACES, INFO):
        files[f"{at}/{name}"] = digest(partial / name)
    text = "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files.items())).encode()
    write_whole(partial / MANIFEST, text)
    hashed = hashlib.sha256(text).hexdigest()
    write_whole(partial / SEAL, f"{hashed}  {at}/{MANIFEST}\n".encode())
    partial.rename(folder)
    flush(folder.parent)


def names(root: Path) -> list[str]:
    """Return the snapshots of a backup, oldest first; a run that was cut off left none."""
    folder = root / "snapshots"
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if _NAME.fullmatch(path.name))


def open_snapshot(root: Path, name: str) -> Snapshot:
    """Read what a snapshot says of itself.

    Raises:
        TornBackup: its own files are not whole.
    """
    if not _NAME.fullmatch(name):
        raise TornBackup(f"ไม่มีชุดสำรองชื่อ {name}")
    folder = root / "snapshots" / name
    manifest = _manifest(folder)
    at = f"snapshots/{name}"
    try:
        for file in (INFO, PLACES):
            if digest(folder / file) != manifest.get(f"{at}/{file}"):
                raise TornBackup(_torn(name, [f"{at}/{file}"]))
        told = json.loads((folder / INFO).read_text("utf-8"))
        if told["format"] != FORMAT:
            raise TornBackup(f"ชุดสำรอง {name} เป็นรูปแบบ {told['format']} ซึ่งโปรแกรมรุ่นนี้ไม่รู้จัก")
        info = Info(**{**told, "lost": tuple(told["lost"])})
        lines = (folder / PLACES).read_text("utf-8").splitlines()
        places = tuple(Placed(*json.loads(line)) for line in lines)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TornBackup(_torn(name, [str(error)])) from error
    _require_inside(name, places)
    return Snapshot(folder, info, places, manifest)


def _manifest(folder: Path) -> dict[str, str]:
    at = f"snapshots/{folder.name}"
    torn = TornBackup(_torn(folder.name, [f"{at}/{MANIFEST}", f"{at}/{SEAL}"]))
    try:
        content, sealed = (folder / MANIFEST).read_bytes(), (folder / SEAL).read_bytes()
    except OSError as error:
        raise torn from error
    if sealed != f"{hashlib.sha256(content).hexdigest()}  {at}/{MANIFEST}\n".encode():
        raise torn
    lines = [_LINE.fullmatch(line) for line in content.decode().splitlines()]
    return {line[2]: line[1] for line in lines if line}


def _require_inside(name: str, places: Iterable[Placed]) -> None:
    """Refuse what would be put back outside the data directory."""
    for each in places:
        parts = PurePosixPath(each.path).parts
        if each.path.startswith("/") or ".." in parts:
            raise TornBackup(_torn(name, [each.path]))


def newest(root: Path) -> Snapshot | None:
    """Return the newest snapshot that says of itself what it is; None where there is none."""
    for name in reversed(names(root)):
        try:
            return open_snapshot(root, name)
        except TornBackup:
            continue
    return None


def require_whole(
    root: Path, snapshot: Snapshot, watched: Watched, *, leave_out: bool = False
) -> set[str]:
    """Read every file of a snapshot; return the hashes of those to leave out.

    ``leave_out``: an office without some files is better than none. It never is without books.

    Raises:
        TornBackup: some are missing, cut short or changed; the message names them.
    """
    listed = watched(snapshot.manifest.items(), "ตรวจชุดสำรอง", len(snapshot.manifest))
    torn = {path for path, sha256 in listed if not _is(root / path, sha256)}
    files = {object_path(each.sha256): each.sha256 for each in snapshot.places}
    database = f"snapshots/{snapshot.folder.name}/{snapshot.info.database}"
    torn |= (files.keys() | {database}) - snapshot.manifest.keys()
    if torn and not (leave_out and torn <= files.keys()):
        raise TornBackup(_torn(snapshot.folder.name, sorted(torn)))
    return {files[path] for path in torn}


def _is(path: Path, sha256: str) -> bool:
    try:
        return digest(path) == sha256
    except OSError:
        return False


def _torn(name: str, files: list[str]) -> str:
    more = f" และอีก {len(files) - _MOST_SHOWN} ไฟล์" if len(files) > _MOST_SHOWN else ""
    shown = ", ".join(files[:_MOST_SHOWN])
    return f"ชุดสำรอง {name} ไม่ครบหรือเสียหาย จึงไม่กู้คืน: {shown}{more}"


def objects_named(root: Path) -> Iterator[str]:
    """Give the hash of every file that some snapshot names.

    Raises:
        TornBackup: a snapshot cannot be read, so nobody knows what it names.
    """
    for name in names(root):
        for each in open_snapshot(root, name).places:
            yield each.sha256


def sizes_there(objects: Objects) -> dict[str, int]:
    """Return the files that a backup holds already, by hash, with their sizes."""
    folder = objects.root / "objects"
    return {path.name: path.stat().st_size for path in folder.glob("??/*")}
