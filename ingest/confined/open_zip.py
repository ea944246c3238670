"""Unpacks a foreign ZIP; run only as a confined child, with the standard library alone.

    open_zip.py FILE FOLDER MOST_ENTRIES MOST_BYTES MOST_RATIO

Entries go to FOLDER/0, FOLDER/1, …; their names are only labels and never become paths. Answers
with one JSON object: {"names": […]} or {"problem", "entry"}.
"""

import json
import stat
import sys
import zipfile
import zlib

CHUNK = 2**20
RATIO_MATTERS = 2**20  # bytes: smaller entries may be packed as well as they like


class Refused(Exception):
    """The ZIP breaks a rule."""

    def __init__(self, problem: str, entry: int) -> None:
        super().__init__(problem)
        self.problem, self.entry = problem, entry


def label(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Windows in Thailand writes names in cp874 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp874")
    except UnicodeError:
        return entry.filename


def check(entries: list[zipfile.ZipInfo], most_entries: int, ratio: int) -> None:
    """Refuse what no honest archive of scans holds, before reading any of it."""
    if len(entries) > most_entries:
        raise Refused("entries", most_entries)
    ends = 0
    for number, entry in enumerate(sorted(entries, key=lambda each: each.header_offset)):
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise Refused("link", number)
        if entry.flag_bits & 1:
            raise Refused("password", number)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("method", number)
        if entry.header_offset < ends:
            raise Refused("overlap", number)
        ends = entry.header_offset + 30 + entry.compress_size
        if entry.file_size > max(RATIO_MATTERS, ratio * entry.compress_size):
            raise Refused("ratio", number)


def unpack(path: str, folder: str, most_entries: int, most_bytes: int, ratio: int) -> list[str]:
    """Write the entries out, counting what really comes."""
    names: list[str] = []
    total = 0
    with zipfile.ZipFile(path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        check(entries, most_entries, ratio)
        for number, entry in enumerate(entries):
            with archive.open(entry) as packed, open(f"{folder}/{number}", "xb") as file:
                while chunk := packed.read(CHUNK):
                    total += len(chunk)
                    if total > most_bytes:
                        raise Refused("bytes", number)
                    file.write(chunk)
            names.append(label(entry))
    return names


def main(arguments: list[str]) -> None:
    """Do what the command line says; whatever breaks is the file's fault and said so."""
    path, folder, *bounds = arguments
    most_entries, most_bytes, ratio = (int(bound) for bound in bounds)
    answer: dict[str, object]
    try:
        answer = {"names": unpack(path, folder, most_entries, most_bytes, ratio)}
    except Refused as refused:
        answer = {"problem": refused.problem, "entry": refused.entry + 1}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        answer = {"problem": "broken", "entry": 0}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
