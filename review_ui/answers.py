"""What an officer typed into the review form, and where it first comes from."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from starlette.datastructures import FormData

from models.decisions import Decision
from models.drafts import Draft
from models.recorded import RECORDED
from models.records import Record
from models.terms import FieldName
from models.vouching import How, Touch
from review_ui.desk import Desk
from review_ui.values import shown

_TOUCHABLE = frozenset({"kind", "category", "second_category", *RECORDED})
_A_DAY = 86_400_000  # milliseconds; no letter takes longer


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands on screen, for every field of ``RECORDED``; nothing is checked yet.

    ``touches`` say how each field was made sure of so far, ``active_ms`` how long it took.
    """

    kind: str
    category: str
    values: Mapping[FieldName, str]
    version: int
    second_category: str = ""
    touches: Mapping[str, Touch] = field(default_factory=lambda: MappingProxyType({}))
    active_ms: int = 0
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
    said = next((d.answers for d in reversed(list(history)) if d.answers), None)
    if not said:
        return typed
    officer = {name: pair.get("officer") for name, pair in said.items()}
    # A field that the software did not know then still says what the machine read.
    again = {name: shown(name, officer[name.value]) for name in RECORDED if name.value in said}
    return replace(
        typed,
        kind=officer.get("kind") or typed.kind,
        category=code_in_use(officer.get("category"), desk),
        second_category=code_in_use(officer.get("second_category"), desk),
        values={**values, **again},
    )


def form_of(typed: Typed) -> dict[str, Any]:
    """Return the form as it is kept while it is unfinished."""
    return {
        "kind": typed.kind,
        "category": typed.category,
        "second_category": typed.second_category,
        "values": {name.value: text for name, text in typed.values.items()},
        "touches": {name: [touch.how.value, touch.ms] for name, touch in typed.touches.items()},
        "active_ms": typed.active_ms,
        "note": typed.note,
    }


def typed_from_form(form: Mapping[str, Any], start: Typed, desk: Desk) -> Typed:
    """Return an unfinished form again; ``start`` says what it does not know."""
    values = form["values"]
    return replace(
        start,
        kind=form["kind"],
        category=code_in_use(form["category"], desk),
        second_category=code_in_use(form["second_category"], desk),
        values={name: values.get(name.value, text) for name, text in start.values.items()},
        touches=read_touches(json.dumps(form["touches"]), ()),
        active_ms=form["active_ms"],
        note=form["note"],
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
        return plain(value) if isinstance(value, str) else ""

    version = text("version")
    return Typed(
        kind=text("kind"),
        category=text("category"),
        values={name: text(name.value) for name in RECORDED},
        second_category=text("second_category"),
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        touches=read_touches(text("touched"), [t for t in form.getlist("checked") if t]),
        active_ms=_milliseconds(text("active_ms")),
        park_reason=text("park_reason"),
        reject_reason=text("reject_reason"),
        note=text("note"),
    )


def read_touches(told: str, ticked: Iterable[object]) -> dict[str, Touch]:
    """Return how the fields were made sure of, as the page's script tells and boxes are ticked.

    ``told`` is JSON, {"date": ["key", 1200], ...}; what is no such thing counts for nothing.
    """
    touches = {}
    for tick in ticked:
        of_rule, _, name = str(tick).rpartition(":")
        touches[name] = Touch(How.OVERRIDDEN if of_rule else How.KEY)
    try:
        pairs = json.loads(told or "{}").items()
    except (ValueError, AttributeError):
        return touches
    for name, pair in pairs:
        match pair:
            case [str(how), int(ms)] if how in set(How) and name in _TOUCHABLE:
                touches[name] = Touch(How(how), min(max(ms, 0), _A_DAY))
            case _:
                continue
    return touches


def touched_json(typed: Typed) -> str:
    """Return what ``read_touches`` reads."""
    return json.dumps({name: [each.how, each.ms] for name, each in typed.touches.items()})


def _milliseconds(text: str) -> int:
    return min(int(text), _A_DAY) if text.isdecimal() and len(text) < 12 else 0


def plain(text: str) -> str:
    """Return text on one line, without characters that cannot be seen."""
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def take(typed: Typed, choice: str) -> Typed:
    """Return the form after an alternative was taken by its button: ``field:text``."""
    name, _, text = choice.partition(":")
    if name == "category":
        return replace(typed, category=text)
    if name == "second_category":
        return replace(typed, second_category=text)
    if name not in set(RECORDED):
        return typed
    return replace(typed, values={**typed.values, FieldName(name): plain(text)})
