"""Subdistrict, district and province: of the issuing office, or of a complaint's matter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from extract.gazetteer import Area, Gazetteer, Level
from extract.labels import Part
from extract.parts import Letter, title_rows
from extract.places import WORDS, Address, Found, find_addresses
from extract.province_field import against_stamps, with_province
from extract.provinces import PROVINCES
from extract.rows import Row, Span, join
from extract.stamps import Stamp
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName

_NAMES = {
    Level.PROVINCE: FieldName.PROVINCE,
    Level.DISTRICT: FieldName.DISTRICT,
    Level.SUBDISTRICT: FieldName.SUBDISTRICT,
}
_HOME = re.compile(r"อยู่บ้าน|บ้านเลขที่|อยู่ที่|ที่อยู่|ภูมิลำเนา|อาศัย|หมู่ที่|หมู่")


def place_fields(
    letter: Letter, *, matter: bool, code: str, gazetteer: Gazetteer, stamps: Sequence[Stamp]
) -> Mapping[FieldName, Field]:
    """Return the places; ``code`` is the letter code of the own reference ("" where none)."""
    hint = gazetteer.province(PROVINCES[code]) if code in PROVINCES else None
    fields = _complaint(letter, gazetteer) if matter else _office(letter, gazetteer, hint)
    fields = with_province(fields, letter, gazetteer, hint, matter=matter)
    return against_stamps(fields, stamps, gazetteer)


def _office(letter: Letter, gazetteer: Gazetteer, hint: Area | None) -> dict[FieldName, Field]:
    rows = title_rows(letter)
    addresses = find_addresses(join(rows), gazetteer, hint)
    if not addresses:
        # Some forms name the office only under the text.
        rows = tuple(r for r in letter.rows(Part.FOOT) if len(r.text) < 60)
        addresses = find_addresses(join(rows), gazetteer, hint)
    if not addresses:
        return {}
    # The narrowest office is the one that writes; its address may follow on the next lines.
    first = max(addresses, key=lambda a: (len(a.parts), -a.start))
    fields = _fields(first, rows)
    if hint is not None:
        district = first.district.area if first.district else None
        if district and not district.code.startswith(hint.code):
            doubt = f"อำเภอ{district.name}ไม่อยู่ในจังหวัด{hint.name} ตามรหัสหนังสือ"
            fields[FieldName.DISTRICT] = doubted(fields[FieldName.DISTRICT], doubt)
    return fields


def _complaint(letter: Letter, gazetteer: Gazetteer) -> dict[FieldName, Field]:
    told = (Part.TOP, Part.SUBJECT, Part.BODY, Part.FOOT)
    rows = letter.rows(*told)
    addressed = letter.rows(Part.ADDRESSEE)
    seat = find_addresses(join(addressed), gazetteer)
    office = seat[0].district.area if seat and seat[0].district else None
    hint = gazetteer.province_of(office) if office else None
    text = join(rows)
    addresses = find_addresses(text, gazetteer, hint)
    named = [a for a in addresses if a.district or a.subdistrict] or list(addresses)
    if addressed and not named and len(addressed[0].text) > 60:
        rows, named = addressed, list(seat)  # the whole complaint stands on the addressee's line
    if len(seat) > 1 and not named:
        rows, named = addressed, list(seat[1:])
    if not named:
        if not seat:
            return {}
        fields = _fields(seat[0], addressed)
        doubt = "ในเรื่องไม่ระบุสถานที่ ใช้อำเภอของผู้รับหนังสือ"
        return {name: doubted(field, doubt) for name, field in fields.items()}
    chosen = _home(named, join(rows))
    fields = _fields(chosen, rows)
    return _against_others(fields, chosen, named)


def _against_others(
    fields: dict[FieldName, Field], chosen: Address, named: Sequence[Address]
) -> dict[FieldName, Field]:
    """Doubt a place where the complaint names another of its level."""
    checked = dict(fields)
    for mine in chosen.parts:
        same = [p for a in named for p in a.parts if p.level is mine.level and p.area]
        others = sorted(
            {p.area.name for p in same if p.area} - {mine.area.name if mine.area else ""}
        )
        name = _NAMES[mine.level]
        if others and name in checked:
            doubt = f"ในเรื่องกล่าวถึง{WORDS[mine.level]}อื่นด้วย: {', '.join(others)}"
            checked[name] = doubted(checked[name], doubt, others)
    return checked


def _home(addresses: Sequence[Address], text: str) -> Address:
    """Return the address behind อยู่บ้านเลขที่ if it is more than a name, else the fullest one."""

    def rank(address: Address) -> tuple[bool, bool, int, int]:
        home = _HOME.search(text[max(0, address.start - 40) : address.start]) is not None
        return len(address.parts) > 1, home, len(address.parts), -address.start

    return max(addresses, key=rank)


def _fields(address: Address, rows: Sequence[Row]) -> dict[FieldName, Field]:
    fields = {}
    for found in address.parts:
        if found.area is None and not found.candidates and not found.doubts:
            continue
        spans = _spans(found, rows)
        names = list(dict.fromkeys(area.name for area in found.candidates))
        value = found.area.name if found.area else None
        fields[_NAMES[found.level]] = make_field(
            value,
            spans,
            found.strength,
            doubts=found.doubts,
            alternatives=names,
        )
    return fields


def _spans(found: Found, rows: Sequence[Row]) -> list[Span]:
    """Return the rows' stretches under a place of their joined text."""
    ends = list(accumulate(len(row.text) + 1 for row in rows))
    number = min(bisect_right(ends, found.start), len(rows) - 1)
    begin = ends[number] - len(rows[number].text) - 1
    row = rows[number]
    return [Span(row, found.start - begin, min(found.end - begin, len(row.text)))]
