"""The district that an operator means by a name."""

from __future__ import annotations

from difflib import get_close_matches

from extract.gazetteer import Area, Gazetteer, Level

_BANGKOK = "10"
_NEAREST = 5


class UnknownDistrict(ValueError):
    """No district has this name, or several have it; the message names those that may be meant."""


def find_district(gazetteer: Gazetteer, name: str) -> Area:
    """Return the district of a name: alone, with its province after it, or its code.

    Raises:
        UnknownDistrict: there is none, or more than one.
    """
    given = " ".join(name.split())
    area = gazetteer.areas.get(given)
    if area is not None and area.level is Level.DISTRICT:
        return area
    wanted, _, province = given.partition(" ")
    wanted = _without(wanted, "อำเภอ", "เขต", "อ.")
    province = _without(province.strip(), "จังหวัด", "จ.")
    found = gazetteer.named(Level.DISTRICT, wanted)
    if province:
        found += gazetteer.named(Level.DISTRICT, wanted + province)  # เมือง สกลนคร
        found = tuple(each for each in found if gazetteer.province_of(each).name == province)
    if len(found) == 1:
        return found[0]
    if found:
        titles = ", ".join(f"“{each.name} {gazetteer.province_of(each).name}”" for each in found)
        raise UnknownDistrict(f"มีอำเภอชื่อ {wanted} มากกว่าหนึ่งแห่ง ให้ระบุจังหวัดด้วย: {titles}")
    near = get_close_matches(wanted, gazetteer.names[Level.DISTRICT], _NEAREST, 0.5)
    hint = f" ใกล้เคียง: {', '.join(near)}" if near else ""
    raise UnknownDistrict(f"ไม่พบอำเภอ “{given}” ในรายชื่อของกรมการปกครอง{hint}")


def _without(text: str, *words: str) -> str:
    for word in words:
        text = text.removeprefix(word).strip()
    return text


def district_title(gazetteer: Gazetteer, district: Area) -> str:
    """Return a district with its province as people write them."""
    province = gazetteer.province_of(district)
    if province.code == _BANGKOK:
        return f"เขต{district.name} กรุงเทพมหานคร"
    return f"อำเภอ{district.name} จังหวัด{province.name}"
