"""The administrative areas of Thailand: the only home of geothai (data CC BY 4.0, "GeoThai")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import MappingProxyType

import geothai

from extract.text import bare

_BANGKOK = "10"
_ALIASES = MappingProxyType({"กทม": "10", "กรุงเทพฯ": "10", "กรุงเทพ": "10", "อยุธยา": "14"})


class Level(IntEnum):
    """The levels of areas; the value is the length of the DOPA code."""

    PROVINCE = 2
    DISTRICT = 4
    SUBDISTRICT = 6


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its DOPA code; the name has no level word (no เขต in Bangkok)."""

    code: str
    name: str
    level: Level
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """All areas, by code and by name; look-ups only, no judgement."""

    areas: Mapping[str, Area]
    names: Mapping[Level, Mapping[str, tuple[Area, ...]]]
    bones: Mapping[Level, Mapping[str, tuple[Area, ...]]]
    children: Mapping[str, tuple[Area, ...]]
    longest: int

    def named(self, level: Level, name: str) -> tuple[Area, ...]:
        """Return the areas of the level with exactly this name (อำเภอเมือง without province too)."""
        return self.names[level].get(name, ())

    def unmarked(self, level: Level, name: str) -> tuple[Area, ...]:
        """Return the areas whose name equals this one but for vowel and tone marks."""
        return self.bones[level].get(bare(name), ())

    def within(self, code: str, level: Level) -> tuple[Area, ...]:
        """Return the areas of the level inside the area with the code ("" is the country)."""
        inner = self.children.get(code, ())
        if not inner or inner[0].level == level:
            return inner
        return tuple(area for child in inner for area in self.within(child.code, level))

    def parent(self, area: Area) -> Area | None:
        """Return the area one level up, None above a province."""
        return self.areas.get(area.code[:-2])

    def province_of(self, area: Area) -> Area:
        """Return the province of the area."""
        return self.areas[area.code[:2]]

    def province(self, name: str) -> Area | None:
        """Return the province with this name."""
        found = self.named(Level.PROVINCE, name)
        return found[0] if found else None


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer; the first call reads geothai's data (about a tenth of a second)."""
    areas: list[Area] = []
    for province in geothai.provinces():
        areas.append(Area(province.code, province.name_th, Level.PROVINCE))
        for district in geothai.districts(province.code):
            name = district.name_th
            name = name.removeprefix("เขต") if province.code == _BANGKOK else name
            areas.append(Area(district.code, name, Level.DISTRICT))
            areas.extend(
                Area(s.code, s.name_th, Level.SUBDISTRICT, tuple(s.postal_codes))
                for s in geothai.subdistricts(district.code)
            )
    return build_gazetteer(areas)


def build_gazetteer(areas: Iterable[Area]) -> Gazetteer:
    """Return a gazetteer of the given areas."""
    by_code = {area.code: area for area in areas}
    names: dict[Level, dict[str, list[Area]]] = {level: defaultdict(list) for level in Level}
    bones: dict[Level, dict[str, list[Area]]] = {level: defaultdict(list) for level in Level}
    children: dict[str, list[Area]] = defaultdict(list)
    for area in by_code.values():
        names[area.level][area.name].append(area)
        bones[area.level][bare(area.name)].append(area)
        children[area.code[:-2]].append(area)
    for alias, code in _ALIASES.items():
        if code in by_code:
            names[Level.PROVINCE][alias].append(by_code[code])
    return Gazetteer(
        MappingProxyType(by_code),
        MappingProxyType({level: _frozen(table) for level, table in names.items()}),
        MappingProxyType({level: _frozen(table) for level, table in bones.items()}),
        _frozen(children),
        max(len(area.name) for area in by_code.values()),
    )


def _frozen(table: Mapping[str, list[Area]]) -> Mapping[str, tuple[Area, ...]]:
    return MappingProxyType({key: tuple(value) for key, value in table.items()})
