"""What a reading is stored as in the row of its draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from models.drafts import count_doubts, unsureness
from models.letters import Alarm, Fields, Reading, Suggestion
from models.terms import FieldName

_FIELDS = TypeAdapter(Fields)
_SUGGESTION = TypeAdapter(Suggestion)
_ALARMS = TypeAdapter(tuple[Alarm, ...])


def reading_columns(reading: Reading) -> dict[str, Any]:
    """Return the columns of a draft that hold what the machine said, also those left empty."""
    fields, suggestion = reading.fields, reading.suggestion
    urgency = fields.get(FieldName.URGENCY)
    ranked = suggestion.ranked if suggestion else ()
    plain = replace(fields, values=dict(fields.values))
    return {
        "kind": fields.kind,
        "fields": _FIELDS.dump_python(plain, mode="json"),
        "suggestion": _SUGGESTION.dump_python(suggestion, mode="json") if suggestion else None,
        "first_category": ranked[0].code if ranked else None,
        "abstained": int(suggestion.abstained) if suggestion else None,
        "familiarity": suggestion.familiarity if suggestion else None,
        "unsureness": round(unsureness(suggestion), 4) if suggestion else None,
        "alarms": _ALARMS.dump_python(reading.alarms, mode="json") or None,
        # What may cost a life goes before what a sender calls urgent.
        "urgent": 2 if reading.alarms else int(bool(urgency and urgency.value)),
        "doubts": count_doubts(fields),
    }
