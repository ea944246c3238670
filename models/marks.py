"""The marks by which two letters are told to be of the same matter, folded so that they compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from models.letters import Fields
from models.searching import folded
from models.terms import FieldName

FAR = 6  # bits by which the looks of two scans of one sheet may differ
RUNS = 20  # of a letter's text that are kept: hashes of runs of letters, the smallest ones
_BITS = 64
# Two of eight bands are the same where no more than six bits differ, in any six of them.
_BANDS = FAR + 2
_TITLE = re.compile(r"^(?:นางสาว|นาย|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง)")
_FELLOWS = re.compile(r"(?:และ|กับ)(?:พวก|คณะ).*$")
_NUMBERED = re.compile(r"\d[^/]*$")  # "สน 0018.1/" without its number is every letter's reference
_MONTH = len("2025-03")  # a date that tells no more than the year tells letters not apart
_NAME = 5  # letters; less is a part of a name


@dataclass(frozen=True, slots=True)
class Marks:
    """What a letter is compared by; "" where it is not known.

    ``look`` is that of page 1 (16 hex digits), ``runs`` a sample of the hashed runs of its text.
    """

    reference: str = ""
    date: str = ""
    complainant: str = ""
    subdistrict: str = ""
    district: str = ""
    look: str | None = None
    runs: tuple[int, ...] = ()


def values_read(fields: Fields) -> dict[FieldName, str | None]:
    """Return what the machine read of a letter, by field."""
    return {name: field.value for name, field in fields.values.items() if field}


def marks_of(values: Mapping[FieldName, str | None]) -> Marks:
    """Return the marks of a letter's values; what is no mark of this one letter stays out."""
    reference = folded_reference(values.get(FieldName.REFERENCE_NO) or "")
    date = values.get(FieldName.DATE) or ""
    nameless = values.get(FieldName.ANONYMOUS)  # whatever stands there then is nobody's name
    complainant = "" if nameless else folded_name(values.get(FieldName.COMPLAINANT) or "")
    return Marks(
        reference=reference if _NUMBERED.search(reference) else "",
        date=date if len(date) >= _MONTH else "",
        complainant=complainant if len(complainant) >= _NAME else "",
        subdistrict=folded(values.get(FieldName.SUBDISTRICT) or ""),
        district=folded(values.get(FieldName.DISTRICT) or ""),
    )


def seen(marks: Marks, look: str | None, runs: frozenset[int]) -> Marks:
    """Return the marks with what the page itself tells: its look and its text."""
    return replace(marks, look=look, runs=tuple(sorted(runs)[:RUNS]))


def folded_reference(reference: str) -> str:
    """Return a reference number as it compares: Arabic digits, without ที่ before it."""
    return folded(reference).removeprefix("ที่")


def folded_name(name: str) -> str:
    """Return a person's name as it compares: without title, spaces and those who came along."""
    return _FELLOWS.sub("", _TITLE.sub("", folded(name)))


def bits_apart(look: str, other: str) -> int:
    """Return by how many bits two looks differ."""
    return (int(look, 16) ^ int(other, 16)).bit_count()


def bands(look: str) -> tuple[int, ...]:
    """Return keys of a look: two looks that differ by no more than ``FAR`` bits share one.

    Each is what two of the eight bands hold, and which two. The bits of a band stand apart on
    the page: a blank margin shall not make a band the same on all pages.
    """
    number = int(look, 16)
    parts = [0] * _BANDS
    for bit in range(_BITS):
        band = (bit + bit // _BANDS) % _BANDS
        parts[band] = parts[band] << 1 | number >> bit & 1
    pairs = combinations(range(_BANDS), 2)
    return tuple(place << 16 | parts[a] << 8 | parts[b] for place, (a, b) in enumerate(pairs))
