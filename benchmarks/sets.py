"""The pages that are measured: the samples, drawn letters never used for tuning, real scans."""

from __future__ import annotations

import json
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
from models.letters import MediaType

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "saraban" / "samples"
REAL = ROOT.parent / "shared" / "real-scans"
_TYPES = {
    ".pdf": MediaType.PDF,
    ".tif": MediaType.TIFF,
    ".jpg": MediaType.JPEG,
    ".png": MediaType.PNG,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A file with what is known of it."""

    group: str
    path: Path
    media_type: MediaType
    text: str
    letters: list[dict[str, Any]]  # kind, fields, category, pages: as far as known


def samples() -> Iterator[Measured]:
    """Give the scans that ship with the product."""
    truth = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    for name, letters in sorted(truth.items()):
        path = SAMPLES / "scans" / name
        text = (SAMPLES / "truth" / f"{path.stem}.txt").read_text("utf-8")
        yield Measured("ตัวอย่าง", path, _TYPES[path.suffix], text, letters)


def real_scans() -> Iterator[Measured]:
    """Give the real scans, where they are at hand."""
    if not REAL.is_dir():
        return
    truth = json.loads((REAL / "truth.json").read_text("utf-8"))
    for path in sorted(REAL.glob("*.pdf")):
        text = path.with_suffix(".txt").read_text("utf-8")
        yield Measured("สแกนจริง", path, MediaType.PDF, text, [{"fields": truth.get(path.name, {})}])


def drawn(folder: Path, count: int) -> Iterator[Measured]:
    """Draw letters in the fonts and texts of the measuring part, ``count`` of each degradation."""
    for way in DEGRADATIONS:
        for n in range(count):
            rng = random.Random(f"bench/{way}/{n}")
            letter = random_letter(KINDS[n % len(KINDS)], rng, "measuring")
            face = choose_face("measuring", letter.style, rng)
            pages = draw(letter, face, way, rng.randrange(2**31))
            path = folder / f"{way}-{n}.png"
            image, truth = pages[0]
            save([image], path)
            known = {
                "kind": truth.kind,
                "fields": dict(truth.fields),
                "category": truth.category,
                "pages": [1],
            }
            yield Measured(f"วาด: {way}", path, MediaType.PNG, truth.text, [known])
