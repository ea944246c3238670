"""Subdistrict, district and province: of the issuing office, or of a complaint's matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.gazetteer import Area, Gazetteer, Level
from extract.identity import HOUSE_ABOVE, UNSAID
from extract.labels import Part
from extract.offices import is_office
from extract.parts import Letter, title_rows
from extract.passages import Passage, passage
from extract.people import STORY
from extract.places import WORDS, Address, find_addresses
from extract.province_field import against_stamps, with_province
from extract.provinces import PROVINCES, is_known
from extract.rows import Row
from extract.stamps import Stamp
from extract.text import fold
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName

_NAMES = {
    Level.PROVINCE: FieldName.PROVINCE,
    Level.DISTRICT: FieldName.DISTRICT,
    Level.SUBDISTRICT: FieldName.SUBDISTRICT,
}
_HOMES = {
    Level.PROVINCE: FieldName.HOME_PROVINCE,
    Level.DISTRICT: FieldName.HOME_DISTRICT,
    Level.SUBDISTRICT: FieldName.HOME_SUBDISTRICT,
}
_LIVES = re.compile(
    r"อยู่(?:ที่)?\s?บ้าน(?:เลขที่)?|บ้านเลขที่\s?[0-9]|ที่อยู่|ภูมิลำเนา|อาศัยอยู่|อยู่อาศัย|พักอาศัย|พักอยู่|อยู่\s?(?:เลขที่"
    r"|[0-9])|อยู่หมู่|อาศัย(?:อยู่)?(?:ที่|ใน)?(?:หอ|บ้าน|ห้อง|แฟลต|คอนโด)"
)
_OF_VILLAGE = re.compile(
    r"(?:ราษฎร|ชาวบ้าน|ประชาชน)(?:ใน)?(?:หมู่|บ้าน|ตำบล|พื้นที่)|เป็น(?:ราษฎร|ชาวบ้าน)|มาที่\s?[0-9]"
)
_NO_HOME = re.compile(r"ศูนย์|ที่ว่าการ|สำนักงาน|วัด|ศาลา|ร้าน|ตลาด|โรงเรียน|(?<!ถ\.)(?<!ถนน)เทศบาล|อบต")
_BANGKOK = "10"
_HOUSE = 110  # letters between อยู่บ้านเลขที่ and the name of a place
_WORDY = 60  # letters: an addressee is shorter


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
        fields = _complaint(letter, gazetteer)
    else:
        fields = _office(letter, receivers, gazetteer, hint)
        if about:
            # A ministry's branch sits anywhere: the matter goes before its letterhead.
            branch = is_known(code) and hint is None
            found = _with_matter({} if branch else fields, letter, gazetteer, hint)
            fields = found or fields
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
    fields = _fields(first, where, _NAMES)
    if hint is not None:
        district = first.district.area if first.district else None
        if district and not district.code.startswith(hint.code):
            doubt = f"อำเภอ{district.name}ไม่อยู่ในจังหวัด{hint.name} ตามรหัสหนังสือ"
            fields[FieldName.DISTRICT] = doubted(fields[FieldName.DISTRICT], doubt)
    return fields


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
    named = [a for a in find_addresses(told.text, gazetteer, hint) if _tells(a)]
    own = fields.get(FieldName.DISTRICT)
    around = gazetteer.named(Level.DISTRICT, own.value or "") if own else ()
    inside = around[0] if len(around) == 1 else office
    matters = [_completed(a, None, inside, gazetteer) for a in sorted(named, key=_fullness)]
    found = _fields(seat[0], addressed, _NAMES) if seat else {}
    found.pop(FieldName.SUBDISTRICT, None)  # a กำนัน's tambon is where he sits
    home = _home(named, told.text, _LIVES)
    homes = _fields(home, told, _HOMES) if home else {}
    if matters:
        found = {**found, **_fields(matters[-1], told, _NAMES)}
    if own is not None and own.value and matters:
        district = matters[-1].district
        if district and district.area and district.area.name != own.value:
            found = {}
    doubt = "อ่านจากเนื้อหนังสือหรือผู้รับ ไม่ใช่จากหัวหนังสือ"
    told_of = {**found, **homes}
    missing = {n: doubted(f, doubt) for n, f in told_of.items() if n not in fields}
    return {**fields, **missing}


def _complaint(letter: Letter, gazetteer: Gazetteer) -> dict[FieldName, Field]:
    """Return the complainant's home and the place of the matter: two things."""
    told = passage(letter.rows(Part.TOP, Part.SUBJECT, Part.BODY, Part.FOOT))
    addressed = passage(letter.rows(Part.ADDRESSEE))
    seat = find_addresses(addressed.text, gazetteer)
    if len(addressed.text) > _WORDY and not letter.rows(Part.BODY):
        told, seat = addressed, seat[:1]  # the whole complaint stands on the addressee's line
    office = seat[0].district.area if seat and seat[0].district else None
    hint = gazetteer.province_of(office) if office else None
    everything = [a for a in find_addresses(told.text, gazetteer, hint) if _tells(a)]
    head = len(passage(letter.rows(Part.TOP)).text) if letter.rows(Part.BODY) else 0
    # Where the letter was written (เขียนที่) is not where its matter is.
    named = [a for a in everything if a.start >= head] or everything
    if told is addressed and named and seat:
        named = [a for a in named if a.start != seat[0].start] or named
    home = _home(everything, told.text, _LIVES)
    begins = len(passage(letter.rows(Part.TOP, Part.SUBJECT)).text)
    # Behind the story's first words an address may be anybody's.
    said = home is not None and not STORY.search(told.text, begins, home.start)
    home = home or _home(everything, told.text, _OF_VILLAGE)
    home = home or _written_at(everything, told.text, head)
    others = [a for a in named if a is not home and not _same(a, home)]
    again = any(a is not home and _same(a, home) for a in named)
    fields = _fields(home, told, _HOMES) if home else {}
    if not said:
        fields = {name: doubted(field, UNSAID) for name, field in fields.items()}
    if home is not None and home.district is None:
        home = _completed(home, None, office, gazetteer)
        if home.subdistrict and home.subdistrict.area and office:
            return fields | _seated(_fields(home, told, _NAMES), seat, addressed)
    if not named:
        return _of_addressee(seat, addressed)
    if others:
        chosen = _completed(max(others, key=_fullness), home, office, gazetteer)
        if chosen.district is None and home is None and chosen.subdistrict and office:
            fields |= _seated({}, seat, addressed)
        return fields | _against_others(_fields(chosen, told, _NAMES), chosen, named)
    assert home is not None
    places = _fields(home, told, _NAMES)
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
    return {**_fields(seat[0], addressed, _NAMES), **fields}


def _tells(address: Address) -> bool:
    return any(part.area is not None or part.candidates for part in address.parts)


def _fullness(address: Address) -> tuple[int, int, int]:
    """Rank the addresses that may be the place of the matter: the fullest, then the first."""
    sure = sum(part.area is not None and not part.doubts for part in address.parts)
    return sure, len(address.parts), -address.start


def _of_addressee(seat: Sequence[Address], addressed: Passage) -> dict[FieldName, Field]:
    if not seat:
        return {}
    fields = _fields(seat[-1], addressed, _NAMES)
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


def _completed(
    matter: Address, home: Address | None, office: Area | None, gazetteer: Gazetteer
) -> Address:
    """Return the place of the matter with the district that the letter means by not naming one."""
    lives = home.district.area if home and home.district else None
    around = lives or office
    inner = matter.subdistrict
    if matter.district is not None or inner is None or around is None:
        return matter
    inside = [a for a in gazetteer.named(Level.SUBDISTRICT, inner.token)
              if a.code.startswith(around.code)]  # fmt: skip
    if len(inside) != 1:
        return matter
    placed = replace(inner, area=inside[0], doubts=(), candidates=(), strength=0.9)
    if home is not None and home.district is not None and lives is around:
        doubt = "ไม่ได้ระบุอำเภอของสถานที่เกิดเหตุ ใช้อำเภอของที่อยู่ผู้ร้อง"
        district = replace(home.district, doubts=(*home.district.doubts, doubt))
        if office is not None and office.code == around.code:
            district = home.district
        return Address(home.province, district, placed)
    return Address(matter.province, None, placed)


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


def _home(addresses: Sequence[Address], text: str, lives: re.Pattern[str]) -> Address | None:
    """Return the address behind อยู่บ้านเลขที่, None where the complainant's is not named."""
    for marked in lives.finditer(fold(text)):
        for address in addresses:
            between = text[marked.end() : address.start]
            if 0 <= address.start - marked.end() <= _HOUSE and not STORY.search(between):
                return address
    return None


def _written_at(addresses: Sequence[Address], text: str, head: int) -> Address | None:
    """Return the address that stands over the letter with its house, as people write their own."""
    above = [a for a in addresses if a.start < head]
    if not above or _NO_HOME.search(text[:head]) or not HOUSE_ABOVE.search(fold(text[:head])):
        return None
    return above[0]


def _fields(
    address: Address, where: Passage, names: Mapping[Level, FieldName]
) -> dict[FieldName, Field]:
    fields = {}
    for found in address.parts:
        if found.area is None and not found.candidates and not found.doubts:
            continue
        candidates = list(dict.fromkeys(area.name for area in found.candidates))
        value = found.area.name if found.area else None
        fields[names[found.level]] = make_field(
            value,
            where.spans(found.start, found.end),
            found.strength,
            doubts=found.doubts,
            alternatives=candidates,
        )
    return fields
