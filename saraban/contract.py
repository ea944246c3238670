"""The stable JSON of ``saraban read``, ``extract`` and ``suggest``; documented in the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.letters import (
    Alarm,
    Box,
    Citation,
    Field,
    Fields,
    LetterPart,
    Line,
    OcrPage,
    RankedCategory,
    Reading,
    Receipt,
    Suggestion,
    Word,
)
from models.terms import FieldName

_DATES = frozenset(
    {
        *(FieldName.DATE, FieldName.RECEIVED_DATE),
        *(FieldName.INCIDENT_DATE, FieldName.FINISHED_DATE),
    }
)


def reading_json(file: str, sha256: str, reading: Reading) -> dict[str, Any]:
    """Return one letter of a file as the contract has it."""
    return {
        "file": file,
        "sha256": sha256,
        "letter": reading.letter,
        "kind": reading.fields.kind.value,
        "pages": [page_json(page) for page in reading.pages],
        "fields": fields_json(reading.fields),
        **details_json(reading.fields),
        "suggestion": suggestion_json(reading.suggestion),
        "alarms": alarms_json(reading.alarms),
    }


def page_json(page: OcrPage) -> dict[str, Any]:
    """Return a page: what was read, how sure, and what could not be read."""
    return {
        "number": page.number,
        "text": page.text,
        "confidence": _rounded(page.confidence),
        "width": page.width,
        "height": page.height,
        "state": page.state.value,
        "reason": page.reason,
        "read_by": page.read_by,
        "notes": list(page.notes),
        "unread": [box_json(box) for box in page.unread],
        "lines": [_line_json(line) for line in page.lines],
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "box": box_json(line.box),
        "confidence": _rounded(line.confidence),
        "ink": line.ink.value,
        "raw": line.raw,
        "alternatives": list(line.alternatives),
        "words": [_word_json(word) for word in line.words],
    }


def _word_json(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "box": box_json(word.box),
        "confidence": _rounded(word.confidence),
        "ink": word.ink.value,
        "alternatives": list(word.alternatives),
    }


def fields_json(fields: Fields) -> Mapping[str, Any]:
    """Return every field by name, null where it was not found.

    A national ID stands here whole, as it does in the text of its page beside it.
    """
    return {name.value: _named_json(name, fields.get(name)) for name in FieldName}


def details_json(fields: Fields) -> dict[str, Any]:
    """Return what no single field holds: the letters cited, all stamps, the letter's parts."""
    return {
        "citations": [_citation_json(each) for each in fields.citations],
        "receipts": [_receipt_json(each) for each in fields.receipts],
        "parts": [_part_json(each) for each in fields.parts],
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "reference": _field_json(citation.reference),
        "date": _date_json(citation.date),
        "office": citation.office,
        "urgency": citation.urgency,
    }


def _receipt_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "office": receipt.office,
        "number": _field_json(receipt.number),
        "date": _date_json(receipt.date),
        "time": _field_json(receipt.time),
    }


def _part_json(part: LetterPart) -> dict[str, Any]:
    return {
        "kind": part.kind.value,
        "text": part.text,
        "page": part.page,
        "boxes": [box_json(box) for box in part.boxes],
    }


def _named_json(name: FieldName, field: Field | None) -> dict[str, Any] | None:
    return _date_json(field) if name in _DATES else _field_json(field)


def _date_json(field: Field | None) -> dict[str, Any] | None:
    """Return a date, which carries its precision, null where it is not understood."""
    if field is None:
        return None
    precision = field.precision.value if field.precision else None
    return {**(_field_json(field) or {}), "precision": precision}


def _field_json(field: Field | None) -> dict[str, Any] | None:
    if field is None:
        return None
    return {
        "value": field.value,
        "raw": field.raw,
        "confidence": _rounded(field.confidence),
        "page": field.page,
        "box": box_json(field.box),
        "alternatives": list(field.alternatives),
        "doubts": list(field.doubts),
    }


def suggestion_json(suggestion: Suggestion | None) -> dict[str, Any] | None:
    """Return the suggested categories with what speaks for the first."""
    if suggestion is None:
        return None
    return {
        "categories": [_ranked_json(each) for each in suggestion.categories],
        "parts": [_ranked_json(each) for each in suggestion.parts],
        "proposed": suggestion.choice,
        "second": _ranked_json(suggestion.second) if suggestion.second else None,
        "complaint": _rounded(suggestion.complaint),
        "familiarity": suggestion.familiarity,
        "abstained": suggestion.abstained,
        "evidence": [
            {
                "text": each.text,
                "weight": _rounded(each.weight),
                "page": each.page,
                "box": box_json(each.box),
            }
            for each in suggestion.evidence
        ],
        "model": suggestion.model_version,
    }


def _ranked_json(each: RankedCategory) -> dict[str, Any]:
    return {"code": each.code, "label": each.label, "probability": _rounded(each.probability)}


def alarms_json(alarms: Sequence[Alarm]) -> list[dict[str, Any]]:
    """Return what somebody must look at once, with the words that say so."""
    return [
        {
            "danger": each.danger.value,
            "text": each.text,
            "page": each.page,
            "box": box_json(each.box),
        }
        for each in alarms
    ]


def box_json(box: Box | None) -> list[float] | None:
    """Return [left, top, width, height] as fractions of the page."""
    if box is None:
        return None
    return [round(edge, 5) for edge in (box.left, box.top, box.width, box.height)]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
