"""How a located value becomes a field: confidence, doubts, boxes."""

from __future__ import annotations

from collections.abc import Sequence

from extract.rows import Span
from models.letters import Field
from models.terms import Precision

SURE = 0.8  # below this an officer is asked to look
_DOUBTFUL = 0.75
_FAINT = 0.95  # under it one letter in twenty is wrong, and a value has as many
_FAINT_DOUBT = "ตัวหนังสือตรงนี้ไม่ชัด โปรดเทียบกับภาพ"


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
    """Return the field; its confidence is the words' × ``strength``, below 0.8 in any doubt."""
    seen = min((span.confidence for span in spans), default=1.0)
    reasons = list(dict.fromkeys(doubts))
    if seen < _FAINT:
        reasons.append(_FAINT_DOUBT)
    confidence = seen * strength
    if reasons:
        confidence = min(confidence, _DOUBTFUL)
    if value is None:
        confidence = min(confidence, 0.4)
    others = tuple(dict.fromkeys(a for a in alternatives if a != value))
    return Field(
        value,
        " ".join(span.raw for span in spans) if raw is None else raw,
        round(min(confidence, 0.99), 3),
        spans[0].row.page if spans else None,
        tuple(box for span in spans for box in span.boxes),
        others,
        tuple(reasons),
        precision,
    )


def doubted(field: Field, doubt: str, alternatives: Sequence[str] = ()) -> Field:
    """Return the field with one more doubt, and so below the sure confidence."""
    return Field(
        field.value,
        field.raw,
        min(field.confidence, _DOUBTFUL),
        field.page,
        field.boxes,
        tuple(dict.fromkeys((*field.alternatives, *(a for a in alternatives if a != field.value)))),
        tuple(dict.fromkeys((*field.doubts, doubt))),
        field.precision,
    )
