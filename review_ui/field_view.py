"""Fields as the review screen shows them: value, state in words, doubts, alternatives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.drafts import Draft
from models.letters import Field
from models.terms import FieldName
from models.vouching import CRITICAL, OWN_WORD, How, Touch
from review_ui import words
from review_ui.answers import Typed
from review_ui.dates import in_words
from review_ui.values import CODES, DATES, NUMBERS, WHOLE, as_word, iso_of, shown

SURE = 0.8  # below this the machine itself was not sure
_LISTS = {FieldName.URGENCY: words.URGENCIES, FieldName.SECRECY: words.SECRECIES}
_LONG = (
    FieldName.SUBJECT,
    FieldName.ADDRESSEE,
    FieldName.SENDER,
    FieldName.POSITION,
    FieldName.REFERS_TO,
    FieldName.COMPLAINANT,
    FieldName.RESPONDENT,
    FieldName.RESPONDENT_ROLE,
    FieldName.WISH,
)
# How JavaScript reads the number row of the keyboard in a field, see review.js.
_DIGITS = {
    **dict.fromkeys(NUMBERS, "all"),
    **dict.fromkeys(WHOLE, "all"),
    **dict.fromkeys(DATES, "date"),
    FieldName.RECEIVED_TIME: "all",
    FieldName.REFERENCE_NO: "reference",
    FieldName.REFERS_TO: "reference",
    FieldName.CASE_NO: "reference",
}
# What the page says is no value that could be taken as it stands.
_STRICT = (*DATES, *WHOLE, *CODES, FieldName.RECEIVED_TIME)
_LINE = 34  # Thai letters on a line of a text area


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field may have, and the words that officers see for it."""

    value: str
    word: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form; ``state`` is sure, doubt, none, edited, seen, absent or unreadable.

    ``problem`` keeps it from being saved; ``rule`` is one that the value breaks, and it may.

    ``evidence`` is what the page says for a value that is nowhere written on it.
    """

    name: str
    label: str
    text: str
    state: str
    confirmed: bool
    critical: bool
    doubts: tuple[str, ...]
    alternatives: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    blank: str
    rows: int
    digits: str
    dated: bool
    echo: str
    evidence: str
    problem: str
    rule: str


def is_doubtful(field: Field) -> bool:
    """Tell whether an officer should look twice."""
    return bool(field.doubts) or field.value is None or field.confidence < SURE


def field_view(
    name: FieldName,
    draft: Draft,
    typed: Typed,
    problems: Mapping[str, str],
    rules: Mapping[str, str],
    today: dt.date,
) -> FieldView:
    """Return a field as it stands in the form."""
    field, text = draft.fields.get(name), typed.values[name]
    value = iso_of(name, text)
    return FieldView(
        name=name.value,
        label=words.FIELDS[name],
        text=text,
        state=_state(name, field, text, typed.touches.get(name)),
        confirmed=name in typed.touches and typed.touches[name].how in OWN_WORD,
        critical=name in CRITICAL,
        doubts=_doubts(field),
        alternatives=_alternatives(name, field, text),
        choices=_choices(name, text),
        blank="– ไม่ระบุ –" if name in CODES else "– ไม่มี –",
        rows=min(max(-(-len(text) // _LINE), 1), 4) if name in _LONG else 0,
        digits=_DIGITS.get(name, ""),
        dated=name in DATES,
        echo=in_words(value, today) if value else "",
        evidence=field.raw if field and name is FieldName.OUTCOME else "",
        problem=problems.get(name.value, ""),
        rule=rules.get(name.value, ""),
    )


def _state(name: FieldName, field: Field | None, text: str, touch: Touch | None) -> str:
    if touch and touch.how in (How.ABSENT, How.UNREADABLE):
        return touch.how.value
    if text != shown(name, field.value if field else None):
        return "edited"
    if touch and touch.how in OWN_WORD:
        return "seen"
    if field is None:
        return "none"
    return "doubt" if is_doubtful(field) else "sure"


def _doubts(field: Field | None) -> tuple[str, ...]:
    if field is None or field.doubts:
        return field.doubts if field else ()
    if field.value is None:
        return (f"เห็นข้อความ “{field.raw}” แต่เครื่องไม่เข้าใจ",)
    return (f"เครื่องมั่นใจเพียง {field.confidence:.0%}",) if field.confidence < SURE else ()


def _alternatives(name: FieldName, field: Field | None, text: str) -> tuple[Choice, ...]:
    """Return what else the field may be; once edited, the machine's own reading too."""
    if field is None:
        return ()
    raw = (field.raw,) if field.value is None and name not in _STRICT else ()
    own = (field.value,) if field.value and shown(name, field.value) != text else ()
    found = dict.fromkeys((*own, *field.alternatives, *raw))
    choices = dict.fromkeys(Choice(shown(name, each), as_word(name, each)) for each in found)
    return tuple(each for each in choices if each.value and each.value != text)[:9]


def _choices(name: FieldName, text: str) -> tuple[Choice, ...]:
    """Return what the list of a field offers; a value that is not on it is offered too."""
    codes = CODES.get(name) or {word: word for word in _LISTS.get(name, ())}
    choices = tuple(Choice(value, word) for value, word in codes.items())
    odd = choices and text and text not in codes
    return (*choices, Choice(text, text)) if odd else choices
