"""How a located value becomes a field: confidence, doubts, boxes."""

from __future__ import annotations

from collections.abc import Sequence

from extract.dates import DateReading
from extract.rows import Span
from models.letters import Field
from models.terms import Precision

_EACH_DOUBT = 0.9  # what is left of a value's sureness with each doubt


def make_field(
    value: str | None,
    spans: Sequence[Span],
    strength: float,
    *,
    doubts: Sequence[str] = (),
    alternatives: Sequence[str] = (),
    precision: Precision | None = None,
    raw: str | None = None,
) -> Field:
    """Return the field with a raw confidence: its faintest word's × ``strength``, less by doubts.

    ``strength`` (0..1) is how often the rule that found the value is right on clear print.
    """
    seen = min((span.confidence for span in spans), default=1.0)
    reasons = tuple(dict.fromkeys(doubts))
    confidence = seen * strength * _EACH_DOUBT ** len(reasons)
    if value is None:
        confidence = min(confidence, 0.4)
    others = tuple(dict.fromkeys(a for a in alternatives if a != value))
    return Field(
        value,
        " ".join(span.raw for span in spans) if raw is None else raw,
        round(confidence, 4),
        spans[0].row.page if spans else None,
        tuple(box for span in spans for box in span.boxes),
        others,
        reasons,
        precision,
    )


def date_as_field(reading: DateReading, spans: Sequence[Span], strength: float) -> Field:
    """Return a date that was read as a field, with all that its reading doubts and offers."""
    return make_field(
        reading.value,
        spans,
        strength,
        doubts=reading.doubts,
        alternatives=reading.alternatives,
        precision=reading.precision,
    )


def doubted(field: Field, doubt: str, alternatives: Sequence[str] = ()) -> Field:
    """Return the field with one more doubt, and so a little less sure."""
    return Field(
        field.value,
        field.raw,
        round(field.confidence * _EACH_DOUBT, 4),
        field.page,
        field.boxes,
        tuple(dict.fromkeys((*field.alternatives, *(a for a in alternatives if a != field.value)))),
        tuple(dict.fromkeys((*field.doubts, doubt))),
        field.precision,
    )
