"""Addresses that a text names, as fields: which is fullest, whose home, in which district."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.gazetteer import Area, Gazetteer, Level
from extract.passages import Passage
from extract.people import STORY
from extract.places import Address
from extract.text import fold
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName

NAMES = {
    Level.PROVINCE: FieldName.PROVINCE,
    Level.DISTRICT: FieldName.DISTRICT,
    Level.SUBDISTRICT: FieldName.SUBDISTRICT,
}
HOMES = {
    Level.PROVINCE: FieldName.HOME_PROVINCE,
    Level.DISTRICT: FieldName.HOME_DISTRICT,
    Level.SUBDISTRICT: FieldName.HOME_SUBDISTRICT,
}
LIVES = re.compile(
    r"อยู่(?:ที่)?\s?บ้าน(?:เลขที่)?|บ้านเลขที่\s?[0-9]|ที่อยู่|ภูมิลำเนา|อาศัยอยู่|อยู่อาศัย|พักอาศัย|พักอยู่|อยู่\s?(?:เลขที่"
    r"|[0-9])|อยู่หมู่|อาศัย(?:อยู่)?(?:ที่|ใน)?(?:หอ|บ้าน|ห้อง|แฟลต|คอนโด)"
)
_HOUSE = 110  # letters between อยู่บ้านเลขที่ and the name of a place


def tells(address: Address) -> bool:
    """Tell whether an address names an area, or offers some."""
    return any(part.area is not None or part.candidates for part in address.parts)


def fullness(address: Address) -> tuple[int, int, int]:
    """Rank the addresses that may be the place of the matter: the fullest, then the first."""
    sure = sum(part.area is not None and not part.doubts for part in address.parts)
    return sure, len(address.parts), -address.start


def completed(
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


def home_among(addresses: Sequence[Address], text: str, lives: re.Pattern[str]) -> Address | None:
    """Return the address behind อยู่บ้านเลขที่, None where the complainant's is not named."""
    for marked in lives.finditer(fold(text)):
        for address in addresses:
            between = text[marked.end() : address.start]
            if 0 <= address.start - marked.end() <= _HOUSE and not STORY.search(between):
                return address
    return None


def fields_of(
    address: Address, where: Passage, names: Mapping[Level, FieldName]
) -> dict[FieldName, Field]:
    """Return the parts of an address as fields under the names of their levels."""
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
