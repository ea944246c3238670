"""Letters that may be of the same matter as the one under review, in officers' words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.alike import Reason
from models.draft_states import DraftState
from models.drafts import Draft, drafts_by_id
from models.marks import values_read
from models.matters import Pair, Verdict, pairs_of
from models.records import record_of_draft
from models.terms import FieldName
from review_ui import words
from review_ui.dates import short

REASONS: Mapping[Reason, str] = {
    Reason.REFERENCE: "เลขที่และวันที่ตรงกัน",
    Reason.TEXT: "ข้อความเกือบเหมือนกัน",
    Reason.LOOK: "ภาพหน้าแรกคล้ายกัน",
    Reason.COMPLAINANT: "ผู้ร้องและพื้นที่เดียวกัน",
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.SAME_LETTER: "ฉบับเดียวกัน",
    Verdict.FOLLOW_UP: "ฉบับติดตาม",
    Verdict.OTHER_CHANNEL: "เรื่องเดียวกันแต่มาทางอื่น",
    Verdict.DIFFERENT: "คนละเรื่อง",
}
_BY_HAND = "เจ้าหน้าที่เปิดเทียบเอง"


@dataclass(frozen=True, slots=True)
class MatterView:
    """Another letter beside the one under review; what is not known is "".

    ``verdict`` is "" until an officer has judged, ``officer`` and ``decided_at`` are None then.
    """

    other_id: int
    url: str
    reference: str
    date: str
    subject: str
    state: str
    reasons: str
    verdict: str
    officer: str | None
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class MatterViews:
    """The pairs of a letter: those to look at, and those that are judged."""

    undecided: tuple[MatterView, ...]
    decided: tuple[MatterView, ...]


def matter_views(connection: Connection, draft_id: int) -> MatterViews:
    """Return what the review page of a draft says of letters that may be of the same matter."""
    pairs = pairs_of(connection, draft_id)
    others = drafts_by_id(connection, [pair.other_id for pair in pairs])
    views = [_view(connection, draft_id, pair, others[pair.other_id]) for pair in pairs]
    return MatterViews(
        tuple(view for view in views if not view.verdict),
        tuple(view for view in views if view.verdict),
    )


def _view(connection: Connection, draft_id: int, pair: Pair, other: Draft) -> MatterView:
    values = _values(connection, other)
    return MatterView(
        other_id=other.id,
        url=compare_url(draft_id, other.id),
        reference=values.get(FieldName.REFERENCE_NO) or "",
        date=short(values.get(FieldName.DATE)),
        subject=values.get(FieldName.SUBJECT) or "",
        state=words.STATES[other.state],
        reasons=reason_words(pair.reasons),
        verdict=VERDICTS[pair.verdict] if pair.verdict else "",
        officer=pair.officer,
        decided_at=pair.decided_at,
    )


def _values(connection: Connection, draft: Draft) -> Mapping[FieldName, str | None]:
    """Return what an officer vouches for, or else what the machine read."""
    if draft.state is DraftState.CONFIRMED:
        record = record_of_draft(connection, draft.id)
        if record is not None:
            return record.values
    return values_read(draft.fields)


def compare_url(draft_id: int, other_id: int) -> str:
    """Return the address of the page that shows both letters side by side."""
    return f"/drafts/{draft_id}/compare/{other_id}"


def reason_words(reasons: Iterable[Reason]) -> str:
    """Return why the machine paired two letters."""
    return " · ".join(REASONS[reason] for reason in reasons) or _BY_HAND
