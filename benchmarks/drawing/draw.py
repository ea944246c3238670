"""From a letter's content to images of its pages, each with its truth."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image

from benchmarks.drawing import citizen, forms
from benchmarks.drawing.degrade import DEGRADATIONS
from benchmarks.drawing.faces import Face, hand_face, part_of
from benchmarks.drawing.ink import Pen
from benchmarks.drawing.letters import Form, Letter, fields_of
from benchmarks.drawing.truth import PageTruth, TruthLine, box_under
from benchmarks.drawing.writer import Writer

_LAYOUTS = {
    Form.EXTERNAL: forms.external,
    Form.MEMO: forms.memo,
    Form.STAMPED: forms.stamped,
    Form.DECREE: forms.decree,
    Form.CITIZEN: citizen.citizen,
}


def draw(
    letter: Letter, face: Face, degradation: str, seed: int
) -> list[tuple[Image.Image, PageTruth]]:
    """Return every page of the letter as it came in; the same seed draws the same pixels."""
    way = DEGRADATIONS[degradation]
    pen = Pen(face, hand_face(part_of(face)), way.dpi, random.Random(seed))
    out = Writer(pen, letter)
    _LAYOUTS[letter.form](out)
    fields = fields_of(letter)
    pages: list[tuple[Image.Image, PageTruth]] = []
    for number, sheet in enumerate(out.sheets, 1):
        clean, lines = pen.draw(sheet)
        image, matrix = way.apply(clean, np.random.default_rng([seed, number]))
        found = tuple(
            TruthLine(
                line.text, box_under(line.corners, matrix, image.size), line.ink, line.by_hand
            )
            for line in lines
        )
        truth = PageTruth(number, letter.kind.value, letter.category, fields, found, way.turned)
        pages.append((image, truth))
    return pages
