"""Whether a person's name is made of known names and words: a misread one seldom is."""

from __future__ import annotations

from functools import cache

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

from extract.people import without_title
from extract.spacing import unknown_letters
from extract.values import doubted
from models.letters import Field
from models.terms import FieldName

_NAMES = (FieldName.COMPLAINANT, FieldName.SIGNATORY, FieldName.RESPONDENT)
_UNKNOWN = "ชื่อนี้ไม่อยู่ในรายชื่อที่รู้จัก โปรดเทียบกับภาพ"


def check_names(fields: dict[FieldName, Field]) -> None:
    """Doubt a scanned name that is in no list of names and is not made of known words either.

    A complainant whose name was read the same in the text and under the signature needs no list.
    """
    signed = fields.get(FieldName.SIGNATORY)
    person = fields.get(FieldName.COMPLAINANT)
    agreed = signed is not None and person is not None and signed.value == person.value
    if agreed:
        del fields[FieldName.SIGNATORY]  # said once, as the complainant
    for name in _NAMES:
        if agreed and name is FieldName.COMPLAINANT:
            continue
        field = fields.get(name)
        if field is None or field.value is None or field.page is None:
            continue
        first, *last = without_title(field.value).split() or [""]
        if first not in _lists() or not all(_is_known(part) for part in last):
            fields[name] = doubted(field, _UNKNOWN)


def is_known_name(name: str) -> bool:
    """Tell whether a name without its title begins with a known first name."""
    return name.split()[:1] != [] and name.split()[0] in _lists()


def _is_known(part: str) -> bool:
    """Tell whether a family name is known, or made of words as most of them are."""
    return part in _lists() or unknown_letters(part) == 0


@cache
def _lists() -> frozenset[str]:
    return frozenset({*thai_male_names(), *thai_female_names(), *thai_family_names()})
