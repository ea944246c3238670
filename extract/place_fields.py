"""Subdistrict, district and province: of the issuing office, or of a complaint's matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.address_fields import (
    HOMES,
    LIVES,
    NAMES,
    completed,
    fields_of,
    fullness,
    home_among,
    tells,
)
from extract.branch_places import seated_matter, with_branch
from extract.complaint_places import complaint_places
from extract.gazetteer import Area, Gazetteer, Level
from extract.labels import Part
from extract.offices import is_office
from extract.parts import Letter, title_rows
from extract.passages import passage
from extract.places import Address, find_addresses
from extract.province_field import against_stamps, with_province
from extract.provinces import PROVINCES, is_known
from extract.rows import Row
from extract.stamps import Stamp
from extract.values import doubted
from models.letters import Field
from models.terms import FieldName

_BANGKOK = "10"
_TOLD = "อ่านจากเนื้อหนังสือหรือผู้รับ ไม่ใช่จากหัวหนังสือ"


def place_fields(
    letter: Letter,
    *,
    matter: bool,
    about: bool,
    code: str,
    gazetteer: Gazetteer,
    stamps: Sequence[Stamp],
    receivers: Sequence[Row] = (),
) -> Mapping[FieldName, Field]:
    """Return the places; ``code`` is the letter code of the own reference ("" where none).

    ``matter``: the letter is a complaint itself; ``about``: an office's letter about one;
    ``receivers``: rows of a head that name who is to act, not who writes.
    """
    hint = gazetteer.province(PROVINCES[code]) if code in PROVINCES else None
    if matter:
        fields = complaint_places(letter, gazetteer)
    else:
        fields = _office(letter, receivers, gazetteer, hint)
        if about:
            # A ministry's branch sits anywhere: the matter goes before its letterhead.
            branch = is_known(code) and hint is None
            found = _with_matter({} if branch else fields, letter, gazetteer, hint)
            fields = (seated_matter(found, fields, gazetteer) if branch else found) or fields
        elif receivers and not fields:
            # A troop says where it found something, not where it is.
            fields = _told_of(letter, gazetteer)
        office = letter.rows(Part.TOP, Part.OFFICE, Part.FOOT)
        fields = with_branch(fields, [r for r in office if r not in receivers], gazetteer, hint)
    fields = with_province(fields, letter, gazetteer, hint, matter=matter)
    return against_stamps(fields, stamps, gazetteer)


def _office(
    letter: Letter, receivers: Sequence[Row], gazetteer: Gazetteer, hint: Area | None
) -> dict[FieldName, Field]:
    where = passage([row for row in title_rows(letter) if row not in receivers])
    addresses = find_addresses(where.text, gazetteer, hint)
    if not addresses:
        # Some forms name the office only under the text.
        below = [r for r in letter.rows(Part.BODY, Part.FOOT) if r not in receivers]
        where = passage([r for r in below if len(r.text) < 60 and is_office(r.text)])
        addresses = find_addresses(where.text, gazetteer, hint)
    # The ministries' own seat in Bangkok says nothing about a district's papers.
    addresses = tuple(a for a in addresses if hint is not None or not _only_bangkok(a))
    if not addresses:
        return {}
    # The narrowest office is the one that writes; its address may follow on the next lines.
    first = max(addresses, key=lambda a: (len(a.parts), -a.start))
    fields = fields_of(first, where, NAMES)
    if hint is not None:
        district = first.district.area if first.district else None
        if district and not district.code.startswith(hint.code):
            doubt = f"อำเภอ{district.name}ไม่อยู่ในจังหวัด{hint.name} ตามรหัสหนังสือ"
            fields[FieldName.DISTRICT] = doubted(fields[FieldName.DISTRICT], doubt)
    return fields


def _told_of(letter: Letter, gazetteer: Gazetteer) -> dict[FieldName, Field]:
    """Return the fullest place that the text of a message names, doubted."""
    told = passage(letter.rows(Part.BODY))
    named = [a for a in find_addresses(told.text, gazetteer) if tells(a)]
    if not named:
        return {}
    found = fields_of(max(named, key=fullness), told, NAMES)
    return {name: doubted(field, _TOLD) for name, field in found.items()}


def _only_bangkok(address: Address) -> bool:
    province = address.province.area if address.province else None
    return province is not None and province.code == _BANGKOK


def _with_matter(
    fields: dict[FieldName, Field], letter: Letter, gazetteer: Gazetteer, hint: Area | None
) -> dict[FieldName, Field]:
    """Return the places with those of the matter where the letterhead does not tell them."""
    told = passage(letter.rows(Part.SUBJECT, Part.BODY))
    addressed = passage(letter.rows(Part.ADDRESSEE))
    seat = find_addresses(addressed.text, gazetteer, hint)
    office = next((a.district.area for a in seat if a.district), None)
    named = [a for a in find_addresses(told.text, gazetteer, hint) if tells(a)]
    own = fields.get(FieldName.DISTRICT)
    around = gazetteer.named(Level.DISTRICT, own.value or "") if own else ()
    inside = around[0] if len(around) == 1 else office
    matters = [completed(a, None, inside, gazetteer) for a in sorted(named, key=fullness)]
    found = fields_of(seat[0], addressed, NAMES) if seat else {}
    found.pop(FieldName.SUBDISTRICT, None)  # a กำนัน's tambon is where he sits
    home = home_among(named, told.text, LIVES)
    homes = fields_of(home, told, HOMES) if home else {}
    if matters:
        found = {**found, **fields_of(_with_inner(matters, inside), told, NAMES)}
    if own is not None and own.value and matters:
        district = matters[-1].district
        if district and district.area and district.area.name != own.value:
            found = {}
    told_of = {**found, **homes}
    missing = {n: doubted(f, _TOLD) for n, f in told_of.items() if n not in fields}
    return {**fields, **missing}


def _with_inner(matters: Sequence[Address], inside: Area | None) -> Address:
    """Return the fullest place, with a subdistrict of the same district named elsewhere."""
    fullest = matters[-1]
    if fullest.subdistrict is not None or inside is None:
        return fullest
    district = fullest.district.area if fullest.district else inside
    if district is None or district.code != inside.code:
        return fullest
    inner = [m.subdistrict for m in matters if m.subdistrict and m.subdistrict.area]
    held = [i for i in inner if i.area and i.area.code.startswith(inside.code)]
    names = {i.token for i in held}
    return replace(fullest, subdistrict=held[-1]) if len(names) == 1 else fullest
