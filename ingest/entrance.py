"""What every route of the way in needs, and what they all watch over."""

from __future__ import annotations

from dataclasses import dataclass

from ingest import problems
from ingest.callers import Caller, Callers
from ingest.intake import Intake
from ingest.problems import ProblemError
from ingest.traffic import Traffic
from models.batches import Batch, BatchState, NoBatch, get_batch
from models.database import looking

STORAGE_FULL = "เก็บไฟล์ไม่สำเร็จ พื้นที่จัดเก็บอาจเต็ม ยังไม่ได้รับไฟล์นี้ ให้ส่งใหม่ภายหลัง"
NO_BATCH = "ไม่พบชุดงานหมายเลขนี้"
RETRY_STORAGE = 30  # seconds


@dataclass(frozen=True, slots=True)
class Entrance:
    """The intake, who may use it, how much at a time, and how much room must stay free."""

    intake: Intake
    callers: Callers
    traffic: Traffic
    least_free: int  # bytes

    def make_sure_of_room(self, coming: int) -> None:
        """See to it that a file of so many bytes leaves enough of the disk.

        Raises:
            ProblemError: it does not.
        """
        if not self.intake.archive.has_room(self.least_free, coming):
            raise full()

    def batch_of(self, caller: Caller, batch_id: int) -> Batch:
        """Return a batch that this caller may use: a station its own, an officer every one.

        Raises:
            ProblemError: there is none.
        """
        try:
            with looking(self.intake.engine) as connection:
                batch = get_batch(connection, batch_id)
        except NoBatch:
            batch = None
        if batch is None or (caller.station and batch.station_id != caller.station.id):
            raise ProblemError(problems.NOT_FOUND, NO_BATCH)
        return batch

    def open_batch_of(self, caller: Caller, batch_id: int) -> Batch:
        """Return a batch that files may still be sent to.

        Raises:
            ProblemError: there is none, or it was cancelled.
        """
        batch = self.batch_of(caller, batch_id)
        if batch.state is BatchState.CANCELLED:
            raise ProblemError(
                problems.BATCH_CLOSED, "ชุดงานนี้ยกเลิกแล้ว กด “ทำต่อ” ที่หน้าชุดงานก่อน แล้วส่งใหม่"
            )
        return batch


def id_of(text: str, unknown: str) -> int:
    """Return the number of something that a sender names.

    Raises:
        ProblemError: it is no number of ours; ``unknown`` says so in Thai.
    """
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ProblemError(problems.NOT_FOUND, unknown)
    return int(text)


def full() -> ProblemError:
    """Return what is said when the disk has no room."""
    return ProblemError(problems.STORAGE, STORAGE_FULL, retry_after=RETRY_STORAGE)
