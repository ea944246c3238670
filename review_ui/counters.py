"""The counters that are always in sight: nothing that came in may vanish."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from models import records, second_readings
from models.draft_states import DraftState
from models.drafts import count_drafts
from models.matters import count_undecided
from models.scans import ScanState, count_by_state
from models.waiting import Pile, count_in


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything; ``reading`` and ``failed`` count scans."""

    waiting: int
    urgent: int
    alike: int
    parked: int
    rejected: int
    reading: int
    failed: int
    recorded: int
    second: int

    @property
    def unrecorded(self) -> int:
        """Return what was received and is not recorded yet."""
        return self.waiting + self.parked + self.reading


def count(connection: Connection) -> Counts:
    """Count the office's work."""
    drafts, scans = count_drafts(connection), count_by_state(connection)
    return Counts(
        waiting=drafts[DraftState.WAITING],
        urgent=count_in(connection, Pile.URGENT),
        alike=count_undecided(connection),
        parked=drafts[DraftState.PARKED],
        rejected=drafts[DraftState.REJECTED],
        reading=scans[ScanState.RECEIVED],
        failed=scans[ScanState.FAILED] + scans[ScanState.REFUSED],
        recorded=records.count(connection),
        second=second_readings.count_open(connection),
    )
