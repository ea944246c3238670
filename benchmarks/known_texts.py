"""Letters as text with what a careful clerk reads in them: our own, in two parts.

``letters_as_text/<part>/*.toml`` hold them. Nobody tunes on the part "measuring"; the two parts
share no wording (a test looks). All persons are invented, all places are real.

A ``[[letter]]`` has a ``name``, a ``text`` (four spaces or a tab part a line in two), a ``kind``,
``fields`` by name (a list: any of them is right), ``empty`` (fields that must not be read),
``citations`` and ``receipts``. What is not there is not judged.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.drawing.letters import Part
from benchmarks.verdicts import Expected, WantedCitation, WantedReceipt
from models.terms import FieldName, LetterKind

TODAY = dt.date(2025, 6, 30)  # the day on which the texts are read; no letter is younger
_HERE = Path(__file__).parent / "letters_as_text"


@dataclass(frozen=True, slots=True)
class KnownText:
    """A letter as text, with what is expected of its reading."""

    name: str
    text: str
    expected: Expected


def known_texts(part: Part) -> tuple[KnownText, ...]:
    """Return the letters of a part, in the order of their files."""
    found = []
    for path in sorted((_HERE / part).glob("*.toml")):
        for letter in tomllib.loads(path.read_text("utf-8"))["letter"]:
            name = f"{path.stem} · {letter['name']}"
            found.append(KnownText(name, letter["text"], _expected(letter)))
    return tuple(found)


def _expected(letter: Mapping[str, Any]) -> Expected:
    fields: dict[FieldName, tuple[str, ...]] = {}
    for name, value in letter.get("fields", {}).items():
        fields[FieldName(name)] = tuple(str(each) for each in _listed(value) if each != "")
    fields.update({FieldName(name): () for name in letter.get("empty", ())})
    cited, stamped = letter.get("citations"), letter.get("receipts")
    return Expected(
        tuple(LetterKind(kind) for kind in _listed(letter.get("kind", []))),
        MappingProxyType(fields),
        None if cited is None else tuple(WantedCitation(**each) for each in cited),
        None if stamped is None else tuple(WantedReceipt(**each) for each in stamped),
    )


def _listed(value: Any) -> list[Any]:
    """Return a value of the file as a list: any one of several is right."""
    return value if isinstance(value, list) else [value]
