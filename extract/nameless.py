"""A letter's text without its persons, for what must not lead to one (domain: PDPA, training).

Names, ID numbers, telephone numbers and addresses of mail go; what happened stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.people import find_telephones, is_no_name, name_at, names_in, without_title
from models.national_id import without_ids

_LONG_NUMBER = re.compile(r"[0-9๐-๙](?:[\s\-–.]{0,2}[0-9๐-๙]){6,}")  # 7 digits: no year, no house
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+")
_LINE_ID = re.compile(
    r"(?:ไอดี\s?ไลน์|ไลน์\s?ไอดี|[Ll][Ii][Nn][Ee]\s?(?:[Ii][Dd])?)[\s:.=]*[A-Za-z0-9_.\-]{3,}"
)
_SIGNED = re.compile(r"(?:ลงชื่อ|ลงนาม)[\s.:…_]*[ก-๎\s.]{0,60}?(?=\(|\n|$)")
_SHORTEST = 4  # letters of a name part that is looked for alone: แดง and ดี are words too
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"


def without_persons(text: str, persons: Iterable[str] = ()) -> str:
    """Return the text without names, ID numbers, telephone numbers and addresses of mail.

    ``persons`` are names that are known to stand in the letter; they go wherever they stand, also
    in parts and with marks misread. Names behind a title go in any case.
    """
    text = _without(text, list(_named(text)))  # titles first: they tell where a name begins
    for name in persons:
        for pattern in _patterns(name):
            text = pattern.sub(" ", text)
    text = _LINE_ID.sub(" ", _MAIL.sub(" ", _SIGNED.sub(" ", text)))
    text = _without(text, [(each.start, each.end) for each in find_telephones(text)])
    return _LONG_NUMBER.sub(" ", without_ids(text))


def _named(text: str) -> Iterable[tuple[int, int]]:
    """Give where persons with a title are named."""
    for match in names_in(text):
        person = name_at(match)
        if person is not None and not is_no_name(match[0]):
            yield person.start, person.end


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _patterns(name: str) -> Iterable[re.Pattern[str]]:
    """Give what finds a name: as a whole, then each of its longer parts."""
    bare = without_title(name)
    parts = [part for part in bare.split() if re.search("[ก-๎]", part)]
    if not parts:
        return
    yield re.compile(r"\s*".join(_loosely(part) for part in parts))
    for part in parts:
        if len(part) >= _SHORTEST:
            yield re.compile(_loosely(part))


def _loosely(part: str) -> str:
    """Return a pattern for a part of a name, whatever became of its marks."""
    letters = re.sub(f"[{_MARKS}]", "", part)
    return rf"[{_MARKS}]*\s?".join(re.escape(letter) for letter in letters) + f"[{_MARKS}]*"
