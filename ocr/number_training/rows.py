"""Draws stretches of text as rows of a page, and wears them as copiers and telephones do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.number_reader import BAND, BODY, HEIGHT, MARGIN, SIGNS
from ocr.number_training.texts import Rng, Run
from ocr.raster import Gray

_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_PAD = 1.6  # body heights of white around a drawing


@dataclass(frozen=True, slots=True)
class Faces:
    """Fonts to print with, and those that look written by hand."""

    printed: Sequence[Path]
    written: Sequence[Path]


def label(runs: Sequence[Run]) -> str:
    """Return the signs that the network is to read: no marks, single spaces."""
    text = "".join(run.text for run in runs)
    kept = "".join(letter for letter in text if letter in SIGNS or letter == " ")
    return " ".join(kept.split())


def drawn_row(runs: Sequence[Run], faces: Faces, rng: Rng) -> Gray:
    """Return the runs as a worn strip of ``HEIGHT`` pixels, its consonants in ``BAND``."""
    body = float(rng.uniform(11, 34))
    image, top = _drawn(runs, faces, body, rng)
    image, top = _worn(image, top, body, rng)
    numbers_only = not any("ก" <= letter <= "ฮ" for run in runs for letter in run.text)
    return _as_strip(image, top, body, 0.2 if numbers_only else 0.1, rng)


@lru_cache(maxsize=4000)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=200)
def _unit(path: Path) -> float:
    """Return the height of a consonant at 100 pixels of type."""
    _, top, _, bottom = _font(path, 100).getbbox("อ")
    return float(bottom - top)


def _drawn(runs: Sequence[Run], faces: Faces, body: float, rng: Rng) -> tuple[Gray, float]:
    """Draw the runs; return the image and the top of its consonants in pixels."""
    printed = faces.printed[int(rng.integers(len(faces.printed)))]
    written = faces.written[int(rng.integers(len(faces.written)))]
    pad = int(_PAD * body)
    count = sum(len(run.text) for run in runs)
    image = Image.new("L", (int((count + 4) * 2.2 * body), int(body + 2 * pad)), 255)
    pencil, x = ImageDraw.Draw(image), float(pad)
    baseline = pad + body
    if rng.random() < 0.12:
        _leader(pencil, image.width, baseline + 0.28 * body, body, rng)
    for run in runs:
        if run.by_hand:
            x += float(rng.uniform(-0.05, 0.5)) * body
            x = _by_hand(pencil, run.text, written, x, baseline, body, rng)
            x += float(rng.uniform(0, 0.4)) * body
        else:
            x = _in_print(pencil, run.text, printed, x, baseline, body, rng)
    return np.asarray(image, np.uint8)[:, : int(x) + pad], float(pad)


def _leader(pencil: ImageDraw.ImageDraw, end: int, y: float, body: float, rng: Rng) -> None:
    step, size, x = 0.35 * body * rng.uniform(0.8, 1.5), 0.05 * body, 0.0
    while x < end:
        if rng.random() < 0.5:  # most are taken away before rows are read
            pencil.ellipse((x - size, y - size, x + size, y + size), fill=int(rng.integers(150)))
        x += step


def _in_print(
    pencil: ImageDraw.ImageDraw, text: str, face: Path, x: float, baseline: float, body: float,
    rng: Rng,
) -> float:  # fmt: skip
    font = _font(face, max(6, round(100 * body / _unit(face))))
    stretch = float(rng.uniform(0.6, 2.2))
    for word in _with_gaps(text):
        if word == " ":
            x += font.getlength(" ") * stretch
            continue
        pencil.text((x, baseline), word, font=font, fill=0, anchor="ls")
        x += font.getlength(word)
    return x


def _with_gaps(text: str) -> list[str]:
    parts: list[str] = []
    for letter in text:
        if parts and letter != " " and parts[-1] != " ":
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _by_hand(
    pencil: ImageDraw.ImageDraw, text: str, face: Path, x: float, baseline: float, body: float,
    rng: Rng,
) -> float:  # fmt: skip
    """Draw letter by letter: no two alike, and none quite on the line."""
    size = body * float(rng.uniform(0.9, 1.75))
    ink, tight = int(rng.integers(0, 90)), float(rng.uniform(-0.12, 0.2)) * body
    drift, climb, start = 0.0, float(rng.normal(0, 0.02)), x
    for cluster in _clusters(text):
        font = _font(face, max(6, round(100 * size * float(rng.uniform(0.9, 1.1)) / _unit(face))))
        drift = 0.7 * drift + float(rng.normal(0, 0.07)) * body
        y = baseline + drift + climb * (x - start) + 0.12 * (size - body)
        pencil.text((x, y), cluster, font=font, fill=ink, anchor="ls")
        x += font.getlength(cluster) + tight * float(rng.uniform(0.5, 1.5))
    return x


def _clusters(text: str) -> list[str]:
    clusters: list[str] = []
    for letter in text:
        if clusters and letter in _MARKS:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _worn(image: Gray, top: float, body: float, rng: Rng) -> tuple[Gray, float]:
    page = _bent(image, body, rng)
    across = float(rng.uniform(0.82, 1.2))
    page = np.asarray(
        cv2.resize(page, None, fx=across, fy=1.0, interpolation=cv2.INTER_AREA), np.uint8
    )
    wear = rng.random()
    stroke = np.ones((2, 2) if body < 22 else (3, 3), np.uint8)
    if wear < 0.22:
        page = np.asarray(cv2.erode(page, stroke), np.uint8)
    elif wear < 0.36 and body > 16:
        page = np.asarray(cv2.dilate(page, np.ones((2, 2), np.uint8)), np.uint8)
    page = np.asarray(
        cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.02, 0.06)) * body), np.uint8
    )
    if rng.random() < 0.12:  # a fax: few lines down the page
        low = cv2.resize(page, None, fx=0.7, fy=0.5, interpolation=cv2.INTER_AREA)
        low = np.where(low < 165, 0, 255).astype(np.uint8)
        size = (page.shape[1], page.shape[0])
        page = np.asarray(cv2.resize(low, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    fade = float(rng.uniform(0, 110)) if rng.random() < 0.4 else 0.0
    grey = 255 - (255 - page.astype(np.float32)) * (1 - fade / 255)
    grey += rng.normal(0, rng.uniform(0, 16), grey.shape)
    page = np.clip(grey, 0, 255).astype(np.uint8)
    page = _holes(page, rng)
    if rng.random() < 0.3:
        page = np.where(page < rng.uniform(90, 190), 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 80))]
        page = np.asarray(cv2.imdecode(cv2.imencode(".jpg", page, quality)[1], 0), np.uint8)
    return page, top


def _holes(page: Gray, rng: Rng) -> Gray:
    """Drop toner and add dust."""
    if rng.random() > 0.2:
        return page
    page = page.copy()
    height, width = page.shape
    for _ in range(int(rng.integers(1, 1 + width // 40))):
        x, y, side = int(rng.integers(width)), int(rng.integers(height)), int(rng.integers(1, 4))
        page[y : y + side, x : x + side] = 255 if rng.random() < 0.75 else 30
    return page


def _bent(page: Gray, body: float, rng: Rng) -> Gray:
    """Lean the row a little, and bend its letters as paper and hands do."""
    height, width = page.shape
    lean, rise = float(rng.normal(0, 0.06)), float(rng.normal(0, 0.006))
    middle = height / 2
    turn = np.array([[1, lean, -lean * middle], [rise, 1, -rise * width / 2]], np.float32)
    page = np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=255), np.uint8)
    if rng.random() > 0.4:
        return page
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    knots = (3, max(3, round(width / (0.8 * body))))
    for axis in (down, across):
        push = rng.normal(0, 0.05 * body, knots).astype(np.float32)
        axis += cv2.resize(push, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.remap(page, across, down, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _as_strip(page: Gray, top: float, body: float, wobble: float, rng: Rng) -> Gray:
    """Keep the ink alone and bring it to reading size, measured as wrongly as rows are."""
    level = int(np.clip(cv2.threshold(page, 0, 255, cv2.THRESH_OTSU)[0] + 10, 90, 200))
    near = cv2.dilate((page < level).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    page = np.where(near, page, 255).astype(np.uint8)
    scale = BODY / body * float(rng.uniform(1 - wobble, 1 + wobble))
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    small = np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    columns = np.flatnonzero((small < 200).any(axis=0))
    if not len(columns):
        return np.full((HEIGHT, 2 * MARGIN + 1), 255, np.uint8)
    small = small[:, columns[0] : columns[-1] + 1]
    foot = round((top + body) * scale + float(rng.normal(0, 0.06)) * BODY)
    strip = np.full((HEIGHT, small.shape[1] + 2 * MARGIN), 255, np.uint8)
    shift = BAND[1] - foot
    first, last = max(0, -shift), min(small.shape[0], HEIGHT - shift)
    strip[first + shift : last + shift, MARGIN : MARGIN + small.shape[1]] = small[first:last]
    return strip
