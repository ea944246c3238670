"""What scanners, copiers, fax machines and telephones do to a page, with the way back for boxes.

Every function returns the image and the matrix that moves pixels of the clean page onto it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.drawing.truth import Matrix

Pixels = NDArray[np.uint8]
Noise = np.random.Generator
Result = tuple[Image.Image, Matrix]


@dataclass(frozen=True, slots=True)
class Degradation:
    """A way a page may come in: the resolution it is drawn at, and what happens then."""

    name: str
    dpi: int
    apply: Callable[[Image.Image, Noise], Result]
    turned: int = 0


def _clean(image: Image.Image, noise: Noise) -> Result:
    return _scanned(image, noise, 1.5), np.eye(3)


def _skew(image: Image.Image, noise: Noise) -> Result:
    angle = float(noise.uniform(0.6, 2.0) * noise.choice([-1.0, 1.0]))
    turned, matrix = _turn_by(np.asarray(image), angle)
    return _scanned(Image.fromarray(turned), noise, 3.0), matrix


def _photocopy(image: Image.Image, noise: Noise) -> Result:
    grey = np.asarray(image.convert("L")).astype(np.float32)
    height, width = grey.shape
    toner = _cloud(noise, height, width, 7) * 34 - 12  # some regions fade
    grey = 255 - (255 - grey) * 1.25 + toner * (grey < 200)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.7), np.float32)
    grey += noise.normal(0, 5, grey.shape).astype(np.float32)
    edge = np.linspace(0, 1, width, dtype=np.float32)
    grey -= 110 * np.exp(-edge * float(noise.uniform(40, 80)))[None, :]
    _specks(grey, noise, 260)
    turned, matrix = _turn_by(_bytes(np.clip((grey - 128) * 1.3 + 140, 0, 255)),
                              float(noise.uniform(-0.7, 0.7)))  # fmt: skip
    return Image.fromarray(turned).convert("RGB"), matrix


def _fax(image: Image.Image, noise: Noise) -> Result:
    grey = np.asarray(image.convert("L")).astype(np.float32)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.5), np.float32)
    grey += noise.normal(0, 9, grey.shape).astype(np.float32)
    _specks(grey, noise, 150)
    bits = np.where(grey < 168, 0, 255).astype(np.uint8)
    for row in noise.integers(0, bits.shape[0], 3):  # a line lost on the wire
        bits[row, int(noise.integers(0, bits.shape[1] // 2)) :] = 255
    return Image.fromarray(bits).convert("1"), np.eye(3)


def _phone(image: Image.Image, noise: Noise) -> Result:
    width, height = image.size
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    reach = 0.035 * width
    inset = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32) * 0.035 * width
    target = source + inset + noise.uniform(-reach, reach, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    desk = tuple(float(v) for v in noise.integers(70, 120, 3))
    pixels = cv2.warpPerspective(
        np.asarray(image), matrix, (width, height), flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_CONSTANT, borderValue=desk,
    ).astype(np.float32)  # fmt: skip
    light = 0.66 + 0.4 * _cloud(noise, height, width, 2)
    pixels *= light[..., None] * np.array([1.0, 0.97, 0.9], np.float32)
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.9) + noise.normal(0, 4, pixels.shape)
    return _jpeg(Image.fromarray(_bytes(pixels)), 62), np.asarray(matrix, np.float64)


def _colour(image: Image.Image, noise: Noise) -> Result:
    pixels = np.asarray(image).astype(np.float32)
    height, width, _ = pixels.shape
    tint = np.array([0.985, 0.965, 0.90], np.float32) + float(noise.uniform(-0.02, 0.02))
    back = pixels[:, ::-1].mean(axis=2)  # the other side shines through
    bleed = cv2.GaussianBlur(255 - back, (0, 0), 4.0) * 0.05
    pixels = pixels * tint - bleed[..., None]
    pixels *= (0.97 + 0.03 * _cloud(noise, height, width, 4))[..., None]
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.55) + noise.normal(0, 2.5, pixels.shape)
    turned, matrix = _turn_by(_bytes(pixels), float(noise.uniform(-0.5, 0.5)), (236, 232, 218))
    return _jpeg(Image.fromarray(turned), 48), matrix


def _quarter_turn(image: Image.Image, noise: Noise) -> Result:
    width, height = image.size
    del width
    turned = image.transpose(Image.Transpose.ROTATE_270)  # Pillow counts against the clock
    return _scanned(turned, noise, 2.0), np.array([[0, -1, height], [1, 0, 0], [0, 0, 1.0]])


def _upside_down(image: Image.Image, noise: Noise) -> Result:
    width, height = image.size
    turned = image.transpose(Image.Transpose.ROTATE_180)
    return _scanned(turned, noise, 2.0), np.array([[-1, 0, width], [0, -1, height], [0, 0, 1.0]])


DEGRADATIONS = {
    each.name: each
    for each in (
        Degradation("clean", 200, _clean),
        Degradation("clean300", 300, _clean),
        Degradation("skew", 200, _skew),
        Degradation("photocopy", 200, _photocopy),
        Degradation("fax", 150, _fax),
        Degradation("phone", 200, _phone),
        Degradation("colour", 200, _colour),
        Degradation("rotate90", 200, _quarter_turn, 90),
        Degradation("rotate180", 200, _upside_down, 180),
    )
}


def _scanned(image: Image.Image, noise: Noise, strength: float) -> Image.Image:
    pixels = cv2.GaussianBlur(np.asarray(image).astype(np.float32), (0, 0), 0.45)
    pixels = pixels * 0.985 + noise.normal(0, strength, pixels.shape[:2])[..., None]
    return Image.fromarray(_bytes(pixels))


def _turn_by(
    pixels: Pixels, angle: float, paper: tuple[int, int, int] = (255, 255, 255)
) -> tuple[Pixels, Matrix]:
    height, width = pixels.shape[:2]
    affine = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        pixels, affine, (width, height), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=paper,
    )  # fmt: skip
    return np.asarray(turned, np.uint8), np.vstack([affine, [0.0, 0.0, 1.0]])


def _cloud(noise: Noise, height: int, width: int, cells: int) -> NDArray[np.float32]:
    """Return smooth unevenness between 0 and 1."""
    coarse = noise.uniform(0, 1, (cells + 1, cells + 1)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)


def _specks(grey: NDArray[np.float32], noise: Noise, count: int) -> None:
    height, width = grey.shape
    for _ in range(int(noise.integers(count // 2, count))):
        x, y = int(noise.integers(0, width)), int(noise.integers(0, height))
        size = int(noise.integers(1, 3))
        grey[y : y + size, x : x + size] = float(noise.integers(0, 120))


def _bytes(pixels: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.clip(pixels, 0, 255), np.uint8)


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")
