"""Drawn pages as we read them, kept in a file if asked: reading costs minutes, the fields none.

What is kept are the words with their boxes and confidences, so that another way to take fields
from them can be measured on the same readings. It grows stale when the reader changes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.drawing.chance import KINDS
from benchmarks.drawing.letters import Part
from benchmarks.sets import drawn
from ingest.page_reading import PageJob, PagePool
from models.letters import Box, Code, CodeKind, Ink, Line, OcrPage, PageState, Word
from saraban.office import reader_plan, train_what_is_missing
from saraban.settings import load_settings


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """What was read of a drawn file, with the truth of its letters."""

    group: str
    name: str
    letters: Sequence[Mapping[str, Any]]
    pages: tuple[OcrPage, ...]


def read_drawn(part: Part, count: int, keep: Path | None = None) -> tuple[DrawnPages, ...]:
    """Draw ``count`` letters of each degradation and read them; ``keep`` spares the second time.

    Seven or more are the letters of ``make bench``; of fewer, the kinds are mixed.
    """
    if keep is not None and keep.exists():
        return tuple(_restored(each) for each in json.loads(keep.read_text("utf-8")))
    settings = load_settings()
    train_what_is_missing(settings)
    pool = PagePool(reader_plan(settings), settings.processes)
    with tempfile.TemporaryDirectory() as name, closing(pool):
        # Every drawn file is a picture: it has one page.
        files = list(drawn(Path(name), count, part, mixed=count < len(KINDS)))
        jobs = [pool.submit(PageJob(file.path, file.media_type, 1)) for file in files]
        read = tuple(
            DrawnPages(file.group, file.path.name, file.letters, (job.result().page,))
            for file, job in zip(files, jobs, strict=True)
        )
    if keep is not None:
        keep.write_text(json.dumps([asdict(each) for each in read], ensure_ascii=False), "utf-8")
    return read


def _restored(kept: Mapping[str, Any]) -> DrawnPages:
    pages = tuple(_page(page) for page in kept["pages"])
    return DrawnPages(kept["group"], kept["name"], kept["letters"], pages)


def _page(kept: Mapping[str, Any]) -> OcrPage:
    return OcrPage(**{
        **kept,
        "state": PageState(kept["state"]),
        "lines": tuple(_line(line) for line in kept["lines"]),
        "unread": tuple(Box(**box) for box in kept["unread"]),
        "notes": tuple(kept["notes"]),
        "codes": tuple(_code(code) for code in kept.get("codes", ())),
    })  # fmt: skip


def _code(kept: Mapping[str, Any]) -> Code:
    return Code(**{**kept, "kind": CodeKind(kept["kind"]), "box": Box(**kept["box"])})


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{
        **kept,
        "box": kept["box"] and Box(**kept["box"]),
        "ink": Ink(kept["ink"]),
        "words": tuple(_word(word) for word in kept["words"]),
        "alternatives": tuple(kept["alternatives"]),
    })  # fmt: skip


def _word(kept: Mapping[str, Any]) -> Word:
    return Word(**{
        **kept,
        "box": Box(**kept["box"]),
        "ink": Ink(kept["ink"]),
        "alternatives": tuple(kept["alternatives"]),
    })  # fmt: skip
