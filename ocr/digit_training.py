"""Fits the Thai digit model on glyphs drawn in the fonts of this machine.

The only place in ocr/ that imports scikit-learn; reading itself needs numpy alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from ocr.digits import CLASSES, DigitModel, Features, glyph_features
from ocr.raster import Gray

CONSONANTS = "กขคฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
VOWELS = "ะาเแโใไๆฯฤ"
LATIN = "0123456789ABCDEFGHKLMNOPRSTUVXYZabcdeghknoprstuvz"
SIGNS = "-()%&:+?"
# Letters that run together in small or bold type look like one sign: เภ like ๓, รา like ๆ.
_RUN_TOGETHER = (
    "เภ เก เร เล เม แล การ รา มา นา ทา วา งา ถา อา ดา ระ จะ กร รณ ตร วร พร รร ชา หา สา ภา"
)
TOUCHING = tuple(_RUN_TOGETHER.split())
# A digit that touches its slash is neither: ๓/ would pass for ๗.
TOUCHING_SIGNS = tuple(f"{digit}/" for digit in "๐๑๒๓๔๕๖๗๘๙") + tuple(
    f"/{digit}" for digit in "๐๑๒๓๔๕๖๗๘๙"
)
_DIGIT_DRAWINGS = 150  # per digit and font
_OTHER_DRAWINGS = 9  # per other letter and font
_BODIES = (13, 18, 25)  # heights of a consonant in pixels: fax, 200 dpi, 300 dpi
_ROUNDS = 30
_TURN, _LEAN = 2.5, 0.08  # spread of a drawing's rotation (degrees) and slant (across per down)
_BENT = 1 / 3  # share of drawings bent out of shape


class NoThaiFont(Exception):
    """There is no Thai font to draw training digits with."""


def thai_fonts(folders: Sequence[Path]) -> list[Path]:
    """Return the upright TrueType fonts in the folders that have Thai digits."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*.[to]tf")):
            if "Oblique" not in path.stem and "Italic" not in path.stem and _has_thai(path):
                found.append(path)
    if not found:
        raise NoThaiFont("ไม่พบแบบอักษรไทย ให้ติดตั้งแพ็กเกจ fonts-thai-tlwg แล้วสั่ง saraban train")
    return found


def _has_thai(path: Path) -> bool:
    try:
        font = ImageFont.truetype(str(path), 24)
    except OSError:
        return False
    missing = font.getmask("\U0010fffd").getbbox()
    return font.getmask("๖").getbbox() not in (None, missing)


def train_digit_model(fonts: Sequence[Path], seed: int = 1) -> DigitModel:
    """Draw digits, letters and signs in every font, worn as a scanner wears them, and fit.

    The same fonts and seed give the same model.
    """
    rng = np.random.default_rng(seed)
    features: list[Features] = []
    labels: list[int] = []
    for font in fonts:
        of_font, glyphs, bodies = zip(*_drawings(font, rng), strict=True)
        features.append(glyph_features(glyphs, bodies))
        labels += of_font
    network = MLPClassifier(
        hidden_layer_sizes=(128,),
        alpha=1e-3,
        batch_size=256,
        max_iter=_ROUNDS,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # The rounds are few on purpose: more of them fit the fonts of this machine too closely.
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(np.concatenate(features), np.array(labels))
    hidden, output = (np.asarray(layer, np.float32) for layer in network.coefs_)
    biases = [np.asarray(layer, np.float32) for layer in network.intercepts_]
    return DigitModel(hidden, biases[0], output, biases[1])


def _drawings(path: Path, rng: np.random.Generator) -> Iterator[tuple[int, Gray, float]]:
    others = CONSONANTS + VOWELS + LATIN + SIGNS
    no_digit = len(CLASSES)
    unit = _ink_height(ImageFont.truetype(str(path), 100), "อ")
    for body in _BODIES:
        font = ImageFont.truetype(str(path), round(100 * body / unit))
        for label, letter in enumerate(CLASSES):
            for _ in range(_DIGIT_DRAWINGS // len(_BODIES)):
                for glyph in _worn(font, letter, rng)[:1]:
                    if glyph.shape[0] > 0.7 * body:  # a sign broken in two teaches nothing
                        yield label, glyph, _wobble(body, rng)
        for letter in others:
            for _ in range(_OTHER_DRAWINGS // len(_BODIES)):
                for glyph in _worn(font, letter, rng):
                    yield no_digit, glyph, _wobble(body, rng)
        for letters in TOUCHING + TOUCHING_SIGNS:
            for glyph in _worn(font, letters, rng, body / 5)[:1]:
                if glyph.shape[1] > 1.1 * body:  # they did run together
                    yield no_digit, glyph, _wobble(body, rng)


def _ink_height(font: ImageFont.FreeTypeFont, letter: str) -> float:
    _, top, _, bottom = font.getbbox(letter)
    return float(bottom - top)


def _wobble(body: float, rng: np.random.Generator) -> float:
    """The body height of a real line is itself a measurement."""
    return float(body * rng.uniform(0.88, 1.12))


def _worn(
    font: ImageFont.FreeTypeFont, letters: str, rng: np.random.Generator, tight: float = 0.0
) -> list[Gray]:
    """Draw letters and wear them; return the connected parts, the largest first.

    ``tight`` is by how many pixels each letter is moved towards the one before it.
    """
    left, top, right, bottom = (int(edge) for edge in font.getbbox(letters))
    pad = 8
    image = Image.new("L", (right - left + 2 * pad, bottom - top + 2 * pad), 255)
    pencil, x = ImageDraw.Draw(image), float(pad - left)
    for letter in letters:
        pencil.text((x, pad - top), letter, font=font, fill=0)
        x += font.getlength(letter) - tight
    page = _bent(np.asarray(image, np.uint8), rng)
    stretch = (float(rng.uniform(0.88, 1.12)), float(rng.uniform(0.92, 1.08)))
    page = np.asarray(
        cv2.resize(page, None, fx=stretch[0], fy=stretch[1], interpolation=cv2.INTER_AREA), np.uint8
    )
    wear = rng.random()
    if wear < 0.25:
        page = np.asarray(cv2.erode(page, np.ones((2, 2), np.uint8)), np.uint8)
    elif wear < 0.4:
        page = np.asarray(cv2.dilate(page, np.ones((2, 1), np.uint8)), np.uint8)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), float(rng.uniform(0.3, 0.9))), np.uint8)
    noise = rng.normal(0, rng.uniform(0, 16), page.shape)
    page = np.clip(page.astype(np.float32) + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        page = np.where(page < 128, 0, 255).astype(np.uint8)
    return _parts(page)


def _bent(page: Gray, rng: np.random.Generator) -> Gray:
    """Lean and turn a drawing a little; every third is bent as a hand bends its letters."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, _TURN)), 1.0)
    turn[0, 1] += rng.normal(0, _LEAN)
    page = np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=255), np.uint8)
    if rng.random() > _BENT:
        return page
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    reach = 0.07 * height
    for axis in (down, across):
        push = rng.normal(0, reach, (3, 3)).astype(np.float32)
        axis += cv2.resize(push, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.remap(page, across, down, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _parts(page: Gray) -> list[Gray]:
    ink = (page < 150).astype(np.uint8)
    count, labelled, measured, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels, stats = np.asarray(labelled, np.int32), np.asarray(measured, np.int32)
    order = sorted(range(1, count), key=lambda part: -int(stats[part, cv2.CC_STAT_AREA]))
    return [_cut(page, labels, stats, part) for part in order if stats[part, 4] >= 8][:2]


def _cut(page: Gray, labels: NDArray[np.int32], stats: NDArray[np.int32], part: int) -> Gray:
    left, top, width, height, _ = (int(value) for value in stats[part])
    window = (slice(top, top + height), slice(left, left + width))
    return np.where(labels[window] == part, page[window], 255).astype(np.uint8)
