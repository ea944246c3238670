"""``python -m ocr.number_training``: make the network of ``ocr.number_reader`` anew.

Needs PyTorch and ONNX beside what saraban needs, folders of fonts, and about an hour on two cores.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pythainlp.corpus import thai_words

from ocr.digit_training import thai_fonts
from ocr.number_reader import HEIGHT, MARGIN, NETWORK
from ocr.number_training.fit import Example, fit, save
from ocr.number_training.rows import Faces, drawn_row, label
from ocr.number_training.texts import Rng, some_text

_WIDEST = 640  # pixels of a strip to train on
_WORDS = sorted(word for word in thai_words() if 1 < len(word) < 12)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw rows, fit the network and write it."""
    parser = argparse.ArgumentParser(prog="python -m ocr.number_training", description=__doc__)
    parser.add_argument("--printed", type=Path, nargs="+", required=True, help="folders of fonts")
    parser.add_argument("--written", type=Path, nargs="+", required=True, help="and of handwriting")
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=NETWORK)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO)
    faces = Faces(thai_fonts(chosen.printed), thai_fonts(chosen.written))
    rng = np.random.default_rng(chosen.seed)
    examples = [_example(faces, rng) for _ in range(chosen.rows)]
    save(fit([each for each in examples if each is not None], chosen.rounds), chosen.out)


def _example(faces: Faces, rng: Rng) -> Example | None:
    """Return a row with its text; None for one that is too wide or holds nothing."""
    runs = some_text(rng, _WORDS)
    strip, text = drawn_row(runs, faces, rng), label(runs)
    fits = HEIGHT // 2 < strip.shape[1] - 2 * MARGIN < _WIDEST
    return Example(strip, text) if fits and text else None


if __name__ == "__main__":
    main()
