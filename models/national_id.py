"""National ID numbers in text, so that they can be hidden where nobody needs them whole.

A number is hidden where it stands as printed (1-2345-67890-12-3), in one run, or with any spaces
and dashes if its check digit holds: other numbers in a letter have no reason to pass that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

_DIGIT = "[0-9๐-๙]"
_GAP = r"(?:[^\S\n]|[-–—‑.]\n?){0,3}"  # a dash at the end of a line says that it goes on
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_LENGTH = 13
_PRINTED = (1, 4, 5, 2, 1)  # digits in each group
# Looked for at every start: a number before it ("หมู่ 5 1-2345-…") must not swallow its beginning.
_CANDIDATE = re.compile(rf"(?<!{_DIGIT})(?=((?:{_DIGIT}{_GAP}){{12}}{_DIGIT})(?!{_DIGIT}))")


def masked(text: str) -> str:
    """Return a number that is meant to be an ID with its middle hidden: 1-xxxx-xxxxx-12-3.

    Of anything but 13 digits nothing is shown, since nobody knows which digits are which.
    """
    digits = _digits(text)
    if len(digits) != _LENGTH:
        return re.sub(_DIGIT, "x", text)
    return f"{digits[0]}-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"


def with_ids_masked(text: str) -> str:
    """Return text with the middle of every ID number hidden."""
    return _replaced(text, masked)


def pieces_with_ids_masked(pieces: Sequence[str], gaps: Sequence[str]) -> list[str]:
    """Return pieces of a text with every ID number hidden, also one that several pieces hold.

    ``gaps`` are what stands between a piece and the next, one fewer than there are pieces.
    """
    if not pieces:
        return []
    starts = [0]
    for piece, gap in zip(pieces, gaps, strict=False):
        starts.append(starts[-1] + len(piece) + len(gap))
    text = "".join(part for pair in zip(pieces, [*gaps, ""], strict=True) for part in pair)
    hidden = {place for start, stop in _places(text) for place in _middle(text, start, stop)}
    found = []
    for start, piece in zip(starts, pieces, strict=False):
        whole = with_ids_masked(piece)  # as it is shown elsewhere
        letters = ("x" if start + n in hidden else letter for n, letter in enumerate(piece))
        found.append(whole if whole != piece else "".join(letters))
    return found


def _middle(text: str, start: int, stop: int) -> list[int]:
    """Return where the digits of a number stand that are not to be seen."""
    digits = [place for place in range(start, stop) if re.match(_DIGIT, text[place])]
    return digits[1:10]


def without_ids(text: str) -> str:
    """Return text without any ID number, for what must not lead to a person."""
    return _replaced(text, lambda _: " ")


def _replaced(text: str, put: Callable[[str], str]) -> str:
    parts, end = [], 0
    for start, stop in _places(text):
        if start >= end:
            parts += [text[end:start], put(text[start:stop])]
            end = stop
    return "".join([*parts, text[end:]])


def _places(text: str) -> Iterator[tuple[int, int]]:
    for match in _CANDIDATE.finditer(text):
        if _is_id(match[1]):
            yield match.span(1)


def _is_id(text: str) -> bool:
    digits = _digits(text)
    if digits[0] == "0":  # a company's number
        return False
    groups = tuple(len(group) for group in re.findall(f"{_DIGIT}+", text))
    return groups in ((_LENGTH,), _PRINTED) or check_digit_holds(digits)


def check_digit_holds(digits: str) -> bool:
    """Tell whether the last of 13 digits is the check of the others (domain 3.4.1)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False)
    )
    return (11 - total % 11) % 10 == int(digits[-1])


def _digits(text: str) -> str:
    return "".join(re.findall(_DIGIT, text)).translate(_ARABIC)
