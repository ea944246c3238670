"""What is on a letter besides text: emblem, seal, signature, frames and ruled lines."""

from __future__ import annotations

import math
import random
import re

from PIL import Image, ImageDraw, ImageFont

from benchmarks.drawing.sheet import Figure

Colour = tuple[int, int, int]
_CLUSTER = re.compile(r"[เแโใไ]?.[ัิ-ฺ็-๎ำ]*", re.DOTALL)


def draw(
    page: Image.Image, figure: Figure, dpi: int, colour: Colour, rng: random.Random,
    rim_font: ImageFont.FreeTypeFont,
) -> None:  # fmt: skip
    """Draw one figure on the page."""
    unit = dpi / 25.4
    x, y = figure.x * unit, figure.y * unit
    w, h = figure.width * unit, figure.height * unit
    pencil = ImageDraw.Draw(page)
    match figure.shape:
        case "garuda":
            _emblem(pencil, x, y, w, h, colour)
        case "seal":
            _seal(page, x, y, w, colour, figure.text, rim_font)
        case "signature":
            _signature(pencil, x, y, w, h, colour, rng, unit)
        case "frame":
            pencil.rectangle((x, y, x + w, y + h), outline=colour, width=max(2, round(0.4 * unit)))
        case "rule":
            pencil.line((x, y, x + w, y), fill=colour, width=max(1, round(0.3 * unit)))
        case "ruled":
            row = y
            while row < y + h:
                pencil.line((x, row, x + w, row), fill=(170, 190, 214), width=1)
                row += 9.0 * unit


def _emblem(
    pencil: ImageDraw.ImageDraw, x: float, y: float, w: float, h: float, colour: Colour
) -> None:
    """A winged figure of plain shapes: dark, heraldic, and nobody's coat of arms."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + px * w, y + py * h) for px, py in points]

    for side in (0, 1):

        def flip(v: float, mirrored: int = side) -> float:
            return 1 - v if mirrored else v

        for n in range(5):  # five feathers to a wing
            tip = (0.02 + 0.045 * n, 0.16 + 0.15 * n)
            root = (0.42, 0.34 + 0.055 * n)
            pencil.polygon(
                at((flip(root[0]), root[1] - 0.05), (flip(tip[0]), tip[1] - 0.05),
                   (flip(tip[0] + 0.05), tip[1] + 0.05), (flip(root[0]), root[1] + 0.02)),
                fill=colour,
            )  # fmt: skip
        pencil.polygon(
            at((flip(0.46), 0.7), (flip(0.3), 0.82), (flip(0.22), 0.98), (flip(0.36), 0.95),
               (flip(0.47), 0.84)), fill=colour,
        )  # fmt: skip
    pencil.polygon(at((0.5, 0), (0.57, 0.14), (0.43, 0.14)), fill=colour)
    pencil.ellipse((x + 0.4 * w, y + 0.12 * h, x + 0.6 * w, y + 0.3 * h), fill=colour)
    pencil.polygon(
        at((0.38, 0.3), (0.62, 0.3), (0.58, 0.62), (0.64, 0.74), (0.5, 0.97), (0.36, 0.74),
           (0.42, 0.62)), fill=colour,
    )  # fmt: skip
    for n in range(3):
        top = 0.4 + 0.1 * n
        pencil.line(at((0.42, top), (0.5, top + 0.03), (0.58, top)), fill="white",
                    width=max(1, round(w / 60)))  # fmt: skip


def _seal(
    page: Image.Image, x: float, y: float, size: float, colour: Colour, text: str,
    font: ImageFont.FreeTypeFont,
) -> None:  # fmt: skip
    pencil = ImageDraw.Draw(page)
    width = max(2, round(size / 90))
    pencil.ellipse((x, y, x + size, y + size), outline=colour, width=width)
    inner = size * 0.11
    pencil.ellipse((x + inner, y + inner, x + size - inner, y + size - inner), outline=colour,
                   width=width)  # fmt: skip
    _emblem(pencil, x + 0.3 * size, y + 0.26 * size, 0.4 * size, 0.46 * size, colour)
    clusters = _CLUSTER.findall(text)
    radius = size * 0.445
    steps = [font.getlength(cluster) / radius for cluster in clusters]
    angle = math.pi / 2 + sum(steps) / 2  # along the lower rim, left to right
    for cluster, step in zip(clusters, steps, strict=True):
        middle = angle - step / 2
        angle -= step
        side = round(font.size * 2.4)
        tile = Image.new("L", (side, side), 0)
        ImageDraw.Draw(tile).text((side / 2, side / 2), cluster, 255, font, anchor="mm")
        tile = tile.rotate(math.degrees(math.pi / 2 - middle), Image.Resampling.BICUBIC)
        cx = x + size / 2 + radius * math.cos(middle)
        cy = y + size / 2 + radius * math.sin(middle)
        page.paste(colour, (round(cx - side / 2), round(cy - side / 2)), tile)


def _signature(
    pencil: ImageDraw.ImageDraw, x: float, y: float, w: float, h: float, colour: Colour,
    rng: random.Random, unit: float,
) -> None:  # fmt: skip
    """A quick pen: loops that shrink to the right, then a stroke back under them."""
    loops, phase = rng.uniform(2.2, 4.5), rng.uniform(0, 6)
    lean, shrink = rng.uniform(0.05, 0.5), rng.uniform(0.3, 0.95)
    tall = rng.uniform(0.44, 0.56)
    points: list[tuple[float, float]] = []
    for n in range(160):
        t = n / 159
        swing = (1 - shrink * t) * h * tall
        dy = swing * math.sin(2 * math.pi * loops * t + phase)
        dx = w * 0.13 * math.cos(2 * math.pi * loops * t + phase) * (1 - 0.5 * t)
        points.append((x + 0.12 * w + t * w * 0.75 + dx - lean * dy, y + h / 2 + dy))
    points += [
        (x + w * (0.95 - 0.8 * s), y + h * (0.72 + 0.12 * math.sin(3 * s)))
        for s in (n / 20 for n in range(21))
    ]
    pencil.line(points, fill=colour, width=max(2, round(0.42 * unit)), joint="curve")
