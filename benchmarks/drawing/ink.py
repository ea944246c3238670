"""Ink on paper: draws a sheet at a resolution and tells where every line of text stands."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from benchmarks.drawing import figures
from benchmarks.drawing.faces import Face
from benchmarks.drawing.sheet import HEIGHT, WIDTH, Figure, Patch, Row, Run, Sheet
from benchmarks.drawing.truth import Corners, corners_of

COLOURS = {
    "black": (22, 22, 26),
    "grey": (90, 90, 96),
    "blue": (28, 52, 150),
    "red": (196, 30, 38),
    "violet": (96, 40, 140),
}
_CLUSTER = re.compile(r"[เแโใไ]?.[ัิ-ฺ็-๎ำ]*", re.DOTALL)
Canvas = Image.Image


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of text on the page: its corners in pixels, the stretches of it written by hand."""

    text: str
    ink: str
    corners: Corners
    by_hand: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Pen:
    """Measures and draws text in one face, with another face for what is written by hand."""

    face: Face
    hand: Face
    dpi: int
    rng: random.Random
    _fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    def px(self, mm: float) -> float:
        """Return millimetres in pixels."""
        return mm * self.dpi / 25.4

    def width(self, run: Run) -> float:
        """Return how wide the run is, in millimetres, without its gap."""
        return float(self._font(run).getlength(run.text.replace("✓", "  "))) * 25.4 / self.dpi

    def draw(self, sheet: Sheet) -> tuple[Canvas, list[InkLine]]:
        """Return the page's image and its lines."""
        size = (round(self.px(WIDTH)), round(self.px(HEIGHT)))
        page = Image.new("RGB", size, "white")
        found = self._marks(page, sheet.rows, sheet.figures)
        stamps = [self._stamp(page, patch) for patch in sheet.patches]
        return page, [line for stamp in stamps for line in stamp] + found

    def _marks(
        self, page: Canvas, rows: list[Row] | tuple[Row, ...],
        drawn: list[Figure] | tuple[Figure, ...],
    ) -> list[InkLine]:  # fmt: skip
        for figure in drawn:
            figures.draw(page, figure, self.dpi, COLOURS[figure.ink], self.rng, self._seal_font())
        lines = [(row.y, line) for row in rows if (line := self._row(page, row)) is not None]
        return [line for _, line in sorted(lines, key=lambda each: each[0])]  # as they are read

    def _stamp(self, page: Canvas, patch: Patch) -> list[InkLine]:
        layer = Image.new("RGB", page.size, "white")
        lines = self._marks(layer, patch.rows, patch.figures)
        pivot = (self.px(patch.pivot[0]), self.px(patch.pivot[1]))
        turned = layer.rotate(
            patch.angle, Image.Resampling.BICUBIC, center=pivot, fillcolor="white"
        )
        page.paste(ImageChops.multiply(page, turned))
        radians = np.deg2rad(-patch.angle)  # Pillow turns counter-clockwise
        cos, sin = float(np.cos(radians)), float(np.sin(radians))

        def moved(x: float, y: float) -> tuple[float, float]:
            dx, dy = x - pivot[0], y - pivot[1]
            return pivot[0] + dx * cos - dy * sin, pivot[1] + dx * sin + dy * cos

        return [
            replace(line, corners=tuple(moved(x, y) for x, y in line.corners)) for line in lines
        ]

    def _row(self, page: Canvas, row: Row) -> InkLine | None:
        pencil = ImageDraw.Draw(page)
        total = sum(self.width(run) + run.gap for run in row.runs)
        start = {"left": row.x, "center": row.x - total / 2, "right": row.x - total}[row.align]
        if row.leader_to is not None:
            self._leader(pencil, row.leader_from or start, row.leader_to, row.y)
        x, y = self.px(start), self.px(row.y)
        edges: list[tuple[float, float, float, float]] = []
        for run in row.runs:
            x += self.px(run.gap)
            draw_run = self._hand_run if run.hand else self._typed_run
            edges += draw_run(pencil, run, x, y)
            x += self.px(self.width(run))
        if not row.text or not edges:
            return None
        box = (min(e[0] for e in edges), min(e[1] for e in edges),
               max(e[2] for e in edges), max(e[3] for e in edges))  # fmt: skip
        return InkLine(row.text, row.runs[-1].ink, corners_of(*box), row.by_hand)

    def _typed_run(
        self, pencil: ImageDraw.ImageDraw, run: Run, x: float, y: float
    ) -> list[tuple[float, float, float, float]]:
        font = self._font(run)
        shown = run.text.replace("✓", "  ")  # no Thai font has the tick
        pencil.text((x, y), shown, COLOURS[run.ink], font, anchor="ls", language="th")
        if shown != run.text:
            start = x + font.getlength(run.text.partition("✓")[0])
            self._tick(pencil, start, y, float(font.size), COLOURS[run.ink])
        left, top, right, bottom = font.getbbox(shown, anchor="ls", language="th")
        return [(x + left, y + top, x + right, y + bottom)] if right > left else []

    def _hand_run(
        self, pencil: ImageDraw.ImageDraw, run: Run, x: float, y: float
    ) -> list[tuple[float, float, float, float]]:
        """Draw letter by letter: no two alike, and none quite on the line."""
        edges: list[tuple[float, float, float, float]] = []
        base = COLOURS[run.ink]
        drift, lean = 0.0, self.rng.uniform(-0.004, 0.008)
        for cluster in _CLUSTER.findall(run.text):
            font = self._font(run, self.rng.uniform(0.94, 1.07))
            drift = 0.7 * drift + self.rng.gauss(0, 0.16)
            dy = self.px(drift) - lean * x
            shade = self.rng.randint(-14, 26)
            colour = tuple(max(0, min(255, part + shade)) for part in base)
            pencil.text((x, y + dy), cluster, colour, font, anchor="ls", language="th")
            left, top, right, bottom = font.getbbox(cluster, anchor="ls", language="th")
            if right > left:
                edges.append((x + left, y + dy + top, x + right, y + dy + bottom))
            x += self._font(run).getlength(cluster) + self.px(self.rng.uniform(-0.12, 0.12))
        return edges

    def _tick(
        self, pencil: ImageDraw.ImageDraw, x: float, y: float, size: float,
        colour: tuple[int, int, int],
    ) -> None:  # fmt: skip
        points = [(x, y - 0.3 * size), (x + 0.18 * size, y), (x + 0.55 * size, y - 0.75 * size)]
        pencil.line(points, fill=colour, width=max(2, round(self.px(0.4))), joint="curve")

    def _leader(
        self, pencil: ImageDraw.ImageDraw, start: float, end: float, baseline: float
    ) -> None:
        step, radius = self.px(1.05), max(0.5, self.px(0.11))
        x, y = self.px(start), self.px(baseline + 0.75)
        while x < self.px(end):
            pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=COLOURS["grey"])
            x += step

    def _font(self, run: Run, stretch: float = 1.0) -> ImageFont.FreeTypeFont:
        face = self.hand if run.hand else self.face
        size = max(6, round(run.pt * face.scale * stretch * self.dpi / 72))
        return self._load(face.file(run.bold), size)

    def _seal_font(self) -> ImageFont.FreeTypeFont:
        return self._load(self.face.file(bold=True), round(self.px(3.1)))

    def _load(self, file: str, size: int) -> ImageFont.FreeTypeFont:
        key = (file, size)
        if key not in self._fonts:
            raqm = ImageFont.Layout.RAQM
            self._fonts[key] = ImageFont.truetype(file, size, layout_engine=raqm)
        return self._fonts[key]
