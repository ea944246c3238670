"""The form's fields under their headings; what the machine did not find is folded away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.drafts import Draft
from models.national_id import masked, with_ids_masked
from models.recorded import RECORDED
from models.terms import FieldName as F
from review_ui import words
from review_ui.answers import Typed
from review_ui.field_view import FieldView, field_view, is_doubtful

# Every field of a record once, in the order in which an officer goes through them.
GROUPS: Mapping[str, tuple[F, ...]] = {
    "ข้อมูลหลัก": (
        *(F.REFERENCE_NO, F.DATE, F.DISTRICT, F.SUBDISTRICT, F.SUBJECT, F.COMPLAINANT, F.PHONE),
    ),
    "หนังสือ": (
        *(F.RECEIVED_NO, F.RECEIVED_DATE, F.RECEIVED_TIME, F.ADDRESSEE, F.SENDER),
        *(F.SIGNATORY, F.POSITION, F.REFERS_TO, F.URGENCY, F.SECRECY),
    ),
    "ผู้ร้อง": (
        *(F.GROUP_SIZE, F.ANONYMOUS, F.CONFIDENTIAL, F.AGE, F.HOUSE_NO, F.MOO),
        *(F.HOME_SUBDISTRICT, F.HOME_DISTRICT, F.HOME_PROVINCE),
    ),
    "เรื่องที่ร้อง": (
        *(F.PROVINCE, F.CHANNEL, F.CASE_NO, F.RESPONDENT, F.RESPONDENT_ROLE, F.WISH),
        F.INCIDENT_DATE,
    ),
    "ผลการดำเนินการ": (F.OUTCOME, F.FINISHED_DATE),
}
_PERSON = "ผู้ร้อง"
# These are looked for in every letter, so it is told where one is missing.
CORE = frozenset(
    {
        *(F.REFERENCE_NO, F.DATE, F.RECEIVED_NO, F.RECEIVED_DATE, F.SUBJECT, F.ADDRESSEE),
        *(F.SENDER, F.COMPLAINANT, F.PHONE, F.SUBDISTRICT, F.DISTRICT, F.PROVINCE),
        *(F.URGENCY, F.SECRECY),
    }
)


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """A person's national number as far as it may be seen; it is no part of the form."""

    label: str
    text: str
    state: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; ``opened`` tells whether the folded ones must be in sight."""

    title: str
    fields: tuple[FieldView, ...]
    number: HiddenNumber | None
    folded: tuple[FieldView, ...]
    opened: bool


def field_groups(
    draft: Draft,
    typed: Typed,
    problems: Mapping[str, str],
    rules: Mapping[str, str],
    today: dt.date,
) -> tuple[Group, ...]:
    """Return the form's fields by group, with what is against them."""
    views = {name: field_view(name, draft, typed, problems, rules, today) for name in RECORDED}
    groups = []
    for title, names in GROUPS.items():
        away = {name for name in names if name not in CORE and draft.fields.get(name) is None}
        folded = tuple(views[name] for name in names if name in away)
        group = Group(
            title=title,
            fields=tuple(views[name] for name in names if name not in away),
            number=_hidden_number(draft) if title == _PERSON else None,
            folded=folded,
            opened=any(view.text or view.problem for view in folded),
        )
        groups.append(group)
    return tuple(groups)


def _hidden_number(draft: Draft) -> HiddenNumber | None:
    field = draft.fields.get(F.NATIONAL_ID)
    if field is None:
        return None
    return HiddenNumber(
        label=words.FIELDS[F.NATIONAL_ID],
        text=masked(field.value) if field.value else "เห็นเลข แต่เครื่องอ่านไม่ได้แน่ชัด",
        state="doubt" if is_doubtful(field) else "sure",
        doubts=tuple(with_ids_masked(doubt) for doubt in field.doubts),
    )
