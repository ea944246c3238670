"""What else the machine read of a letter, to look at only: citations, stamps, parts."""

from __future__ import annotations

from dataclasses import dataclass

from models.letters import Citation, Field, Fields, LetterPart, Receipt
from models.national_id import with_ids_masked
from review_ui import words
from review_ui.dates import short

_MOST = 160  # letters of a part: enough to see what it is, the whole stands on the page


@dataclass(frozen=True, slots=True)
class CitationView:
    """A letter that this one refers to; what is not said is ""."""

    reference: str
    date: str
    office: str
    urgency: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receiving stamp; what was left blank is ""."""

    office: str
    number: str
    date: str
    time: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the letter, shortened."""

    name: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Extras:
    """All of it; ``several_pages`` tells whether the page of a part is worth telling."""

    citations: tuple[CitationView, ...]
    receipts: tuple[ReceiptView, ...]
    parts: tuple[PartView, ...]
    several_pages: bool

    @property
    def any(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.citations or self.receipts or self.parts)


def extras(fields: Fields) -> Extras:
    """Return what else was read; a single stamp is in the fields already."""
    receipts = fields.receipts if len(fields.receipts) > 1 else ()
    return Extras(
        citations=tuple(_citation(each) for each in fields.citations),
        receipts=tuple(_receipt(each) for each in receipts),
        parts=tuple(_part(each) for each in fields.parts),
        several_pages=len({part.page for part in fields.parts}) > 1,
    )


def _citation(citation: Citation) -> CitationView:
    return CitationView(
        reference=_text(citation.reference),
        date=_date(citation.date),
        office=citation.office,
        urgency=citation.urgency,
        doubts=_doubts(citation.reference, citation.date),
    )


def _receipt(receipt: Receipt) -> ReceiptView:
    time = _text(receipt.time)
    return ReceiptView(
        office=receipt.office,
        number=_text(receipt.number),
        date=_date(receipt.date),
        time=f"{time} น." if receipt.time and receipt.time.value else time,
        doubts=_doubts(receipt.number, receipt.date, receipt.time),
    )


def _part(part: LetterPart) -> PartView:
    text = with_ids_masked(part.text)
    text = " ".join(text.split())
    short = text if len(text) <= _MOST else f"{text[:_MOST].rstrip()}…"
    return PartView(words.PARTS[part.kind], part.page, short)


def _text(field: Field | None) -> str:
    """Return the value, or in quotes what the page says where it was not understood."""
    if field is None:
        return ""
    return field.value or f"“{field.raw}”"


def _date(field: Field | None) -> str:
    return short(field.value) if field and field.value else _text(field)


def _doubts(*fields: Field | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(doubt for field in fields if field for doubt in field.doubts))
