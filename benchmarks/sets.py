"""The pages that are measured: the samples, drawn letters never used for tuning, real scans."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.drawing.chance import KINDS, random_letter
from benchmarks.drawing.degrade import DEGRADATIONS
from benchmarks.drawing.draw import draw
from benchmarks.drawing.faces import choose_face
from benchmarks.drawing.files import save
from benchmarks.drawing.letters import Part
from models.letters import MediaType

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "saraban" / "samples"
REAL = ROOT.parent / "shared" / "real-scans"
SAMPLE_GROUP, REAL_GROUP = "ตัวอย่าง", "สแกนจริง"
_TYPES = {
    ".pdf": MediaType.PDF,
    ".tif": MediaType.TIFF,
    ".jpg": MediaType.JPEG,
    ".png": MediaType.PNG,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A file with what is known of it.

    ``head`` are the lines in the upper third of its first page. ``by_hand`` are the stretches of
    the text that are written by hand, None where that is not known.
    """

    group: str
    path: Path
    media_type: MediaType
    text: str
    head: str
    letters: list[dict[str, Any]]  # kind, fields, category, pages: as far as known
    by_hand: tuple[tuple[int, int], ...] | None = None


def samples() -> Iterator[Measured]:
    """Give the scans that ship with the product."""
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    for name, letters in sorted(truth.items()):
        path = SAMPLES / "scans" / name
        text = (SAMPLES / "truth" / f"{path.stem}.txt").read_text("utf-8")
        yield Measured(SAMPLE_GROUP, path, _TYPES[path.suffix], text, _first_third(text), letters)


def real_scans() -> Iterator[Measured]:
    """Give the real scans, where they are at hand."""
    if not REAL.is_dir():
        return
    truth = json.loads((REAL / "truth.json").read_text("utf-8"))
    for path in sorted(REAL.glob("*.pdf")):
        text = path.with_suffix(".txt").read_text("utf-8")
        known = [{"fields": truth.get(path.name, {})}]
        yield Measured(REAL_GROUP, path, MediaType.PDF, text, _first_third(text), known)


def _first_third(text: str) -> str:
    """Return the head as far as typed text tells it: the first third of the first page's lines."""
    lines = [line for line in text.split("\f")[0].splitlines() if line.strip()]
    return "\n".join(lines[: math.ceil(len(lines) / 3)])


def drawn(
    folder: Path, count: int, part: Part = "measuring", *, mixed: bool = False
) -> Iterator[Measured]:
    """Draw letters in the fonts and texts of a part, ``count`` of each degradation.

    ``mixed`` begins each degradation with another kind of letter: few pages show many kinds then.
    """
    for shift, way in enumerate(DEGRADATIONS):
        for n in range(count):
            rng = random.Random(f"bench/{way}/{n}")
            kind = KINDS[(n + (shift if mixed else 0)) % len(KINDS)]
            letter = random_letter(kind, rng, part)
            face = choose_face(part, letter.style, rng)
            pages = draw(letter, face, way, rng.randrange(2**31))
            path = folder / f"{part}-{way}-{n}.png"
            image, truth = pages[0]
            save([image], path)
            known = {
                "kind": truth.kind,
                "fields": dict(truth.fields),
                "category": truth.category,
                "pages": [1],
            }
            yield Measured(
                drawn_group(way), path, MediaType.PNG, truth.text, truth.head, [known],
                truth.by_hand,
            )  # fmt: skip


def drawn_group(way: str) -> str:
    """Return the name of the group of pages that were drawn and degraded in one way."""
    return f"วาด: {way}"
