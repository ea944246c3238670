"""All fields of one letter, from its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
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
from extract.foot import read_foot, signature_fields
from extract.gazetteer import Gazetteer
from extract.head_fields import date_field, head_fields, reference_field
from extract.heads import own_date, own_reference
from extract.kinds import is_about_complaint, is_message, tell_kind
from extract.office_names import check_offices
from extract.outcomes import outcome_fields
from extract.parts import take_apart
from extract.place_fields import place_fields
from extract.province_field import named_province
from extract.rows import rows_of
from extract.stamp_fields import receipts, stamp_fields
from extract.stamps import find_stamps, routing_rows
from extract.sureness import settle_sureness
from extract.writing import check_writing
from models.letters import Citation, Field, Fields, OcrPage, Receipt
from models.terms import FieldName, LetterKind


def read_fields(pages: Sequence[OcrPage], gazetteer: Gazetteer, today: dt.date) -> Fields:
    """Return what the pages of one letter say; what is not found is None.

    ``today`` is the date in Asia/Bangkok; a field's confidence is below 0.8 in any doubt.
    """
    rows = rows_of(pages)
    stamps = find_stamps(rows, today)
    aside = routing_rows(rows).union(*(stamp.rows for stamp in stamps))
    letter = take_apart([row for row in rows if row.order not in aside])
    reference = own_reference(letter)
    kind = tell_kind(
        letter,
        reference.reference if reference else None,
        numbered=reference is not None,
        text_confidence=_confidence(pages),
    )
    found: dict[FieldName, Field] = {}
    for name, field in (
        (FieldName.REFERENCE_NO, reference_field(reference)),
        (FieldName.DATE, date_field(own_date(letter, kind.form, today), kind.form, today)),
    ):
        if field is not None:
            found[name] = field
    found.update(stamp_fields(stamps, rows, today))
    found.update(head_fields(letter, kind.form, kind.kind))
    complaint = kind.kind is LetterKind.COMPLAINT
    code = reference.reference.letters if reference and reference.reference else ""
    # Without any mark of an office, what the text names is the place of the matter.
    loose = kind.kind is LetterKind.OTHER and not code and not is_message(letter)
    if complaint:
        found.update(complaint_fields(letter, today))
    foot = read_foot(letter)
    found.update(signature_fields(foot))
    own = reference.reference.value if reference and reference.reference else None
    citations = find_citations(letter, own, today)
    if (cited := citation_field(citations)) is not None:
        found[FieldName.REFERS_TO] = cited
    found.update(outcome_fields(letter, kind.kind, today))
    about = not complaint and is_about_complaint(letter, kind.kind)
    if about:
        found.update(reported_fields(letter))
    found.update(
        place_fields(
            letter,
            matter=complaint or loose,
            about=about,
            code=code,
            gazetteer=gazetteer,
            stamps=stamps,
        )
    )
    check_offices(found, gazetteer)
    check_dates(found, today)
    check_code(found, reference, named_province(letter, gazetteer))
    check_agency(found, reference)
    check_received_year(found)
    if kind.form in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT):
        check_order_year(found, today)
    if digits.misread(rows, today):
        check_digits(found)
    check_writing(found, pages)
    values = {name: _settle(name, found.get(name)) for name in FieldName}
    return Fields(
        kind.kind,
        round(kind.confidence, 3),
        MappingProxyType(values),
        citations=tuple(_settled(citation) for citation in citations),
        receipts=tuple(_settled_receipt(receipt) for receipt in receipts(stamps, today)),
    )


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
