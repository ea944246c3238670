"""The province of a letter: named, derived from its letter code, or only suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.gazetteer import Area, Gazetteer, Level
from extract.mentions import find_mentions
from extract.parts import Letter, title_rows
from extract.places import find_addresses
from extract.rows import Span, join
from extract.stamps import Stamp
from extract.values import doubted, make_field
from models.letters import Field
from models.terms import FieldName


def with_province(
    fields: dict[FieldName, Field],
    letter: Letter,
    gazetteer: Gazetteer,
    hint: Area | None,
    *,
    matter: bool,
) -> dict[FieldName, Field]:
    """Return the fields with the province, derived where the page does not say it.

    The letter code of an office (``hint``) and its district or name agree: that is a reading.
    The district of an office gives its province with a doubt.
    A complaint's district alone is only a suggestion: value None, the province beside it.
    """
    if FieldName.PROVINCE in fields:
        return fields
    district = fields.get(FieldName.DISTRICT)
    areas = gazetteer.named(Level.DISTRICT, district.value or "") if district else ()
    provinces = {gazetteer.province_of(area).name for area in areas}
    if hint is not None and not matter:
        spans, stated = _stated(letter, gazetteer, hint)
        if hint.name in provinces or stated:
            field = make_field(hint.name, spans, 0.9, raw=None if spans else "")
        else:
            doubt = "อ่านจากรหัสพยัญชนะของเลขที่หนังสือเท่านั้น"
            field = make_field(hint.name, [], 0.7, doubts=[doubt], raw="")
        if provinces and hint.name not in provinces:
            elsewhere = sorted(provinces)
            field = doubted(field, f"อำเภอที่อ่านได้อยู่ในจังหวัด{', '.join(elsewhere)}", elsewhere)
        return {**fields, FieldName.PROVINCE: field}
    if len(provinces) == 1 and district is not None:
        name = next(iter(provinces))
        doubt = f"ไม่ได้ระบุจังหวัด อำเภอ{district.value}อยู่ในจังหวัด{name}"
        if not matter:
            # An office's own district leaves no choice; a complaint's may be a slip of the pen.
            # It is shown with the place of the district that it comes from, and its doubts.
            derived = replace(district, value=name, alternatives=())
            return {**fields, FieldName.PROVINCE: derived}
        suggestion = make_field(None, [], 0.4, doubts=[doubt], alternatives=[name], raw="")
        return {**fields, FieldName.PROVINCE: suggestion}
    return fields


def _stated(letter: Letter, gazetteer: Gazetteer, hint: Area) -> tuple[list[Span], bool]:
    """Return where the letter itself names the province of its letter code."""
    for at in letter.located:
        for mention in find_mentions(at.row.text, gazetteer):
            if mention.level is Level.PROVINCE and hint in mention.areas:
                return [Span(at.row, mention.start, mention.end)], True
    return [], False


def named_province(letter: Letter, gazetteer: Gazetteer) -> str | None:
    """Return the province that the head names in words, None where it names none or several."""
    names = set()
    for address in find_addresses(join(title_rows(letter)), gazetteer):
        if address.province and address.province.area:
            names.add(address.province.area.name)
        elif address.district and address.district.area and not address.district.doubts:
            names.add(gazetteer.province_of(address.district.area).name)
    return names.pop() if len(names) == 1 else None


def province_of_field(district: Field | None, gazetteer: Gazetteer) -> str | None:
    """Return the province of a district that is beyond doubt, None where two bear its name."""
    if district is None or district.value is None or district.doubts:
        return None
    areas = gazetteer.named(Level.DISTRICT, district.value)
    names = {gazetteer.province_of(area).name for area in areas}
    return names.pop() if len(names) == 1 else None


def against_stamps(
    fields: dict[FieldName, Field], stamps: Sequence[Stamp], gazetteer: Gazetteer
) -> dict[FieldName, Field]:
    """Report a stamp of another province; it never overrides what the letter says."""
    province = fields.get(FieldName.PROVINCE)
    if province is None or province.value is None:
        return fields
    for stamp in stamps:
        for address in find_addresses(stamp.office, gazetteer):
            found = address.province
            if found and found.area and found.area.name != province.value:
                doubt = f"ตรารับเป็นของจังหวัด{found.area.name} ไม่ตรงกับจังหวัด{province.value}ในหนังสือ"
                return {**fields, FieldName.PROVINCE: doubted(province, doubt)}
    return fields
