"""What a reading is stored as in the row of its draft."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from models.letters import Alarm, Fields, Reading, Suggestion
from models.recorded import RECORDED
from models.searching import folded
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
        **_filtered_by(fields),
    }


def count_doubts(fields: Fields) -> int:
    """Return how many fields an officer should look at twice.

    A field that was not found is no doubt, nor is one that no record keeps: there is nothing to
    decide about it.
    """
    found = (fields.get(name) for name in RECORDED)
    return sum(bool(field and field.doubts) for field in found)


def unsureness(suggestion: Suggestion) -> float:
    """Return how much a model would learn from the answer (0..1): the entropy of its ranking."""
    shares = [each.probability for each in suggestion.ranked if each.probability]
    if len(shares) < 2:
        return 0.0 if shares else 1.0
    entropy = -sum(share * math.log(share) for share in shares)
    return min(entropy / math.log(len(shares)), 1.0)


_SOUGHT = (
    FieldName.REFERENCE_NO,
    FieldName.RECEIVED_NO,
    FieldName.SUBJECT,
    FieldName.COMPLAINANT,
    FieldName.SENDER,
)


def _filtered_by(fields: Fields) -> dict[str, Any]:
    """Return what the queue is filtered by."""
    said = {name: field.value for name in FieldName if (field := fields.get(name)) and field.value}
    words = " ".join(said[name] for name in _SOUGHT if name in said)
    district = said.get(FieldName.DISTRICT, "")[:100] or None
    return {"district": district, "sought": folded(words)[:300]}
