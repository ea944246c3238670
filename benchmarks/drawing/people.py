"""Invented persons and real places. The family names are plainly made up."""

from __future__ import annotations

import random
from functools import cache

import geothai
from pythainlp.corpus import provinces

from benchmarks.drawing.letters import Place

_TITLES = ("นาย", "นาง", "นางสาว", "น.ส.")
_FIRST = ("สม", "บุญ", "วิ", "ประ", "สุ", "อุ", "ธน", "กิตติ", "ศรี", "พร", "ดวง", "ทอง")
_SECOND = ("ชาย", "มี", "ทิพย์", "เสริฐ", "ดา", "พล", "รัตน์", "ใจ", "แก้ว", "นภา", "ศักดิ์", "พันธ์")
_FAMILY_HEAD = ("สมมุติ", "ทดสอบ", "ตัวอย่าง", "จำลอง", "สมมุติวงศ์", "ลองระบบ", "ตัวอย่างสกุล")
_FAMILY_TAIL = ("ดี", "ไทย", "ชัย", "งาม", "สุข", "ไพร", "ทอง", "")
_BANGKOK = "10"


def person(rng: random.Random) -> str:
    """Return a full name that no one has."""
    name = rng.choice(_TITLES) + rng.choice(_FIRST) + rng.choice(_SECOND)
    return f"{name} {rng.choice(_FAMILY_HEAD)}{rng.choice(_FAMILY_TAIL)}"


def place(rng: random.Random) -> Place:
    """Return a real sub-district outside Bangkok."""
    province = rng.choice([p for p in geothai.provinces() if p.code != _BANGKOK])
    return place_in(rng.choice(geothai.districts(province.code)).code, rng)


def place_in(district_code: str, rng: random.Random) -> Place:
    """Return a real sub-district of the district."""
    district = next(d for d in geothai.districts(district_code[:2]) if d.code == district_code)
    province = geothai.province(district_code[:2])
    assert province is not None
    subdistrict = rng.choice(geothai.subdistricts(district_code))
    order = int(district_code[2:])  # as good as any: every province has an order of its own
    return Place(
        subdistrict.name_th, district.name_th, province.name_th,
        _letter_codes()[province.name_th], order, subdistrict.postal_codes[0],
    )  # fmt: skip


@cache
def _letter_codes() -> dict[str, str]:
    listed: list[dict[str, str]] = list(provinces(details=True))  # type: ignore[arg-type]
    return {p["name_th"]: p["abbr_th"] for p in listed}
