"""The stock of invented texts, one file per part so that no text is in both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from benchmarks.drawing.letters import Part


@dataclass(frozen=True, slots=True)
class Text:
    """A subject and the paragraphs under it; ``{s}``, ``{d}``, ``{p}`` are the place."""

    kind: str
    subject: str | None
    body: tuple[str, ...]
    category: str | None = None
    anonymous: bool = False


@cache
def texts(part: Part) -> tuple[Text, ...]:
    """Return all texts of a part, complaints first."""
    raw = tomllib.loads(files(__name__).joinpath(f"{part}.toml").read_text("utf-8"))
    complaints = [
        Text("complaint", t["subject"], tuple(t["body"]), t["category"], t.get("anonymous", False))
        for t in raw["complaint"]
    ]
    official = [Text(t["kind"], t["subject"] or None, tuple(t["body"])) for t in raw["official"]]
    return (*complaints, *official)
