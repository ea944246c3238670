"""Repairs the spelling that engines break in Thai: mark order, SARA AM, spaces inside words."""

from __future__ import annotations

import re
import unicodedata

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize
from pythainlp.util import normalize

_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_SPACE_BEFORE_MARK = re.compile("(?<=[ก-ฮ]) (?=[ะาำัิ-ฺ็-๎])")
# A mark with no letter under it is a crumb of something else (a leader dot, a speck).
_LONE_MARK = re.compile("(?:^|(?<=[^ก-ฮฤฦัิ-ฺ็-๎]))[ัิ-ฺ็-์๎]+")
_DECOMPOSED_AM = re.compile("ํ([่-๋]?)า")
_TONE_BEFORE_AM = re.compile("([่-๋])ํา")


def repair(text: str) -> str:
    """Return the text in the spelling a person would type; digits and names are not corrected."""
    text = unicodedata.normalize("NFC", text)
    text = _ZERO_WIDTH.sub("", text)
    text = _SPACES.sub(" ", text)
    text = _TONE_BEFORE_AM.sub(r"\1ำ", text)
    text = _DECOMPOSED_AM.sub(r"\1ำ", text)
    text = _SPACE_BEFORE_MARK.sub("", text)
    return _SPACES.sub(" ", _LONE_MARK.sub("", str(normalize(text)))).strip()


_TONE_AND_AA = re.compile("([ก-ฮ][่-๋])า")
_AROUND = 24  # letters on each side that may belong to the same words


def restore_am(text: str) -> str:
    """Put SARA AM back where the engine lost its circle under a tone mark (น้า for น้ำ).

    Only where the words around it need it: an aunt (น้า) who stands alone stays an aunt.
    """
    place = 0
    while found := _TONE_AND_AA.search(text, place):
        place = found.end()
        left = max(0, found.start() - _AROUND)
        around, at = text[left : place + _AROUND], found.end() - 1 - left
        other = around[:at] + "ำ" + around[at + 1 :]
        if _strangeness(other) < _strangeness(around):
            text = text[: place - 1] + "ำ" + text[place:]
    return text


def _strangeness(text: str) -> tuple[int, int]:
    """Return how many letters belong to no word, then how many words it takes."""
    return misspelt(text), len(word_tokenize(text, engine="newmm", keep_whitespace=False))


def takes_room(letter: str) -> bool:
    """Tell letters with a place of their own from spaces and from marks above or below."""
    return not letter.isspace() and unicodedata.category(letter) != "Mn"


def misspelt(text: str) -> int:
    """Return how many Thai letters of a text belong to no known word."""
    known = thai_words()
    return sum(
        len(part)
        for part in word_tokenize(text, engine="newmm", keep_whitespace=False)
        if part not in known and re.search("[ก-๎]", part)
    )


def is_noise(text: str) -> bool:
    """Tell whether a reading holds no letter and no digit: it is a blot, not a line."""
    return not any(letter.isalnum() for letter in text)
