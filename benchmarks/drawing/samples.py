"""``python -m benchmarks.drawing.samples``: draw the samples that ship in ``saraban/samples``."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import geothai
from PIL import Image

import saraban
from benchmarks.drawing.draw import draw
from benchmarks.drawing.faces import FACES
from benchmarks.drawing.files import save
from benchmarks.drawing.letters import Form, Letter, Place, Receipt, fields_of
from models.terms import LetterKind

_LISTS = ("samples.toml", "circulars.toml")


def main() -> None:
    """Draw every file, its text, and the list of what a careful clerk reads from it."""
    out = Path(next(iter(saraban.__path__))) / "samples"
    for part in ("scans", "truth"):
        (out / part).mkdir(parents=True, exist_ok=True)
    truths: dict[str, list[dict[str, Any]]] = {}
    for name in _LISTS:
        listed = tomllib.loads(files("benchmarks.drawing").joinpath(name).read_text("utf-8"))
        for entry in listed["file"]:
            truths[entry["name"]] = _draw_file(entry, out)
            print(entry["name"], (out / "scans" / entry["name"]).stat().st_size)
    text = json.dumps(truths, ensure_ascii=False, indent=1)
    (out / "truth.json").write_text(text + "\n", "utf-8")


def _draw_file(entry: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    images: list[Image.Image] = []
    texts: list[str] = []
    letters: list[dict[str, Any]] = []
    for raw in entry["letter"]:
        letter = letter_from(raw)
        seed = crc32(f"{entry['name']}/{len(letters)}".encode())
        pages = draw(letter, FACES[entry["face"]], entry["degradation"], seed)
        numbers = range(len(images) + 1, len(images) + len(pages) + 1)
        images += [image for image, _ in pages]
        texts += [truth.text for _, truth in pages]
        letters.append(
            {
                "kind": letter.kind.value,
                "category": letter.category,
                "fields": dict(fields_of(letter)),
                "pages": list(numbers),
            }
        )
    path = out / "scans" / entry["name"]
    save(images, path, entry.get("quality", 45))
    (out / "truth" / f"{path.stem}.txt").write_text("\f\n".join(f"{t}\n" for t in texts), "utf-8")
    return letters


def letter_from(raw: dict[str, Any]) -> Letter:
    """Return the letter that a table of the list describes."""
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    kind, form = LetterKind(fields.pop("kind")), Form(fields.pop("form"))
    receipt = fields.pop("receipt", None)
    names = fields.pop("place", None)
    return Letter(
        kind=kind,
        form=form,
        receipt=Receipt(**receipt) if receipt else None,
        place=_place(*names) if names else None,
        place_of_head=bool(names) and not names[0],
        **{**fields, "routing": tuple((n, bool(t)) for n, t in raw.get("routing", ()))},
    )


def _place(subdistrict: str, district: str, province: str) -> Place:
    """Return the place by name; a name that is not real is refused."""
    [found] = [p for p in geothai.provinces() if p.name_th == province]
    if district:
        [seat] = [d for d in geothai.districts(found.code) if d.name_th == district]
        if subdistrict:
            [_] = [s for s in geothai.subdistricts(seat.code) if s.name_th == subdistrict]
    return Place(subdistrict, district, province, "", 0, "")


if __name__ == "__main__":
    main()
