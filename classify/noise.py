"""Misreadings as OCR makes them, so that the model learns from texts like those it will meet."""

from __future__ import annotations

import random

_MARKS = "่้๊๋็์ัิีึืุู"
_SWAPS = {
    "่": "้", "้": "่", "ิ": "ี", "ี": "ิ", "ึ": "ื", "ื": "ึ", "ุ": "ู", "ู": "ุ", "ั": "้",
    "ด": "ต", "ต": "ดค", "ค": "ศด", "ศ": "คส", "บ": "ปน", "ป": "บน", "น": "บม", "ม": "น",
    "ท": "ห", "ห": "ท", "ช": "ซ", "ซ": "ช", "ฎ": "ฏ", "ฏ": "ฎ", "ผ": "ฝพ", "ฝ": "ผ", "พ": "ผฟ",
    "ฟ": "พ", "ข": "ช", "ส": "ล", "ล": "ส", "ถ": "ก", "ก": "ถภ", "ภ": "ถก", "ว": "จ", "จ": "ว",
    "ร": "ธ", "ธ": "ร", "า": "ว", "ไ": "ใ", "ใ": "ไ", "โ": "ไ",
    "0": "6", "1": "7", "2": "6", "3": "7", "4": "5", "5": "4", "6": "2", "7": "3", "8": "4",
    "9": "6",
}  # fmt: skip


def misread(text: str, rate: float, rng: random.Random) -> str:
    """Return the text with about ``rate`` of its characters lost, swapped or spaced apart."""
    out: list[str] = []
    for character in text:
        if rng.random() >= rate:
            out.append(character)
            continue
        kind = rng.random()
        if character in _MARKS and kind < 0.45:
            continue  # marks above and below are lost first
        if kind < 0.85 and character in _SWAPS:
            out.append(rng.choice(_SWAPS[character]))
        elif kind < 0.95:
            out.append(character + " ")
        else:
            continue
    return "".join(out)
