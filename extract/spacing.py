"""Spaces that the reader put inside words, taken out where the word lists speak for it."""

from __future__ import annotations

import re
from functools import cache

from pythainlp.corpus import thai_words
from pythainlp.tokenize import Tokenizer

_THAI = re.compile(r"^[ก-๎]+$")


def close_up(text: str) -> str:
    """Return the text without the spaces that split a word.

    A space goes where fewer pieces are no known words without it than with it.
    """
    if " " not in text:
        return text
    words = text.split(" ")
    closed = [words[0]]
    for word in words[1:]:
        left = closed[-1]
        ends, begins = re.search(r"[ก-๎]+$", left), re.match(r"[ก-๎]+", word)
        if ends and begins and _joins(ends[0], begins[0]):
            closed[-1] = left + word
        else:
            closed.append(word)
    return " ".join(closed)


def _joins(left: str, right: str) -> bool:
    """Tell whether two pieces make better words together than apart."""
    return unknown_letters(left + right) < unknown_letters(left) + unknown_letters(right)


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer(thai_words(), engine="newmm")


def unknown_letters(text: str) -> int:
    """Count the letters of the text in pieces that are no known words."""
    known = thai_words()
    pieces = _tokenizer().word_tokenize(text)
    return sum(len(piece) for piece in pieces if _THAI.match(piece) and piece not in known)
