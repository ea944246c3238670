"""Puts together what stands side by side: pieces of one printed line that the reader set apart.

A label and what is written behind it in other ink often come as two lines, one lying a little
higher; read from left to right they are one.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.letters import Box, Ink, Line, Word

_APART = 0.035  # of the page's width: a wider gap parts two columns
_LEVEL = 0.5  # of the lower line's height: what overlaps as much stands side by side
_WIDE = 0.02  # of the page's width: words may lie over each other as far and be two still


def side_by_side(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with those put together that are pieces of one; the order stays."""
    found: list[Line] = []
    for line in lines:
        mates = [n for n in range(max(0, len(found) - 4), len(found)) if _mates(found[n], line)]
        if not mates:
            found.append(line)
            continue
        found[mates[0]] = _together([found[mates[0]], line])
        for extra in reversed(mates[1:]):
            found[mates[0]] = _together([found[mates[0]], found.pop(extra)])
    return tuple(found)


def same_level(one: Box, other: Box) -> bool:
    """Tell whether the boxes stand side by side on one line."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _LEVEL * min(one.height, other.height)


def _mates(one: Line, other: Line) -> bool:
    if one.box is None or other.box is None or not same_level(one.box, other.box):
        return False
    gap = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
    if gap > _APART or not (one.words and other.words):
        return False
    # Words that cover each other are two lines in truth, one lying over the other.
    return not any(_covers(a.box, b.box) for a in one.words for b in other.words)


def _covers(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > max(_WIDE, 0.6 * min(one.width, other.width)) and same_level(one, other)


def _together(lines: Sequence[Line]) -> Line:
    words = sorted((word for line in lines for word in line.words), key=lambda w: w.box.left)
    box = words[0].box
    for word in words:
        box = box.union(word.box)
    confidence = min(line.confidence for line in lines)
    text = " ".join(w.text for w in words)
    return Line(text, box, confidence, _ink(words), tuple(words), alternatives=_others(lines))


def _others(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the other reading of the pieces put together, none where no piece has one."""
    if not any(line.alternatives for line in lines):
        return ()
    ordered = sorted(lines, key=lambda line: line.box.left if line.box else 0.0)
    return (" ".join(line.alternatives[0] if line.alternatives else line.text for line in ordered),)


def _ink(words: Sequence[Word]) -> Ink:
    letters = {ink: sum(len(w.text) for w in words if w.ink is ink) for ink in Ink}
    return max(letters, key=lambda ink: letters[ink])
