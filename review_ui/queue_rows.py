"""A letter as the queue shows it: the fields themselves, not a file name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.claims import Claim
from models.decisions import Decision
from models.draft_states import Action
from models.drafts import Draft
from models.letters import Suggestion
from models.terms import FieldName
from review_ui import words
from review_ui.answers import code_in_use
from review_ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Row:
    """A draft in the queue; ``waited`` counts days, ``minutes`` those that its holder has left."""

    id: int
    urgency: str | None
    reference: str | None
    date: str | None
    subject: str | None
    kind: str
    category: str | None
    share: float | None
    doubts: int
    dangers: tuple[str, ...]
    file: str
    waited: int
    put_aside: Decision | None
    reason: str
    holder: str | None
    minutes: int


def queue_row(
    draft: Draft, desk: Desk, history: Sequence[Decision] = (), claim: Claim | None = None
) -> Row:
    """Return the row of a draft."""
    suggestion, now = draft.suggestion, desk.now()
    chosen = code_in_use(suggestion.choice if suggestion else None, desk)
    aside = next((d for d in reversed(history) if d.action in (Action.PARK, Action.REJECT)), None)
    return Row(
        id=draft.id,
        urgency=_value(draft, FieldName.URGENCY),
        reference=_value(draft, FieldName.REFERENCE_NO),
        date=_value(draft, FieldName.DATE),
        subject=_value(draft, FieldName.SUBJECT),
        kind=words.KINDS[draft.fields.kind],
        category=desk.labels[chosen] if chosen else ("ไม่แน่ใจ" if suggestion else None),
        share=_share(suggestion) if suggestion and chosen else None,
        doubts=draft.doubts,
        dangers=tuple(dict.fromkeys(words.DANGERS[each.danger] for each in draft.alarms)),
        file=draft.scan_name,
        waited=(now - draft.created_at).days,
        put_aside=aside,
        reason=words.reason_word(aside.action, aside.reason) if aside else "",
        holder=claim.officer if claim else None,
        minutes=_minutes(claim.until - now) if claim else 0,
    )


def queue_rows(
    drafts: Sequence[Draft],
    desk: Desk,
    history: Mapping[int, Sequence[Decision]],
    claims: Mapping[int, Claim],
) -> list[Row]:
    """Return the rows of drafts, with what was decided on each and who holds it."""
    return [queue_row(each, desk, history[each.id], claims.get(each.id)) for each in drafts]


def _minutes(left: dt.timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))


def _share(suggestion: Suggestion) -> float | None:
    """Return how sure the machine is of what it proposes."""
    ranked = (*suggestion.categories, *suggestion.parts)
    return next((each.probability for each in ranked if each.code == suggestion.choice), None)


def _value(draft: Draft, name: FieldName) -> str | None:
    field = draft.fields.get(name)
    return field.value if field else None
