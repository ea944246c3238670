"""How sure a value is: calibrated per field, and below which sureness an officer must look.

A field comes here with the sureness of its faintest word (calibrated by the reader), times what the
grammar is worth, less for every doubt. Curves and limits were fitted on drawn pages of the tuning
part and on noisy texts (``python -m benchmarks.fit_sureness``): of the values above its limit that
bear no doubt at most one in two hundred is wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from models.letters import Field
from models.terms import FieldName

FAINT = "ตัวหนังสือตรงนี้ไม่ชัด โปรดเทียบกับภาพ"
_DOUBTED = 0.79  # a doubted value is never shown as sure, however likely it is
_Curve = tuple[tuple[float, float], ...]
# (raw, share right): numbers have nothing but their digits; names and places are in lists.
_NUMBERS: _Curve = (
    (0.0, 0.45), (0.35, 0.58), (0.5, 0.68), (0.65, 0.79), (0.72, 0.85), (0.8, 0.95), (0.9, 0.97),
    (0.93, 0.995), (1.0, 0.998),
)  # fmt: skip
_DATES: _Curve = (
    (0.0, 0.6), (0.35, 0.88), (0.65, 0.93), (0.75, 0.985), (0.9, 0.99), (0.95, 0.998),
)  # fmt: skip
_TEXTS: _Curve = (
    (0.0, 0.4), (0.45, 0.67), (0.65, 0.89), (0.8, 0.96), (0.88, 0.985), (0.94, 0.998),
)  # fmt: skip
_LISTED: _Curve = ((0.0, 0.5), (0.5, 0.8), (0.65, 0.98), (0.8, 0.995), (1.0, 0.998))
_N = FieldName
_BY_FIELD: Mapping[FieldName, tuple[_Curve, float]] = MappingProxyType({
    _N.REFERENCE_NO: (_NUMBERS, 0.86), _N.REFERS_TO: (_NUMBERS, 0.84),
    _N.RECEIVED_NO: (_NUMBERS, 0.92), _N.PHONE: (_NUMBERS, 0.84),
    _N.NATIONAL_ID: (_NUMBERS, 0.80), _N.CASE_NO: (_NUMBERS, 0.85), _N.HOUSE_NO: (_NUMBERS, 0.83),
    _N.MOO: (_NUMBERS, 0.83), _N.AGE: (_NUMBERS, 0.83), _N.GROUP_SIZE: (_NUMBERS, 0.80),
    _N.DATE: (_DATES, 0.83), _N.RECEIVED_DATE: (_DATES, 0.80), _N.RECEIVED_TIME: (_DATES, 0.82),
    _N.INCIDENT_DATE: (_DATES, 0.79), _N.FINISHED_DATE: (_DATES, 0.80),
    _N.SUBJECT: (_TEXTS, 0.93), _N.ADDRESSEE: (_TEXTS, 0.79), _N.SENDER: (_TEXTS, 0.72),
    _N.SIGNATORY: (_TEXTS, 0.905), _N.POSITION: (_TEXTS, 0.80), _N.COMPLAINANT: (_TEXTS, 0.885),
    _N.RESPONDENT: (_TEXTS, 0.77), _N.RESPONDENT_ROLE: (_TEXTS, 0.77), _N.WISH: (_TEXTS, 0.79),
    _N.SUBDISTRICT: (_LISTED, 0.63), _N.DISTRICT: (_LISTED, 0.63), _N.PROVINCE: (_LISTED, 0.63),
    _N.HOME_SUBDISTRICT: (_LISTED, 0.63), _N.HOME_DISTRICT: (_LISTED, 0.63),
    _N.HOME_PROVINCE: (_LISTED, 0.63), _N.URGENCY: (_LISTED, 0.76), _N.SECRECY: (_LISTED, 0.76),
    _N.ANONYMOUS: (_LISTED, 0.74), _N.CONFIDENTIAL: (_LISTED, 0.74), _N.CHANNEL: (_LISTED, 0.72),
    _N.OUTCOME: (_LISTED, 0.70),
})  # fmt: skip


def settle_sureness(name: FieldName, field: Field) -> Field:
    """Return the field with its calibrated confidence (0..1), doubted where it is too faint.

    In any doubt the confidence is below 0.8.
    """
    if field.value is None:
        return replace(field, confidence=round(min(field.confidence, 0.4), 3))
    curve, least = _BY_FIELD[name]
    doubts = field.doubts
    if not doubts and field.confidence < least:
        doubts = (FAINT,)
    sure = _on_curve(curve, field.confidence)
    sure = min(sure, _DOUBTED) if doubts else max(sure, 0.8)
    return replace(field, confidence=round(min(sure, 0.999), 3), doubts=doubts)


def _on_curve(curve: _Curve, raw: float) -> float:
    """Return the share right at a raw sureness, straight between two knots."""
    at = bisect_right([knot for knot, _ in curve], raw)
    if at == 0:
        return curve[0][1]
    if at == len(curve):
        return curve[-1][1]
    (left, low), (right, high) = curve[at - 1], curve[at]
    return low + (high - low) * (raw - left) / (right - left)
