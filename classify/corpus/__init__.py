"""The seed corpus: invented complaints by category, plain text files that anyone can edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_HEADING = re.compile(r"\[([A-Z0-9_]*)\]")


class CorpusError(ValueError):
    """A corpus file cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """A complaint whose category is known; ``sub`` is whole (``HELP.POOR``) or None."""

    text: str
    main: str
    sub: str | None = None


def seed_examples() -> tuple[Example, ...]:
    """Return the complaints that a new installation learns from."""
    return tuple(_folder(""))


def telling_words() -> tuple[Example, ...]:
    """Return the words that complaints of each category often use, a text of words for each."""
    lists = tomllib.loads(files(__name__).joinpath("words.toml").read_text("utf-8"))
    return tuple(
        Example(words, code.partition(".")[0], code if "." in code else None)
        for code, words in lists.items()
    )


def held_out_examples() -> tuple[Example, ...]:
    """Return the complaints kept aside for measuring; training never sees them."""
    return tuple(_folder("test"))


def parse_corpus(text: str, main: str, name: str) -> Iterator[Example]:
    """Yield the complaints of one file: ``[SUB]`` headings, blank lines between complaints."""
    sub: str | None = None
    headed = False
    for block in re.split(r"\n\s*\n|\n(?=\[)|(?<=\])\n", text):
        lines = [line.strip() for line in block.splitlines()]
        body = " ".join(line for line in lines if line and not line.startswith("#"))
        if not body:
            continue
        if heading := _HEADING.fullmatch(body):
            sub, headed = (f"{main}.{heading[1]}" if heading[1] else None), True
        elif not headed:
            raise CorpusError(f"{name}: a complaint stands before the first [heading]")
        else:
            yield Example(body, main, sub)


def _folder(folder: str) -> Iterator[Example]:
    root = files(__name__).joinpath(folder) if folder else files(__name__)
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            main = entry.name.removesuffix(".txt").upper()
            yield from parse_corpus(entry.read_text("utf-8"), main, entry.name)
