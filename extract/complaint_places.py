"""The places of a complaint: where the writer lives and where the matter is, two things."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from extract.gazetteer import Area, Gazetteer
from extract.identity import HOUSE_ABOVE, UNSAID
from extract.labels import Part
from extract.parts import Letter
from extract.passages import Passage, passage
from extract.people import STORY
from extract.places import WORDS, Address, find_addresses
from extract.text import fold
from extract.values import doubted
from models.letters import Field
from models.terms import FieldName

_OF_VILLAGE = re.compile(
    r"(?:ราษฎร|ชาวบ้าน|ประชาชน)(?:ใน)?(?:หมู่|บ้าน|ตำบล|พื้นที่)|เป็น(?:ราษฎร|ชาวบ้าน)|มาที่\s?[0-9]"
)
_NO_HOME = re.compile(r"ศูนย์|ที่ว่าการ|สำนักงาน|วัด|ศาลา|ร้าน|ตลาด|โรงเรียน|(?<!ถ\.)(?<!ถนน)เทศบาล|อบต")
_WORDY = 60  # letters: an addressee is shorter


def complaint_places(letter: Letter, gazetteer: Gazetteer) -> dict[FieldName, Field]:
    """Return the complainant's home and the place of the matter: two things."""
    told = passage(letter.rows(Part.TOP, Part.SUBJECT, Part.BODY, Part.FOOT))
    addressed = passage(letter.rows(Part.ADDRESSEE))
    seat = find_addresses(addressed.text, gazetteer)
    if len(addressed.text) > _WORDY and not letter.rows(Part.BODY):
        told, seat = addressed, seat[:1]  # the whole complaint stands on the addressee's line
    office = seat[0].district.area if seat and seat[0].district else None
    hint = gazetteer.province_of(office) if office else None
    everything = [a for a in find_addresses(told.text, gazetteer, hint) if tells(a)]
    head = len(passage(letter.rows(Part.TOP)).text) if letter.rows(Part.BODY) else 0
    # Where the letter was written (เขียนที่) is not where its matter is.
    named = [a for a in everything if a.start >= head] or everything
    if told is addressed and named and seat:
        named = [a for a in named if a.start != seat[0].start] or named
    home = home_among(everything, told.text, LIVES)
    begins = len(passage(letter.rows(Part.TOP, Part.SUBJECT)).text)
    # Behind the story's first words an address may be anybody's.
    said = home is not None and not STORY.search(told.text, begins, home.start)
    home = home or home_among(everything, told.text, _OF_VILLAGE)
    home = home or _written_at(everything, told.text, head)
    others = [a for a in named if a is not home and not _same(a, home)]
    again = any(a is not home and _same(a, home) for a in named)
    fields = fields_of(home, told, HOMES) if home else {}
    if not said:
        fields = {name: doubted(field, UNSAID) for name, field in fields.items()}
    if home is not None and home.district is None:
        home = completed(home, None, office, gazetteer)
        if home.subdistrict and home.subdistrict.area and office:
            return fields | _seated(fields_of(home, told, NAMES), seat, addressed)
    if not named:
        return _of_addressee(seat, addressed)
    if others:
        chosen = completed(max(others, key=fullness), home, office, gazetteer)
        if chosen.district is None and home is None and chosen.subdistrict and office:
            fields |= _seated({}, seat, addressed)
        return fields | _against_others(fields_of(chosen, told, NAMES), chosen, named)
    assert home is not None
    places = fields_of(home, told, NAMES)
    return fields | (places if again else _where_he_lives(places, office, gazetteer))


def _same(one: Address, other: Address | None) -> bool:
    """Tell whether an address says no more than the other one does."""
    if other is None:
        return False
    known = {part.area.code for part in other.parts if part.area}
    return all(part.area is not None and part.area.code in known for part in one.parts)


def _seated(
    fields: dict[FieldName, Field], seat: Sequence[Address], addressed: Passage
) -> dict[FieldName, Field]:
    """Return the places with the district of the addressee, which holds the subdistrict named."""
    return {**fields_of(seat[0], addressed, NAMES), **fields}


def _of_addressee(seat: Sequence[Address], addressed: Passage) -> dict[FieldName, Field]:
    if not seat:
        return {}
    fields = fields_of(seat[-1], addressed, NAMES)
    doubt = "ในเรื่องไม่ระบุสถานที่ ใช้อำเภอของผู้รับหนังสือ"
    return {name: doubted(field, doubt) for name, field in fields.items()}


def _where_he_lives(
    fields: dict[FieldName, Field], office: Area | None, gazetteer: Gazetteer
) -> dict[FieldName, Field]:
    """Return the home as the place of the matter; what the addressee confirms is no doubt."""
    confirmed = set()
    if office is not None:
        confirmed = {office.name, gazetteer.province_of(office).name}
    doubt = "ในเรื่องไม่ระบุสถานที่เกิดเหตุ ใช้ที่อยู่ของผู้ร้อง"
    levels = (FieldName.DISTRICT, FieldName.PROVINCE)
    return {
        name: field if name in levels and field.value in confirmed else doubted(field, doubt)
        for name, field in fields.items()
    }


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
        name = NAMES[mine.level]
        if others and name in checked:
            doubt = f"ในเรื่องกล่าวถึง{WORDS[mine.level]}อื่นด้วย: {', '.join(others)}"
            checked[name] = doubted(checked[name], doubt, others)
    return checked


def _written_at(addresses: Sequence[Address], text: str, head: int) -> Address | None:
    """Return the address that stands over the letter with its house, as people write their own."""
    above = [a for a in addresses if a.start < head]
    if not above or _NO_HOME.search(text[:head]) or not HOUSE_ABOVE.search(fold(text[:head])):
        return None
    return above[0]
