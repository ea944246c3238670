"""What separators and stickers add to a letter: never over what the letter itself says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import extract
from models.letters import Field, Fields, OcrPage
from models.sheet_codes import Separator, Sticker, parse, stickers_among
from models.terms import FieldName

_UNSAID = "จากใบคั่น หนังสือไม่ได้ระบุ"
_SURE = 0.99  # of a number that was printed and passed its check
_UNSURE = 0.5  # of what only a separator says


def with_sheets(
    fields: Fields,
    pages: Sequence[OcrPage],
    separator: Separator | None,
    gazetteer: extract.Gazetteer,
) -> Fields:
    """Return the fields of a letter with its sticker's number and its separator's district."""
    values = dict(fields.values)
    found = _sticker(pages)
    if found is not None:
        values[FieldName.RECEIVED_NO] = _received(found, fields.get(FieldName.RECEIVED_NO))
    if separator is not None and separator.district:
        values |= _places(separator.district, fields, gazetteer)
    return fields if values == dict(fields.values) else _with(fields, values)


def _with(fields: Fields, values: dict[FieldName, Field | None]) -> Fields:
    return replace(fields, values=MappingProxyType(values))


def _sticker(pages: Sequence[OcrPage]) -> Field | None:
    """Return the number of the letter's one sticker; None where there is none, or several."""
    numbers = dict.fromkeys(each for page in pages for each in stickers_among(page.codes))
    if len(numbers) != 1:
        return None
    (sticker,) = numbers
    page, box = next(
        (page.number, code.box)
        for page in pages
        for code in page.codes
        if parse(code.text) == sticker
    )
    assert isinstance(sticker, Sticker)
    return Field(sticker.number, sticker.number, _SURE, page, (box,))


def _received(sticker: Field, stamp: Field | None) -> Field:
    """Return the sticker's number, in doubt where the letter's own stamp says otherwise."""
    if stamp is None or not stamp.value or stamp.value == sticker.value:
        return sticker
    doubt = f"สติกเกอร์ระบุเลขรับ {sticker.value} แต่ตรารับอ่านได้ {stamp.value}"
    others = dict.fromkeys((stamp.value, *stamp.alternatives))
    others.pop(sticker.value or "", None)
    return replace(sticker, alternatives=tuple(others), doubts=(doubt,))


def _places(
    code: str, fields: Fields, gazetteer: extract.Gazetteer
) -> dict[FieldName, Field | None]:
    """Return the district and the province as far as the separator changes them."""
    area = gazetteer.areas.get(code)
    if area is None:
        return {}
    province = gazetteer.province_of(area)
    said, around = fields.get(FieldName.DISTRICT), fields.get(FieldName.PROVINCE)
    if said is not None and said.value:
        same = said.value == area.name
        return {} if same else {FieldName.DISTRICT: _otherwise(said, area.name)}
    if around is not None and around.value and around.value != province.name:
        told = f"{area.name} จังหวัด{province.name}"
        return {FieldName.PROVINCE: _otherwise(around, province.name, told)}
    found: dict[FieldName, Field | None] = {FieldName.DISTRICT: _default(area.name, said)}
    if around is None or not around.value:
        found[FieldName.PROVINCE] = _default(province.name, around)
    return found


def _default(name: str, seen: Field | None) -> Field:
    """Return what the separator says; what was seen and not understood is a doubt of its own."""
    if seen is None:
        return Field(name, "", _UNSURE, doubts=(_UNSAID,))
    doubt = f"จากใบคั่น ในหนังสืออ่านได้ไม่ชัด: {seen.raw}"
    return replace(seen, value=name, confidence=_UNSURE, doubts=(*seen.doubts, doubt))


def _otherwise(said: Field, name: str, told: str | None = None) -> Field:
    doubt = f"ใบคั่นระบุ{'' if told else 'อำเภอ'} {told or name}"
    alternatives = tuple(dict.fromkeys((*said.alternatives, name)))
    return replace(said, alternatives=alternatives, doubts=(*said.doubts, doubt))
