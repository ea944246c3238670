"""What an officer typed into the review form, and whether it can be vouched for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from starlette.datastructures import FormData

from models.drafts import Decision, Draft
from models.letters import Fields
from models.recorded import RECORDED
from models.records import Answer, Record
from models.terms import FieldName, LetterKind
from review_ui.desk import Desk
from review_ui.values import NotAValue, shown, value_of

_MOST = 1000  # characters of a field
_GONE = "ไม่มีหมวดนี้แล้ว เลือกหมวดอื่น"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands on screen, for every field of ``RECORDED``; nothing is checked yet."""

    kind: str
    category: str
    values: Mapping[FieldName, str]
    version: int
    second_category: str = ""
    park_reason: str = ""
    reject_reason: str = ""
    note: str = ""


def code_in_use(code: str | None, desk: Desk) -> str:
    """Return the code that a category has today, "" where it has none."""
    code = code or ""
    return code if code in desk.codes else desk.heirs.get(code, "")


def typed_from_draft(draft: Draft, desk: Desk, history: Collection[Decision] = ()) -> Typed:
    """Return the form as an officer first sees it: the machine's reading.

    An officer who parked a letter finds again what was typed then.
    """
    suggestion = draft.suggestion
    values = {}
    for name in RECORDED:
        field = draft.fields.get(name)
        values[name] = shown(name, field.value if field else None)
    second = suggestion.second if suggestion else None
    typed = Typed(
        kind=draft.fields.kind.value,
        category=code_in_use(suggestion.choice if suggestion else None, desk),
        values=values,
        version=draft.version,
        second_category=code_in_use(second.code if second else None, desk),
    )
    kept = next((d.answers for d in reversed(list(history)) if d.answers), None)
    if not kept:
        return typed
    officer = {name: pair.get("officer") for name, pair in kept.items()}
    # A field that the software did not know then still says what the machine read.
    again = {name: shown(name, officer[name.value]) for name in RECORDED if name.value in kept}
    return replace(
        typed,
        kind=officer.get("kind") or typed.kind,
        category=code_in_use(officer.get("category"), desk),
        second_category=code_in_use(officer.get("second_category"), desk),
        values={**values, **again},
    )


def typed_from_record(record: Record, version: int) -> Typed:
    """Return the form of a letter that is recorded."""
    values = {name: shown(name, record.values.get(name)) for name in RECORDED}
    second = record.second_category or ""
    return Typed(record.kind.value, record.category or "", values, version, second)


def read_form(form: FormData) -> Typed:
    """Return what the browser sent; what is missing or no text is empty."""

    def text(name: str) -> str:
        value = form.get(name)
        return _plain(value) if isinstance(value, str) else ""

    version = text("version")
    return Typed(
        kind=text("kind"),
        category=text("category"),
        values={name: text(name.value) for name in RECORDED},
        second_category=text("second_category"),
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        park_reason=text("park_reason"),
        reject_reason=text("reject_reason"),
        note=text("note"),
    )


def _plain(text: str) -> str:
    """Return text on one line, without characters that cannot be seen."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def check(typed: Typed, fields: Fields, codes: Collection[str]) -> tuple[Answer, dict[str, str]]:
    """Return the answer and, by field, what keeps it from being confirmed.

    What cannot be understood stays in the answer as it was typed.
    """
    problems: dict[str, str] = {}
    values: dict[FieldName, str | None] = {}
    for name in RECORDED:
        text, field = typed.values[name], fields.get(name)
        if len(text) > _MOST:
            problems[name.value] = f"ยาวเกินไป ใส่ได้ไม่เกิน {_MOST:,} ตัวอักษร"
            values[name] = text[:_MOST]
        elif field and field.value and text == _plain(shown(name, field.value)):
            values[name] = field.value  # untouched, to the letter
        else:
            try:
                values[name] = value_of(name, text)
            except NotAValue as error:
                problems[name.value] = str(error)
                values[name] = text
    known = typed.kind in set(LetterKind)
    kind = LetterKind(typed.kind) if known else fields.kind
    if not known:
        problems["kind"] = "เลือกชนิดหนังสือ"
    if kind is LetterKind.COMPLAINT and not typed.category:
        problems["category"] = "เลือกหมวดเรื่องร้องเรียนก่อนบันทึก"
    elif typed.category and typed.category not in codes:
        problems["category"] = _GONE
    if problem := _second_problem(typed, codes):
        problems["second_category"] = problem
    return Answer(kind, typed.category or None, values, typed.second_category or None), problems


def _second_problem(typed: Typed, codes: Collection[str]) -> str:
    second = typed.second_category
    if not second:
        return ""
    if second not in codes:
        return _GONE
    if not typed.category:
        return "เลือกหมวดเรื่องก่อน แล้วจึงเลือกหมวดที่สอง"
    return "หมวดที่สองซ้ำกับหมวดเรื่อง" if second == typed.category else ""


def take(typed: Typed, choice: str) -> Typed:
    """Return the form after an alternative was taken by its button: ``field:text``."""
    name, _, text = choice.partition(":")
    if name == "category":
        return replace(typed, category=text)
    if name == "second_category":
        return replace(typed, second_category=text)
    if name not in set(RECORDED):
        return typed
    return replace(typed, values={**typed.values, FieldName(name): _plain(text)})
