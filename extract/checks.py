"""Cross-checks between the fields of a letter (domain: validity rules 2.3, letter codes 1.6)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract import digits
from extract.agency import misread_administration, of_administration
from extract.dates import as_date
from extract.heads import OwnReference
from extract.months import LOOKALIKES
from extract.provinces import CODES, PROVINCES, is_known, lookalikes
from extract.values import doubted
from extract.years import BUDDHIST, repaired_years
from models.letters import Field
from models.terms import FieldName, Precision

_LATE = 180  # days between a letter and its receipt that ask for a second look
_ADMINISTRATION = ("ที่ว่าการอำเภอ", "ที่ทำการปกครอง")
_ORDER_YEAR = re.compile(r"^(?P<stem>[^/]*/)(?P<year>[0-9]{4})$")
_NUMBER_YEAR = re.compile(r"^(?P<stem>[0-9]+/)(?P<year>[0-9]{2}|[0-9]{4})$")
_SOON = 60  # days within which most letters come in
_NUMBERS = (
    FieldName.REFERENCE_NO,
    FieldName.DATE,
    FieldName.RECEIVED_NO,
    FieldName.RECEIVED_DATE,
    FieldName.PHONE,
)


def check_dates(fields: dict[FieldName, Field], today: dt.date) -> None:
    """Doubt dates of the future and letters that are received before they are written."""
    _year_from_other(fields, FieldName.RECEIVED_DATE, FieldName.DATE, (0, _SOON))
    _year_from_other(fields, FieldName.DATE, FieldName.RECEIVED_DATE, (-_SOON, 0))
    own = fields.get(FieldName.DATE)
    written = as_date(own.value) if own else None
    happened = fields.get(FieldName.INCIDENT_DATE)
    day = as_date(happened.value) if happened else None
    if happened is not None and day is not None and day > (written or today):
        fields[FieldName.INCIDENT_DATE] = doubted(happened, "วันที่เกิดเหตุอยู่หลังวันที่เขียนหรือวันนี้")
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


def _year_from_other(
    fields: dict[FieldName, Field], name: FieldName, other: FieldName, days: tuple[int, int]
) -> None:
    """Give a date whose year was misread the only likely year that lies near the other date."""
    field, known = fields.get(name), fields.get(other)
    day = as_date(known.value) if known else None
    if field is None or field.value is not None or day is None:
        return
    likely = [as_date(a) for a in field.alternatives]
    near = [d for d in likely if d and days[0] <= (d - day).days <= days[1]]
    if len(near) == 1:
        value = near[0].isoformat()
        rest = tuple(a for a in field.alternatives if a != value)
        mended = replace(field, value=value, alternatives=rest, precision=Precision.DAY)
        fields[name] = doubted(mended, "ปีอ่านผิด เทียบจากวันที่อีกแห่งของหนังสือ โปรดตรวจ")


def check_code(fields: dict[FieldName, Field], own: OwnReference | None, named: str | None) -> None:
    """Doubt a letter code that is not that of the province which the letterhead names."""
    field = fields.get(FieldName.REFERENCE_NO)
    reference = own.reference if own else None
    if field is None or reference is None or not reference.letters:
        return
    letters = reference.letters
    expected = CODES.get(named or "")
    # Of a code that nobody has, one letter in common with the province's is enough.
    alike = expected is not None and bool(set(letters) & set(expected))
    provincial = letters in PROVINCES or (not is_known(letters) and alike)
    if expected and letters != expected and provincial:
        doubt = f"รหัส {letters} ไม่ตรงกับจังหวัด{named}"
        if not is_known(letters) and field.value is not None:
            # No office has the code, and one glyph away stands the code of the letter's province.
            likely = f"{expected} {reference.rest}"
            field, expected = replace(field, value=likely), letters
        fields[FieldName.REFERENCE_NO] = doubted(field, doubt, [f"{expected} {reference.rest}"])
    elif any("ไม่รู้จักรหัส" in doubt for doubt in field.doubts):
        near = [f"{code} {reference.rest}" for code in _likely(letters, reference.rest)]
        fields[FieldName.REFERENCE_NO] = doubted(field, field.doubts[0], near[:3])


def check_agency(fields: dict[FieldName, Field], own: OwnReference | None) -> None:
    """Doubt a number that is not the administration's own though the head names just that.

    Where besides no office bears the number, one digit away from ..18, that is the likelier one.
    """
    field, sender = fields.get(FieldName.REFERENCE_NO), fields.get(FieldName.SENDER)
    reference = own.reference if own else None
    if field is None or field.value is None or reference is None:
        return
    agency = reference.rest.split("/")[0]
    own_number = of_administration(agency)
    if reference.letters not in PROVINCES or len(agency.split(".")[0]) != 4 or own_number is None:
        return
    office = (sender.value if sender else None) or ""
    named = any(word in office for word in _ADMINISTRATION) and "สำนักงาน" not in office
    misread = misread_administration(agency)
    if own_number == agency or not (named or misread):
        return
    likely = field.value.replace(f" {agency}/", f" {own_number}/")
    doubt = f"เลข {agency[:4]} ไม่ใช่เลขของที่ทำการปกครอง (ลงท้าย 18) อาจอ่านผิด"
    fields[FieldName.REFERENCE_NO] = doubted(field, doubt, [likely])
    if named and misread:
        swapped = replace(field, value=likely)
        fields[FieldName.REFERENCE_NO] = doubted(swapped, doubt, [field.value])


def check_order_year(fields: dict[FieldName, Field], today: dt.date) -> None:
    """Doubt the year of an order's number that is not the year of its date, or cannot be."""
    field, own = fields.get(FieldName.REFERENCE_NO), fields.get(FieldName.DATE)
    match = _ORDER_YEAR.search(field.value) if field and field.value else None
    if field is None or match is None:
        return
    year = int(match["year"])
    written = as_date(own.value) if own else None
    stem = match["stem"]
    if written is not None and written.year + BUDDHIST != year:
        doubt = f"ปีของเลขที่คำสั่งไม่ตรงกับปีของวันที่ ({written.year + BUDDHIST})"
        likely = f"{stem}{written.year + BUDDHIST}"
        if not _possible(year, today):
            field, likely = replace(field, value=likely), field.value or likely
        elif own is not None:
            fields[FieldName.DATE] = doubted(own, f"ปีของวันที่ไม่ตรงกับปีของเลขที่ ({year})")
        fields[FieldName.REFERENCE_NO] = doubted(field, doubt, [likely])
    elif not _possible(year, today):
        near = [f"{stem}{y + BUDDHIST}" for y in repaired_years(year - BUDDHIST, today)]
        fields[FieldName.REFERENCE_NO] = doubted(field, f"ปี พ.ศ. {year} ของเลขที่อาจอ่านผิด", near)


def check_received_year(fields: dict[FieldName, Field]) -> None:
    """Doubt a receiving number whose year (882/68) is that of neither date of the letter."""
    field = fields.get(FieldName.RECEIVED_NO)
    match = _NUMBER_YEAR.search(field.value) if field and field.value else None
    dates = (fields.get(FieldName.RECEIVED_DATE), fields.get(FieldName.DATE))
    days = [day for date in dates if date and (day := as_date(date.value))]
    if field is None or match is None or not days:
        return
    years = [f"{day.year + BUDDHIST}" for day in days]
    if not any(year.endswith(match["year"]) for year in years):
        likely = f"{match['stem']}{years[0][-len(match['year']) :]}"
        fields[FieldName.RECEIVED_NO] = doubted(field, "ปีของเลขรับไม่ตรงกับปีของวันที่", [likely])


def _possible(year: int, today: dt.date) -> bool:
    return today.year - 10 <= year - BUDDHIST <= today.year + 1


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
