"""Cross-checks between the fields of a letter (domain: validity rules 2.3, letter codes 1.6)."""

from __future__ import annotations

import datetime as dt

from extract import digits
from extract.dates import as_date
from extract.heads import OwnReference
from extract.months import LOOKALIKES
from extract.provinces import CODES, PROVINCES, is_known, lookalikes
from extract.values import doubted
from models.letters import Field, FieldName

_LATE = 180  # days between a letter and its receipt that ask for a second look
_NUMBERS = (
    FieldName.REFERENCE_NO,
    FieldName.DATE,
    FieldName.RECEIVED_NO,
    FieldName.RECEIVED_DATE,
    FieldName.PHONE,
)


def check_dates(fields: dict[FieldName, Field], today: dt.date) -> None:
    """Doubt dates of the future and letters that are received before they are written."""
    own = fields.get(FieldName.DATE)
    written = as_date(own.value) if own else None
    if own is None or written is None:
        return
    if written > today + dt.timedelta(days=1):
        near = [d for d in _other_months(written) if d <= today]
        fields[FieldName.DATE] = own = doubted(own, "วันที่อยู่หลังวันนี้ อาจอ่านผิด", _iso(near))
    receipt = fields.get(FieldName.RECEIVED_DATE)
    received = as_date(receipt.value) if receipt else None
    if receipt is None or received is None:
        return
    if written > received:
        near = [d for d in _other_months(written) if d <= received]
        fields[FieldName.DATE] = doubted(own, "วันที่ของหนังสืออยู่หลังวันที่รับ", _iso(near))
        fields[FieldName.RECEIVED_DATE] = doubted(receipt, "วันที่รับอยู่ก่อนวันที่ของหนังสือ")
    elif (received - written).days > _LATE:
        near = [d for d in _other_months(written) if 0 <= (received - d).days <= 60]
        doubt = "วันที่ของหนังสือกับวันที่รับห่างกันเกิน 180 วัน"
        fields[FieldName.DATE] = doubted(own, doubt, _iso(near))
        fields[FieldName.RECEIVED_DATE] = doubted(receipt, doubt)


def check_code(fields: dict[FieldName, Field], own: OwnReference | None, named: str | None) -> None:
    """Doubt a letter code that is not that of the province which the letterhead names."""
    field = fields.get(FieldName.REFERENCE_NO)
    reference = own.reference if own else None
    if field is None or reference is None or not reference.letters:
        return
    letters = reference.letters
    expected = CODES.get(named or "")
    provincial = letters in PROVINCES or (not is_known(letters) and expected in lookalikes(letters))
    if expected and letters != expected and provincial:
        doubt = f"รหัส {letters} ไม่ตรงกับจังหวัด{named}"
        fields[FieldName.REFERENCE_NO] = doubted(field, doubt, [f"{expected} {reference.rest}"])
    elif any("ไม่รู้จักรหัส" in doubt for doubt in field.doubts):
        near = [f"{code} {reference.rest}" for code in _likely(letters, reference.rest)]
        fields[FieldName.REFERENCE_NO] = doubted(field, field.doubts[0], near[:3])


def check_digits(fields: dict[FieldName, Field]) -> None:
    """Doubt every number of a page whose reader confuses Thai digits."""
    for name in _NUMBERS:
        field = fields.get(name)
        if field is not None and field.page is not None and _has_thai_digits(field.raw):
            fields[name] = doubted(field, digits.DOUBT)


def _likely(letters: str, rest: str) -> list[str]:
    """Return look-alike codes, those first whose kind of number fits (00.. is a province's)."""
    provincial = rest.startswith("00")
    return sorted(lookalikes(letters), key=lambda code: (code in PROVINCES) != provincial)


def _has_thai_digits(raw: str) -> bool:
    return any("๐" <= letter <= "๙" for letter in raw)


def _other_months(day: dt.date) -> list[dt.date]:
    found = []
    for month in LOOKALIKES.get(day.month, ()):
        try:
            found.append(day.replace(month=month))
        except ValueError:
            continue
    return found


def _iso(days: list[dt.date]) -> list[str]:
    return [day.isoformat() for day in days]
