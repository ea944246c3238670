"""Where a text names a place: a level word (ตำบล อ. จังหวัด) and the name behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.gazetteer import Area, Gazetteer, Level

_LEVEL_WORDS = re.compile(
    r"(?P<subdistrict>ตำบล|(?<![ก-๎.])อบต\s?\.\s*|ตําบล|ตาบล|แขวง"
    r"|(?<![ก-๎.])ต\s?[.,](?!\s?ค(?![ก-๎]))\s*)"
    r"|(?P<district>กิ่งอำเภอ|อำเภอ|อําเภอ|อาเภอ|อำเภ\s|(?:(?<![ก-๎])|(?<=สำนักงาน))เขต(?!พื้นที่)|(?<![ก-๎.])อ\s?[.,]\s*)"
    r"|(?P<province>จังหวัด|จงหวด|จังหวด|จงหวัด|(?<![ก-๎.])จว\s?[.,]\s*|(?<![ก-๎.])จ\s?[.,]\s*)"
    r"|(?P<bangkok>กรุงเทพมหานคร|กรุงเทพฯ|กทม\.?)"
)
# The box of a form: ตำบล/แขวง = ….
_BOX = re.compile(r"(?:\s?/\s?(?:ตำบล|แขวง|อำเภอ|เขต))?(?:\s?[:=])?")
_LEVELS = {
    "subdistrict": Level.SUBDISTRICT,
    "district": Level.DISTRICT,
    "province": Level.PROVINCE,
}
_TOKEN = re.compile(r"[ก-๎]+(?:-[ก-๎]+)?(?:\s?ฯ)?")
_SHORT = 4  # names this short are also words: they must stand apart


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text; ``areas`` are all that bear the name.

    ``apart`` tells that the name ends cleanly, ``seat`` marks อำเภอเมือง without its province;
    ``token`` is what the page says.
    """

    level: Level
    token: str
    areas: tuple[Area, ...]
    start: int
    end: int
    apart: bool
    seat: bool = False


def find_mentions(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the places that the text names with a level word, in order."""
    words = list(_LEVEL_WORDS.finditer(text))
    found: list[Mention] = []
    for number, word in enumerate(words):
        if found and word.start() < found[-1].end:
            continue
        if word["bangkok"]:
            bangkok = gazetteer.named(Level.PROVINCE, "กรุงเทพมหานคร")
            mention = Mention(Level.PROVINCE, word[0], bangkok, word.start(), word.end(), True)
            found.append(mention)
            continue
        limit = words[number + 1].start() if number + 1 < len(words) else len(text)
        mention_or_none = _mention(text, word, limit, gazetteer)
        if mention_or_none is not None:
            found.append(mention_or_none)
    return tuple(found)


def _mention(text: str, word: re.Match[str], limit: int, gazetteer: Gazetteer) -> Mention | None:
    assert word.lastgroup is not None
    level = _LEVELS[word.lastgroup]
    box = _BOX.match(text, word.end())
    begin = box.end() if box else word.end()
    if text[begin : begin + 1] == " ":
        begin += 1
    token = _TOKEN.match(text, begin)
    if token is None:
        return None
    run = token[0]
    if level is Level.DISTRICT and re.match(r"เมือง\s?ฯ|เมือง$", run[: limit - begin]):
        end = begin + (run.index("ฯ") + 1 if "ฯ" in run else len("เมือง"))
        return Mention(level, "เมือง", (), word.start(), end, True, seat=True)
    for size in range(min(len(run), gazetteer.longest), 1, -1):
        areas = gazetteer.named(level, run[:size])
        if not areas:
            continue
        end = begin + size
        apart = size == len(run) or end >= limit
        if not apart and (size <= _SHORT or _inside_word(run, size)):
            continue
        return Mention(level, run[:size], areas, word.start(), end, apart)
    more = _TOKEN.match(text, begin + len(run) + 1) if begin + len(run) + 1 < limit else None
    if more is not None and len(run) > 1:
        # The line ended amid the name, or the reader put a space into it.
        joined = run + more[0]
        for size in range(min(len(joined), gazetteer.longest), max(len(run), _SHORT), -1):
            areas = gazetteer.named(level, joined[:size])
            if areas and not (size < len(joined) and _inside_word(joined, size)):
                return Mention(level, joined[:size], areas, word.start(), begin + size + 1, True)
    delimited = run if begin + len(run) <= limit else run[: limit - begin]
    # Nothing bears this name: keep it for the search among the names near by.
    return Mention(level, delimited, (), word.start(), begin + len(delimited), True)


def _inside_word(run: str, size: int) -> bool:
    """Tell whether a name ends amid a syllable: the next sign is a mark or a trailing vowel."""
    return "\u0e30" <= run[size] <= "\u0e3a" or "\u0e47" <= run[size] <= "\u0e4e"
