"""The seed corpus: invented complaints by category, plain text files that anyone can edit.

``[SUB]`` headings, blank lines between texts. Directly below a text a line ``+ CODE`` names another
category that it carries too, and ``! KIND`` says that somebody must look at once (a ``Danger``).
``paper.txt`` holds papers that are no complaints; its headings say what they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from models.terms import Danger, main_of

_HEADING = re.compile(r"\[([A-Z0-9_]*)\]")
_MARKER = re.compile(r"([+!])\s*([A-Z][A-Z0-9_.]*)")
_PAPERS = "PAPER"


class CorpusError(ValueError):
    """A corpus file cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose category is known.

    ``main`` is None for a paper that is no complaint. ``sub`` is whole (``HELP.POOR``) or None,
    ``second`` the whole code of another category that the text carries too. ``confirmed`` tells the
    real letters of officers from the invented ones.
    """

    text: str
    main: str | None
    sub: str | None = None
    second: str | None = None
    dangers: frozenset[Danger] = frozenset()
    confirmed: bool = False

    @property
    def code(self) -> str | None:
        """Return the narrowest code that is known."""
        return self.sub or self.main


def seed_examples() -> tuple[Example, ...]:
    """Return the texts that a new installation learns from."""
    return tuple(_folder(""))


def telling_words() -> tuple[Example, ...]:
    """Return the words that complaints of each category often use, a text of words for each."""
    lists = tomllib.loads(files(__name__).joinpath("words.toml").read_text("utf-8"))
    return tuple(
        Example(words, main_of(code), code if "." in code else None)
        for code, words in lists.items()
    )


def held_out_examples() -> tuple[Example, ...]:
    """Return the texts kept aside for measuring; training never sees them."""
    return tuple(_folder("test"))


def parse_corpus(text: str, main: str, name: str) -> Iterator[Example]:
    """Yield the texts of one file.

    Raises:
        CorpusError: a text stands before the first heading, or a marker is none.
    """
    sub: str | None = None
    headed = False
    for block in re.split(r"\n\s*\n|\n(?=\[)|(?<=\])\n", text):
        lines = [line.strip() for line in block.splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        if not lines:
            continue
        if heading := _HEADING.fullmatch(" ".join(lines)):
            sub, headed = (f"{main}.{heading[1]}" if heading[1] else None), True
        elif not headed:
            raise CorpusError(f"{name}: a complaint stands before the first [heading]")
        else:
            yield _example(lines, main, sub, name)


def _example(lines: list[str], main: str, sub: str | None, name: str) -> Example:
    second: str | None = None
    dangers: set[Danger] = set()
    told: list[str] = []
    for line in lines:
        marker = _MARKER.fullmatch(line)
        if marker is None:
            told.append(line)
        elif marker[1] == "+":
            second = marker[2]
        elif marker[2].lower() in set(Danger):
            dangers.add(Danger(marker[2].lower()))
        else:
            raise CorpusError(f"{name}: there is no danger {marker[2]}")
    if main == _PAPERS:
        return Example("\n".join(told), None, dangers=frozenset(dangers))
    return Example(" ".join(told), main, sub, second, frozenset(dangers))


def _folder(folder: str) -> Iterator[Example]:
    root = files(__name__).joinpath(folder) if folder else files(__name__)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            main = entry.name.removesuffix(".txt").upper()
            yield from parse_corpus(entry.read_text("utf-8"), main, entry.name)
