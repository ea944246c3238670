"""All fields of one letter, from its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from extract import digits
from extract.checks import (
    check_agency,
    check_code,
    check_dates,
    check_digits,
    check_order_year,
    check_received_year,
)
from extract.citations import citation_field, find_citations
from extract.complaint_fields import complaint_fields, reported_fields
from extract.foot import Foot, read_foot, signature_fields
from extract.gazetteer import Gazetteer
from extract.head_fields import (
    date_field,
    find_marks,
    head_fields,
    mark_field,
    reference_field,
)
from extract.heads import OwnDate, OwnReference, own_date, own_reference
from extract.kinds import Kind, is_about_complaint, is_message, tell_kind
from extract.letter_parts import Marked, letter_parts
from extract.marks import Mark
from extract.message_form import (
    message_date,
    message_fields,
    message_receivers,
    message_reference,
)
from extract.name_lists import check_names
from extract.office_names import check_offices
from extract.outcomes import outcome_fields
from extract.parts import Letter, take_apart
from extract.place_fields import place_fields
from extract.province_field import named_province, province_of_field
from extract.rows import Row, rows_of
from extract.stamp_fields import receipts, stamp_fields
from extract.stamps import Stamp, find_stamps, routing_rows
from extract.sureness import settle_sureness
from extract.wording import check_wording, trust_in_words, unknown_share
from extract.writing import check_writing
from models.letters import Citation, Field, Fields, LetterPart, OcrPage, Receipt
from models.terms import FieldName, LetterKind


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen in a letter before its fields are read: its parts, its form, its own values."""

    rows: tuple[Row, ...]
    stamps: tuple[Stamp, ...]
    routing: frozenset[int]
    letter: Letter
    reference: OwnReference | None
    kind: Kind
    date: OwnDate | None
    urgency: Mark | None
    secrecy: Mark | None
    foot: Foot

    @property
    def code(self) -> str:
        """Return the letter code of the own reference, "" where there is none."""
        own = self.reference.reference if self.reference else None
        return own.letters if own else ""


def read_fields(pages: Sequence[OcrPage], gazetteer: Gazetteer, today: dt.date) -> Fields:
    """Return what the pages of one letter say; what is not found is None.

    ``today`` is the date in Asia/Bangkok; a field's confidence is below 0.8 in any doubt.
    """
    seen = _look(pages, today)
    citations = _citations(seen, today)
    found = _of_letter(seen, citations, today)
    found.update(_of_matter(seen, gazetteer, today))
    _check(found, seen, gazetteer, today)
    check_writing(found, pages)
    share = unknown_share(seen.rows)
    check_wording(found, share)
    return Fields(
        seen.kind.kind,
        round(seen.kind.confidence * trust_in_words(share), 3),
        MappingProxyType({name: _settle(name, found.get(name)) for name in FieldName}),
        _parts(seen),
        tuple(_settled(citation) for citation in citations),
        tuple(_settled_receipt(receipt) for receipt in receipts(seen.stamps, today)),
    )


def _look(pages: Sequence[OcrPage], today: dt.date) -> _Seen:
    rows = rows_of(pages)
    stamps = find_stamps(rows, today)
    routing = routing_rows(rows)
    aside = routing.union(*(stamp.rows for stamp in stamps))
    letter = take_apart([row for row in rows if row.order not in aside])
    message = is_message(letter)
    reference = message_reference(rows) if message else None
    reference = reference or own_reference(letter)
    kind = tell_kind(
        letter,
        reference.reference if reference else None,
        numbered=reference is not None,
        text_confidence=_confidence(pages),
    )
    urgency, secrecy = find_marks(letter)
    date = message_date(rows, today) if message else None
    date = date or own_date(letter, kind.form, today)
    foot = read_foot(letter)
    return _Seen(rows, stamps, routing, letter, reference, kind, date, urgency, secrecy, foot)


def _citations(seen: _Seen, today: dt.date) -> tuple[Citation, ...]:
    own = seen.reference.reference if seen.reference else None
    return find_citations(seen.letter, own.value if own else None, today)


def _of_letter(
    seen: _Seen, citations: Sequence[Citation], today: dt.date
) -> dict[FieldName, Field]:
    """Return what the letter says of itself: head, stamps, signature, letters referred to."""
    own = {
        FieldName.REFERENCE_NO: reference_field(seen.reference),
        FieldName.DATE: date_field(seen.date, seen.kind.form, today),
        FieldName.URGENCY: mark_field(seen.urgency),
        FieldName.SECRECY: mark_field(seen.secrecy),
        FieldName.REFERS_TO: citation_field(citations),
    }
    return {
        **{name: field for name, field in own.items() if field is not None},
        **stamp_fields(seen.stamps, seen.rows, today),
        **head_fields(seen.letter, seen.kind.form, seen.kind.kind),
        **(message_fields(seen.rows) if seen.kind.kind is LetterKind.MESSAGE else {}),
        **signature_fields(seen.foot),
    }


def _of_matter(seen: _Seen, gazetteer: Gazetteer, today: dt.date) -> dict[FieldName, Field]:
    """Return what the letter says of a complaint: its own, or the one that it is about."""
    letter, kind = seen.letter, seen.kind.kind
    complaint = kind is LetterKind.COMPLAINT
    about = not complaint and is_about_complaint(letter, kind)
    # Without any mark of an office, what the text names is the place of the matter.
    loose = kind is LetterKind.OTHER and not seen.code
    found = dict(outcome_fields(letter, kind, today))
    if complaint:
        found.update(complaint_fields(letter, today))
    elif about:
        found.update(reported_fields(letter))
    places = place_fields(
        letter,
        matter=complaint or loose,
        about=about,
        code=seen.code,
        gazetteer=gazetteer,
        stamps=seen.stamps,
        receivers=message_receivers(seen.rows) if kind is LetterKind.MESSAGE else (),
    )
    if not complaint and not about:
        homes = (FieldName.HOME_SUBDISTRICT, FieldName.HOME_DISTRICT, FieldName.HOME_PROVINCE)
        places = {name: field for name, field in places.items() if name not in homes}
    return {**found, **places}


def _check(
    found: dict[FieldName, Field], seen: _Seen, gazetteer: Gazetteer, today: dt.date
) -> None:
    """Hold the fields against each other and doubt what does not agree."""
    check_offices(found, gazetteer)
    check_names(found)
    check_dates(found, today)
    named = named_province(seen.letter, gazetteer) or province_of_field(
        found.get(FieldName.DISTRICT), gazetteer
    )
    check_code(found, seen.reference, named)
    check_agency(found, seen.reference)
    check_received_year(found)
    if seen.kind.form in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT):
        check_order_year(found, today)
    if digits.misread(seen.rows, today):
        check_digits(found)


def _parts(seen: _Seen) -> tuple[LetterPart, ...]:
    marked = Marked(
        seen.reference.span if seen.reference else None,
        seen.date.span if seen.date else None,
        seen.urgency,
        seen.secrecy,
        seen.foot,
    )
    return letter_parts(seen.rows, seen.letter, seen.stamps, seen.routing, marked)


def _settled(citation: Citation) -> Citation:
    return replace(
        citation,
        reference=_settle(FieldName.REFERS_TO, citation.reference),
        date=_settle(FieldName.DATE, citation.date),
    )


def _settled_receipt(receipt: Receipt) -> Receipt:
    return replace(
        receipt,
        number=_settle(FieldName.RECEIVED_NO, receipt.number),
        date=_settle(FieldName.RECEIVED_DATE, receipt.date),
        time=_settle(FieldName.RECEIVED_TIME, receipt.time),
    )


def _settle(name: FieldName, field: Field | None) -> Field | None:
    return settle_sureness(name, field) if field else None


def _confidence(pages: Sequence[OcrPage]) -> float:
    """Return how far the reading can be trusted for telling the kind (0.5..1)."""
    read = [page.confidence for page in pages if page.confidence is not None]
    return max(0.5, min(1.0, 0.2 + max(read))) if read else 0.5
