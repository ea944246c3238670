"""``python -m benchmarks.drawing --out DIR --count N --part measuring --seed S``."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from benchmarks.drawing.chance import KINDS, random_letter
from benchmarks.drawing.degrade import DEGRADATIONS
from benchmarks.drawing.draw import draw
from benchmarks.drawing.faces import choose_face
from benchmarks.drawing.files import save


def main() -> None:
    """Draw letters in turn over kinds and degradations, a file and its truth for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drawing")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=9)
    parser.add_argument("--part", choices=("tuning", "measuring"), default="measuring")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--degradation", choices=tuple(DEGRADATIONS))
    parser.add_argument("--format", choices=("png", "pdf"), default="png")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for n in range(args.count):
        rng = random.Random(f"{args.seed}/{args.part}/{n}")
        letter = random_letter(KINDS[n % len(KINDS)], rng, args.part)
        face = choose_face(args.part, letter.style, rng)
        way = args.degradation or list(DEGRADATIONS)[n % len(DEGRADATIONS)]
        pages = draw(letter, face, way, rng.randrange(2**31))
        name = f"{n:03}-{letter.kind.value}-{way}"
        if args.format == "pdf":
            save([image for image, _ in pages], args.out / f"{name}.pdf", quality=70)
        else:
            for image, truth in pages:
                save([image], args.out / f"{name}-{truth.number}.png")
        truths = {"face": face.name, "pages": [truth.as_json() for _, truth in pages]}
        text = json.dumps(truths, ensure_ascii=False, indent=1)
        (args.out / f"{name}.json").write_text(text + "\n", "utf-8")
        print(name)


if __name__ == "__main__":
    main()
