"""Where an office sits that says so only in its name: สาขา and a district, or a province.

A branch serves more than the place it is named after, so what its name tells is always doubted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.gazetteer import Area, Gazetteer, Level
from extract.offices import is_office, rest_of_office
from extract.passages import Passage, passage
from extract.rows import Row
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName

_BRANCH = re.compile(r"สาขา(?:ย่อย)?\s?(?P<name>[ก-๎]{2,24})")
_TITLE = re.compile(r"^\W*(?:ประกาศ|คำสั่ง)")
_SHORT = 60  # letters: no line that is only an office's name is longer
_BY_NAME = "อ่านจากชื่อสาขาของส่วนราชการ โปรดตรวจว่าเป็นพื้นที่ของเรื่อง"
_BY_SEAT = "ใช้อำเภอที่ตั้งของส่วนราชการ ซึ่งมีตำบลที่กล่าวถึง โปรดตรวจ"


def with_branch(
    fields: dict[FieldName, Field], rows: Sequence[Row], gazetteer: Gazetteer, hint: Area | None
) -> dict[FieldName, Field]:
    """Return the places with the district or the province that a branch is named after."""
    if FieldName.DISTRICT in fields:
        return fields
    named = [r for r in rows if len(r.text) < _SHORT and _names_office(r)]
    where = passage(named)
    stated = fields.get(FieldName.PROVINCE)
    province = gazetteer.province(stated.value) if stated and stated.value else hint
    for match in _BRANCH.finditer(where.text):
        found = _area(match["name"], province, gazetteer)
        if found is not None:
            name = FieldName.DISTRICT if found.level is Level.DISTRICT else FieldName.PROVINCE
            return {**fields, name: fields.get(name) or _field(found, where, match)}
    return fields


def seated_matter(
    found: dict[FieldName, Field], seat: dict[FieldName, Field], gazetteer: Gazetteer
) -> dict[FieldName, Field]:
    """Return a matter of which only the subdistrict is named with the district of the office.

    Only where that district holds such a subdistrict; elsewhere nothing is added.
    """
    inner, around = found.get(FieldName.SUBDISTRICT), seat.get(FieldName.DISTRICT)
    if inner is None or around is None or FieldName.DISTRICT in found or not inner.value:
        return found
    districts = gazetteer.named(Level.DISTRICT, around.value or "")
    held = [a for a in gazetteer.named(Level.SUBDISTRICT, inner.value)
            if len(districts) == 1 and a.code.startswith(districts[0].code)]  # fmt: skip
    if len(held) != 1:
        return found
    above = {n: f for n, f in seat.items() if n in (FieldName.DISTRICT, FieldName.PROVINCE)}
    return {**found, **{name: doubted(field, _BY_SEAT) for name, field in above.items()}}


def _names_office(row: Row) -> bool:
    text = _TITLE.sub("", row.text)
    return is_office(text) or rest_of_office(text) is not None


def _area(token: str, province: Area | None, gazetteer: Gazetteer) -> Area | None:
    """Return the one area of exactly this name: a district of the province, else a province."""
    districts = gazetteer.named(Level.DISTRICT, token)
    inside = [a for a in districts if province is None or a.code.startswith(province.code)]
    if len(inside) == 1:
        return inside[0]
    return gazetteer.province(token) if not inside and province is None else None


def _field(area: Area, where: Passage, match: re.Match[str]) -> Field:
    return make_field(area.name, where.spans(*match.span("name")), 0.8, doubts=[_BY_NAME])
