"""Sheets of A4 drawn to be printed: millimetres, shaped Thai text, bar codes, a PDF of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

from models.letters import CodeKind
from ocr.codes import code_picture
from ocr.digit_training import NoThaiFont

DPI = 300
WIDTH, HEIGHT = 210.0, 297.0  # millimetres
_FACES = ("Laksaman", "Loma", "Waree", "Garuda")  # of fonts-thai-tlwg, best first


class NoShaping(NoThaiFont):
    """Pillow cannot set Thai tone marks above vowels here."""


def faces_in(folders: Sequence[Path]) -> tuple[Path, Path]:
    """Return the files of a Thai face, regular and bold.

    Raises:
        NoThaiFont: there is none in the folders.
        NoShaping: libfribidi is missing: tone marks would be printed over vowels.
    """
    if not features.check("raqm"):
        raise NoShaping("ไม่พบไลบรารี libfribidi0 วรรณยุกต์จะทับสระ ให้ติดตั้งแพ็กเกจ libfribidi0")
    for face in _FACES:
        for folder in folders:
            for plain in folder.rglob(f"{face}.ttf"):
                bold = plain.with_name(f"{face}-Bold.ttf")
                if bold.exists():
                    return plain, bold
    raise NoThaiFont("ไม่พบแบบอักษรไทยสำหรับพิมพ์ ให้ติดตั้งแพ็กเกจ fonts-thai-tlwg")


class Sheet:
    """An A4 page in the making; places and sizes are millimetres from its upper left corner."""

    def __init__(self, faces: tuple[Path, Path]) -> None:
        self._plain, self._bold = faces
        self._image = Image.new("1", (_pixels(WIDTH), _pixels(HEIGHT)), 1)
        self._pen = ImageDraw.Draw(self._image)

    def bar(self, left: float, top: float, width: float, height: float) -> None:
        """Draw a black bar."""
        corner = (_pixels(left), _pixels(top))
        far = (_pixels(left + width) - 1, _pixels(top + height) - 1)
        self._pen.rectangle((*corner, *far), fill=0)

    def text(
        self, left: float, top: float, said: str, size: float, *, bold: bool = False,
        centred: bool = False, widest: float | None = None,
    ) -> None:  # fmt: skip
        """Write a line of text of a size (em); smaller where it would be wider than ``widest``."""
        font = self._font(size, bold)
        if widest is not None and font.getlength(said) > _pixels(widest):
            font = self._font(size * _pixels(widest) / font.getlength(said), bold)
        place = (_pixels(left), _pixels(top))
        self._pen.text(place, said, fill=0, font=font, anchor="ma" if centred else "la")

    def _font(self, size: float, bold: bool) -> ImageFont.FreeTypeFont:
        path = self._bold if bold else self._plain
        return ImageFont.truetype(str(path), _pixels(size), layout_engine=ImageFont.Layout.RAQM)

    def code(
        self, left: float, top: float, kind: CodeKind, said: str, width: float, height: float
    ) -> None:
        """Draw a bar code within a place, its modules whole pixels, in the middle of it."""
        cells = code_picture(kind, said)
        scale = max(1, _pixels(width) // cells.shape[1])
        tall = scale if kind is CodeKind.QR else _pixels(height)
        picture = np.kron(cells, np.ones((tall, scale), np.bool_))
        beside = (_pixels(width) - picture.shape[1]) // 2, (_pixels(height) - picture.shape[0]) // 2
        place = (_pixels(left) + beside[0], _pixels(top) + beside[1])
        self._image.paste(Image.fromarray(~picture), place)

    def twice(self) -> None:
        """Draw the upper half once more below, standing on its head."""
        half = self._image.crop((0, 0, self._image.width, self._image.height // 2))
        lower = half.transpose(Image.Transpose.ROTATE_180)
        self._image.paste(lower, (0, self._image.height - lower.height))

    def pixels(self) -> NDArray[np.uint8]:
        """Return the sheet as a scanner at 300 dpi would see it, in RGB."""
        return np.asarray(self._image.convert("RGB"), np.uint8)

    @property
    def image(self) -> Image.Image:
        """Return the picture itself, black and white."""
        return self._image


def pdf_of(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the sheets as a PDF of A4 pages."""
    file = io.BytesIO()
    first, *others = [sheet.image for sheet in sheets]
    # No dates: the same sheets give the same bytes.
    first.save(
        file, "PDF", resolution=DPI, save_all=True, append_images=others,
        title=title, creationDate="", modDate="",
    )  # fmt: skip
    return file.getvalue()


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * DPI)
