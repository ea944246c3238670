"""Holds the numbers of a line against the reading of ``ocr.number_reader``.

Where both read the same the number is the surer for it; where they differ the surer one is taken,
the other stays as an alternative, and the number is doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.letters import Box, Ink, Line, Word
from ocr.glyphs import Patches
from ocr.number_reader import NumberReader, Sign
from ocr.number_zones import DIGITS, Zone, find_zones
from ocr.raster import Gray
from ocr.rows import Row

_AROUND = 5.0  # body heights beside a number that tell what it is
_GAP = 0.25  # body heights of white at which a row may be cut
_TAKEN = 0.5  # sureness of the network from which its reading may go before
_UNSEEN = 0.9  # and from which a digit is believed where the first reading has nothing
_CLEAR, _FEWEST = 0.9, 3  # sureness and count of digits that make a number of a row
_DISPUTED = 0.5  # confidence of a number that the two read differently
_AGREED = 0.985  # and of one that both read the same, at best


def check_numbers(
    lines: Sequence[Line], rows: Sequence[Row], patches: Patches, flat: Gray, reader: NumberReader
) -> tuple[Line, ...]:
    """Return the lines, each read from its row, with their numbers read a second way."""
    return tuple(
        _checked(line, row, patches, flat, reader) for line, row in zip(lines, rows, strict=True)
    )


def has_number(row: Row, patches: Patches, flat: Gray, reader: NumberReader) -> bool:
    """Tell whether the network sees a number in a row in which the engine saw nothing."""
    signs = reader.read(row, (max(0, row.left - 2), row.right + 2), patches, flat)
    clear = [sign for sign in signs if sign.sign in DIGITS and sign.sure > _CLEAR]
    return len(clear) >= _FEWEST and 2 * len(clear) >= len(signs)


def _checked(line: Line, row: Row, patches: Patches, flat: Gray, reader: NumberReader) -> Line:
    page = flat.shape[1]
    for span in reversed(_spans(line, row, patches, page)):
        inside = [n for n, word in enumerate(line.words) if _in_span(word, span, page)]
        if inside:
            signs = reader.read(row, span, patches, flat)
            line = held_against(line, inside[0], inside[-1] + 1, signs, page)
    return line


def _spans(line: Line, row: Row, patches: Patches, page: int) -> list[tuple[int, int]]:
    """Return where numbers stand in the row with what is around them, edges in pixels."""
    numbers = [word for word in line.words if any(letter in DIGITS for letter in word.text)]
    if not numbers:
        return []
    cuts, reach = _cuts(row, patches), _AROUND * row.body
    spans: list[tuple[int, int]] = []
    for word in numbers:
        left = max((cut for cut in cuts if cut <= word.box.left * page - reach), default=cuts[0])
        right = min((cut for cut in cuts if cut >= word.box.right * page + reach), default=cuts[-1])
        if spans and left <= spans[-1][1]:
            left, right = spans[-1][0], max(right, spans.pop()[1])
        spans.append((left, right))
    return spans


def _cuts(row: Row, patches: Patches) -> list[int]:
    """Return where white parts the row, and its ends."""
    order = np.argsort(patches.left[row.patches], kind="stable")
    lefts = patches.left[row.patches][order]
    ends = np.maximum.accumulate(patches.right[row.patches][order])
    wide = np.flatnonzero(lefts[1:] - ends[:-1] > _GAP * row.body)
    middles = [int(ends[place] + lefts[place + 1]) // 2 for place in wide]
    return [max(0, int(lefts[0]) - 2), *middles, int(ends[-1]) + 2]


def _in_span(word: Word, span: tuple[int, int], page: int) -> bool:
    return span[0] <= (word.box.left + word.box.width / 2) * page <= span[1]


def held_against(line: Line, start: int, end: int, signs: Sequence[Sign], page: int) -> Line:
    """Return the line with the words from ``start`` to ``end`` held against the signs."""
    text = " ".join(word.text for word in line.words[start:end])
    read = "".join(sign.sign for sign in signs)
    for zone in reversed(find_zones(text, read)):
        line = _settled(line, start, zone, signs[zone.first : zone.last], page)
    return line


def _settled(line: Line, start: int, zone: Zone, signs: Sequence[Sign], page: int) -> Line:
    """Return the line with one number agreed on, put right, or doubted."""
    first, last, offset = _touched(line.words[start:], zone)
    first, last = first + start, last + start
    words = line.words[first:last]
    text = " ".join(word.text for word in words)
    begin, end = zone.start - offset, zone.end - offset
    signs = _spelt(signs)
    ours, theirs = text[begin:end], "".join(sign.sign for sign in signs)
    sure = min((sign.sure for sign in signs), default=0.0)
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        agreed = tuple(_agreed(word, sure) for word in words)
        return _with_words(line, first, last, agreed)
    unseen = not any(sign in DIGITS for sign in ours)
    if unseen and not (sure >= _UNSEEN and _apart(text, begin, end)):
        return line  # a letter of a word, or a crumb, that looks like a digit
    other = f"{text[:begin]}{theirs}{text[end:]}"
    if sure < _TAKEN or not theirs or zone.keep:
        kept = tuple(replace(word, confidence=min(word.confidence, _DISPUTED)) for word in words)
        return _with_other(_with_words(line, first, last, kept), line, first, last, other)
    taken = _rewritten(words, text[:begin], signs, text[end:], page)
    return _with_other(_with_words(line, first, last, taken), line, first, last, text)


def _apart(text: str, begin: int, end: int) -> bool:
    """Tell whether a digit that only the network sees has room of its own beside a gap."""
    return begin == end and (text[:begin][-1:] in ("", " ") or text[end : end + 1] in ("", " "))


def _spelt(signs: Sequence[Sign]) -> Sequence[Sign]:
    """Return the signs with the vowel of มิ.ย. put back: the network reads no marks."""
    letters = [(n, sign.sign) for n, sign in enumerate(signs) if "ก" <= sign.sign <= "ไ"]
    if [letter for _, letter in letters] != ["ม", "ย"]:
        return signs
    june = letters[0][0]
    return [replace(sign, sign="มิ") if n == june else sign for n, sign in enumerate(signs)]


def _touched(words: Sequence[Word], zone: Zone) -> tuple[int, int, int]:
    """Return the first word of the zone, the one behind its last, and where the first begins."""
    at, touched = 0, []
    for number, word in enumerate(words):
        end = at + len(word.text)
        if (at <= max(zone.start, zone.end - 1) and end > zone.start) or (
            zone.start == zone.end and at <= zone.start <= end
        ):
            touched.append((number, at))
        at = end + 1
    if not touched:
        return len(words) - 1, len(words), at - len(words[-1].text) - 1
    return touched[0][0], touched[-1][0] + 1, touched[0][1]


def _agreed(word: Word, sure: float) -> Word:
    return replace(word, confidence=max(word.confidence, round(min(sure, _AGREED), 4)))


def _rewritten(
    words: Sequence[Word], before: str, signs: Sequence[Sign], behind: str, page: int
) -> tuple[Word, ...]:
    """Return the words with the network's signs between what stays before and behind."""
    whole = words[0].box
    for word in words:
        whole = whole.union(word.box)
    confidence = min(_DISPUTED, *(word.confidence for word in words))
    parts = _split(signs)
    made = []
    for number, part in enumerate(parts):
        opens, closes = number == 0, number == len(parts) - 1
        left = whole.left if opens and before else part[0].left / page
        right = whole.right if closes and behind else part[-1].right / page
        text = "".join(sign.sign for sign in part)
        text = f"{before if opens else ''}{text}{behind if closes else ''}"
        box = Box(round(left, 5), whole.top, round(max(0.0, right - left), 5), whole.height)
        same = next((word for word in words if word.text == text), None)
        ink = _ink_at(words, (left + right) / 2)
        made.append(
            _agreed(same, min(sign.sure for sign in part))
            if same
            else Word(text, box, confidence, ink)
        )
    return tuple(made)


def _split(signs: Sequence[Sign]) -> list[list[Sign]]:
    parts: list[list[Sign]] = [[]]
    for sign in signs:
        if sign.sign == " ":
            parts.append([])
        else:
            parts[-1].append(sign)
    return [part for part in parts if part]


def _ink_at(words: Sequence[Word], place: float) -> Ink:
    """Return the colour of the word at a place; coloured where any part of the number is."""
    near = min(words, key=lambda w: max(w.box.left - place, place - w.box.right, 0.0))
    return near.ink


def _with_words(line: Line, first: int, last: int, words: tuple[Word, ...]) -> Line:
    every = (*line.words[:first], *words, *line.words[last:])
    confidence = min([line.confidence, *(word.confidence for word in words)])
    return replace(line, text=" ".join(w.text for w in every), words=every, confidence=confidence)


def _with_other(line: Line, before: Line, first: int, last: int, other: str) -> Line:
    """Return the line with the reading that lost as one of its alternatives."""
    texts = [word.text for word in before.words]
    whole = " ".join([*texts[:first], other, *texts[last:]])
    return replace(line, alternatives=tuple(dict.fromkeys((whole, *line.alternatives))))
