"""What the pages of the way in show of a batch, and its table for spreadsheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.batch_progress import FileNews, Progress
from models.manifests import FileState
from models.scans import Outcome, ScanState
from review_ui.export import csv_lines

OUTCOMES = {Outcome.NEW: "ใหม่", Outcome.DUPLICATE: "ซ้ำ", Outcome.REFUSED: "เสีย"}
FILES = {FileState.WAITING: "ยังไม่ส่ง", FileState.SKIPPED: "ข้าม"}
SCANS = {
    ScanState.RECEIVED: "รออ่าน",
    ScanState.READ: "อ่านแล้ว",
    ScanState.FAILED: "อ่านไม่ได้",
    ScanState.REFUSED: "ไม่รับ",
    ScanState.CANCELLED: "ยกเลิกก่อนอ่าน",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """The receipt as a sum: what was chosen is what it became.

    A batch without a manifest (of a station or the command line) has what came to it instead.
    """

    total: int
    new: int
    duplicate: int
    refused: int
    skipped: int
    waiting: int

    @property
    def right(self) -> bool:
        """Tell whether the sum comes out and nothing is still to be sent."""
        parts = self.new + self.duplicate + self.refused + self.skipped
        return self.waiting == 0 and self.total == parts


def sum_of(found: Progress) -> Sum:
    """Return the receipt of a batch."""
    outcomes = found.outcomes if found.chosen else found.arrivals
    new, duplicate, refused = (outcomes.get(each, 0) for each in Outcome)
    total = found.chosen or sum(outcomes.values())
    return Sum(total, new, duplicate, refused, found.skipped, found.waiting)


def left(time: dt.timedelta | None) -> str:
    """Return in Thai how long something takes still, "" where nobody knows."""
    if time is None:
        return ""
    minutes = round(time.total_seconds() / 60)
    if minutes < 1:
        return "ไม่ถึง 1 นาที"
    if minutes < 60:
        return f"ประมาณ {minutes} นาที"
    hours, rest = divmod(minutes, 60)
    return f"ประมาณ {hours} ชั่วโมง" + (f" {rest} นาที" if rest and hours < 10 else "")


def state_of(file: FileNews) -> str:
    """Return in Thai where a file is now."""
    if file.file_state in FILES:
        return FILES[file.file_state]
    if file.outcome is Outcome.NEW and file.scan_state is not None:
        return SCANS[file.scan_state]
    return "" if file.outcome is None else OUTCOMES[file.outcome]


def _count(number: int | None) -> str:
    """Return a number, "" where nothing was counted."""
    return "" if number is None else str(number)


HEADINGS = ("ไฟล์", "ผล", "สถานะ", "เหตุผล", "เลขเอกสาร", "หน้า", "หน้าว่าง", "ใบคั่น", "SHA-256")


def as_csv(files: Iterable[FileNews]) -> Iterator[bytes]:
    """Give the lines of a CSV file of what became of every file of a batch."""
    yield from csv_lines(
        HEADINGS,
        (
            [
                file.name,
                OUTCOMES[file.outcome] if file.outcome else "",
                state_of(file),
                file.reason or "",
                str(file.scan_id or ""),
                *(_count(file.pages), _count(file.blank_pages), _count(file.separator_pages)),
                file.sha256 or "",
            ]
            for file in files
        ),
    )
