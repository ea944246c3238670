"""Which places a text names, province before district before subdistrict (domain: area data).

A corrected name is always flagged; where two names of the same area differ by one letter, or
the parts disagree, no correction is offered as the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.gazetteer import Area, Gazetteer, Level
from extract.mentions import Mention, find_mentions
from extract.text import bare, edits

_NEAR = 90  # letters between the parts of one address
WORDS = {Level.PROVINCE: "จังหวัด", Level.DISTRICT: "อำเภอ", Level.SUBDISTRICT: "ตำบล"}


@dataclass(frozen=True, slots=True)
class Found:
    """A place read from a text; ``area`` is None where only candidates are offered."""

    level: Level
    area: Area | None
    token: str
    start: int
    end: int
    doubts: tuple[str, ...] = ()
    candidates: tuple[Area, ...] = ()
    strength: float = 0.95


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of one address as far as the text names them."""

    province: Found | None = None
    district: Found | None = None
    subdistrict: Found | None = None

    @property
    def parts(self) -> tuple[Found, ...]:
        """Return the parts that are named, largest first."""
        return tuple(p for p in (self.province, self.district, self.subdistrict) if p is not None)

    @property
    def start(self) -> int:
        """Return where the address begins in the text."""
        return min((part.start for part in self.parts), default=0)


def find_addresses(
    text: str, gazetteer: Gazetteer, province: Area | None = None
) -> tuple[Address, ...]:
    """Return the addresses of the text; ``province`` is a hint that breaks ties only."""
    groups: list[list[Mention]] = []
    for mention in find_mentions(text, gazetteer):
        last = groups[-1][-1] if groups else None
        if last and mention.level < last.level and mention.start - last.end <= _NEAR:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    addresses = (_resolve(group, gazetteer, province) for group in groups)
    return tuple(address for address in addresses if address.parts)


def _resolve(group: Sequence[Mention], gazetteer: Gazetteer, hint: Area | None) -> Address:
    by_level = {mention.level: mention for mention in group}
    province = _find(by_level.get(Level.PROVINCE), "", gazetteer, None)
    scope = province.area.code if province and province.area else ""
    within = scope or (hint.code if hint else "")
    district = _find(by_level.get(Level.DISTRICT), scope, gazetteer, within)
    inner = district.area.code if district and district.area else scope
    tie = inner or within
    subdistrict = _find(by_level.get(Level.SUBDISTRICT), inner, gazetteer, tie)
    return Address(province, district, subdistrict)


def _find(
    mention: Mention | None, scope: str, gazetteer: Gazetteer, hint: str | None
) -> Found | None:
    """Return the place of a mention; ``scope`` is the code named above it, ``hint`` a guess."""
    if mention is None:
        return None
    blank = Found(mention.level, None, mention.token, mention.start, mention.end)
    if mention.seat:
        return _seat(blank, scope or (hint or "")[:2], gazetteer)
    inside = tuple(area for area in mention.areas if area.code.startswith(scope))
    if inside:
        return _choose(blank, mention, inside, scope, hint)
    if mention.areas and not mention.apart:
        return None  # a name run into other words needs the area above it to agree
    near = _corrections(mention, scope or hint or "", gazetteer)
    if mention.areas:
        upper = gazetteer.areas[scope].name
        doubt = f"{WORDS[mention.level]}{mention.token} ไม่อยู่ใน{_upper(scope)}{upper}"
        # The parts disagree: show what the page says, choose nothing better.
        area = mention.areas[0]
        return replace(blank, area=area, doubts=(doubt,), candidates=near, strength=0.5)
    if not near:
        return None
    return _corrected(blank, near, mention, gazetteer)


def _choose(
    blank: Found, mention: Mention, areas: tuple[Area, ...], scope: str, hint: str | None
) -> Found | None:
    near = tuple(area for area in areas if hint and area.code.startswith(hint))
    if not mention.apart and not (scope or near) and mention.level is not Level.DISTRICT:
        return None
    if len(areas) == 1 or scope or mention.level is Level.PROVINCE:
        return replace(blank, area=areas[0])
    if near:
        return replace(blank, area=near[0], strength=0.85)
    doubt = f"มี{WORDS[mention.level]}{mention.token}อยู่ {len(areas)} แห่ง ต้องรู้จังหวัดก่อน"
    return replace(blank, area=areas[0], doubts=(doubt,), candidates=areas, strength=0.6)


def _corrections(mention: Mention, scope: str, gazetteer: Gazetteer) -> tuple[Area, ...]:
    """Return the areas whose names are within 1 edit (names to 6 letters) or 2 (longer)."""
    token = mention.token
    if len(token) < 3 or (mention.level is Level.SUBDISTRICT and not scope):
        return ()
    unmarked = [a for a in gazetteer.unmarked(mention.level, token) if a.code.startswith(scope)]
    if unmarked and len(bare(token)) > 2:
        return tuple(unmarked)
    ranked = []
    for area in gazetteer.within(scope, mention.level):
        limit = 1 if len(area.name) <= 6 else 2
        if abs(len(area.name) - len(token)) > limit or len(area.name) <= 3:
            continue
        if not set(bare(token)[:2]) & set(bare(area.name)[:2]):
            continue
        cost = edits(token, area.name, limit)
        if cost <= limit:
            ranked.append((cost, area.code, area))
    best = min((cost for cost, _, _ in ranked), default=0)
    return tuple(area for cost, _, area in sorted(ranked) if cost <= best + 1)


def _corrected(
    blank: Found, near: tuple[Area, ...], mention: Mention, gazetteer: Gazetteer
) -> Found:
    doubt = f"อ่านได้ “{mention.token}” ใกล้เคียงกับ {near[0].name}"
    only = near[0] if len({area.name for area in near}) == 1 else None
    if only is not None and len(near) == 1 and not _confusable(only, gazetteer):
        return replace(blank, area=only, doubts=(doubt,), candidates=near[1:], strength=0.75)
    return replace(blank, doubts=(doubt,), candidates=near, strength=0.4)


def _confusable(area: Area, gazetteer: Gazetteer) -> bool:
    """Tell whether another area of the level has a name one edit away (ลอง/สอง, ระยอง/ระนอง)."""
    scope = area.code[:4] if area.level is Level.SUBDISTRICT else ""
    for other in gazetteer.within(scope, area.level):
        if other.name != area.name and edits(other.name, area.name, 1) <= 1:
            return True
    return False


def _seat(blank: Found, province: str, gazetteer: Gazetteer) -> Found | None:
    """Return the capital district of the province: อำเภอเมือง needs its province."""
    area = gazetteer.areas.get(f"{province}01") if province else None
    if area is None or not area.name.startswith("เมือง"):
        return replace(blank, doubts=("อำเภอเมืองของจังหวัดใดไม่ได้ระบุ",), strength=0.4)
    return replace(blank, area=area)


def _upper(scope: str) -> str:
    return WORDS[Level(len(scope))] if len(scope) in (2, 4) else ""
