"""What an officer vouches for: every field's value, and how it was made sure of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from models.letters import Fields, Suggestion
from models.recorded import RECORDED
from models.terms import FieldName, LetterKind


class How(StrEnum):
    """How a field was made sure of."""

    KEY = "key"  # looked at, and a key pressed for this field alone
    TYPED = "typed"
    TAKEN = "taken"  # one of the alternatives
    PICKED = "picked"  # from the page
    ABSENT = "absent"  # "not in the document", said by the officer
    UNREADABLE = "unreadable"  # on the page, and nobody can read it
    OVERRIDDEN = "overridden"  # against a rule that the officer was shown
    ACCEPTED = "accepted"  # with all others that were on screen
    SEEN = "seen"  # it was on screen
    UNSEEN = "unseen"


# A person answers for these one by one; the others went along.
OWN_WORD = frozenset(How) - {How.ACCEPTED, How.SEEN, How.UNSEEN}
# A wrong one files the letter under another case, time or office: never taken along.
CRITICAL = (FieldName.REFERENCE_NO, FieldName.DATE, FieldName.DISTRICT)


@dataclass(frozen=True, slots=True)
class Touch:
    """How a field was made sure of, and for how long the officer was at it (milliseconds)."""

    how: How
    ms: int = 0


_UNTOUCHED = Touch(How.UNSEEN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer vouches for; a complaint may carry two categories.

    ``touches`` are by the field's name, also ``kind`` and ``category``. ``active_ms`` is how long
    the officer worked on the letter, pauses left out.
    """

    kind: LetterKind
    category: str | None
    values: Mapping[FieldName, str | None]
    second_category: str | None = None
    touches: Mapping[str, Touch] = field(default_factory=lambda: MappingProxyType({}))
    active_ms: int | None = None

    def how(self, name: str) -> How:
        """Return how a field was made sure of."""
        return self.touches.get(name, _UNTOUCHED).how


def answers(fields: Fields, suggestion: Suggestion | None, answer: Answer) -> dict[str, Any]:
    """Set the officer's word beside the machine's, field by field."""
    second = suggestion.second if suggestion else None
    machine = {
        "kind": fields.kind.value,
        "category": suggestion.choice if suggestion else None,
        "second_category": second.code if second else None,
    }
    officer = {
        "kind": answer.kind.value,
        "category": answer.category,
        "second_category": answer.second_category,
    }
    for name in RECORDED:
        read = fields.get(name)
        machine[name.value] = read.value if read else None
        officer[name.value] = answer.values.get(name)
    return {name: _said(name, machine[name], officer[name], answer) for name in machine}


def _said(name: str, machine: str | None, officer: str | None, answer: Answer) -> dict[str, Any]:
    match (machine, officer):
        case (None, None):
            how = "empty"
        case (None, _):
            how = "added"
        case (_, None):
            how = "cleared"
        case _:
            how = "kept" if machine == officer else "changed"
    touch = answer.touches.get(name, _UNTOUCHED)
    said = {"machine": machine, "officer": officer, "how": how, "by": touch.how.value}
    return said | ({"ms": touch.ms} if touch.ms else {})
