"""Whether a form can be vouched for: what cannot stand, and what needs the officer's own word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.letters import Fields
from models.recorded import RECORDED
from models.terms import FieldName, LetterKind
from models.vouching import CRITICAL, OWN_WORD, Answer, How
from review_ui.answers import Typed, plain
from review_ui.rules import broken_rules
from review_ui.values import NotAValue, shown, value_of

_MOST = 1000  # characters of a field
_GONE = "ไม่มีหมวดนี้แล้ว เลือกหมวดอื่น"
_OWN_WORD = "ช่องสำคัญ ดูภาพแล้วกด Enter ที่ช่องนี้เพื่อยืนยัน"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a form says, and what is against it, in Thai by field.

    ``problems`` cannot stand. ``rules`` are broken and may stand if the officer says so;
    ``unconfirmed`` wait for the officer's own word.
    """

    answer: Answer
    problems: Mapping[str, str]
    rules: Mapping[str, str]
    unconfirmed: Mapping[str, str]

    @property
    def in_the_way(self) -> dict[str, str]:
        """Return all that keeps the form from being confirmed."""
        kept = {
            name: f"{why} – ถ้าถูกต้องตามเอกสาร กด Enter ที่ช่องนี้"
            for name, why in self.rules.items()
            if self.answer.how(name) is not How.OVERRIDDEN
        }
        return {**self.unconfirmed, **kept, **self.problems}


def check(typed: Typed, fields: Fields, codes: Collection[str], today: dt.date) -> Checked:
    """Look a form over. What cannot be understood stays in the answer as it was typed."""
    values, problems = _values(typed, fields)
    known = typed.kind in set(LetterKind)
    kind = LetterKind(typed.kind) if known else fields.kind
    if not known:
        problems["kind"] = "เลือกชนิดหนังสือ"
    problems |= _category_problems(typed, kind, codes)
    rules = {name: why for name, why in broken_rules(values, today).items() if name not in problems}
    answer = Answer(
        kind,
        typed.category or None,
        values,
        typed.second_category or None,
        typed.touches,
        typed.active_ms or None,
    )
    unconfirmed = {
        name.value: _OWN_WORD for name in CRITICAL if answer.how(name.value) not in OWN_WORD
    }
    return Checked(answer, problems, rules, unconfirmed)


def _values(typed: Typed, fields: Fields) -> tuple[dict[FieldName, str | None], dict[str, str]]:
    problems: dict[str, str] = {}
    values: dict[FieldName, str | None] = {}
    for name in RECORDED:
        text, field = typed.values[name], fields.get(name)
        if len(text) > _MOST:
            problems[name.value] = f"ยาวเกินไป ใส่ได้ไม่เกิน {_MOST:,} ตัวอักษร"
            values[name] = text[:_MOST]
        elif field and field.value and text == plain(shown(name, field.value)):
            values[name] = field.value  # untouched, to the letter
        else:
            try:
                values[name] = value_of(name, text)
            except NotAValue as error:
                problems[name.value] = str(error)
                values[name] = text
    return values, problems


def _category_problems(typed: Typed, kind: LetterKind, codes: Collection[str]) -> dict[str, str]:
    problems = {}
    if kind is LetterKind.COMPLAINT and not typed.category:
        problems["category"] = "เลือกหมวดเรื่องร้องเรียนก่อนบันทึก"
    elif typed.category and typed.category not in codes:
        problems["category"] = _GONE
    if problem := _second_problem(typed, codes):
        problems["second_category"] = problem
    return problems


def _second_problem(typed: Typed, codes: Collection[str]) -> str:
    second = typed.second_category
    if not second:
        return ""
    if second not in codes:
        return _GONE
    if not typed.category:
        return "เลือกหมวดเรื่องก่อน แล้วจึงเลือกหมวดที่สอง"
    return "หมวดที่สองซ้ำกับหมวดเรื่อง" if second == typed.category else ""
