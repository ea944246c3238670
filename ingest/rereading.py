"""Reads a page, or a region of it, once more at an officer's wish, in the process that asks.

A region is cut from the picture that the officer sees, so what is read is what was pointed at,
however the page was put upright or turned since. That picture holds more pixels than the reader
uses: it brings every row to the same small height. A whole page is read from its original.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.layer import text_layer
from ingest.opening import CannotOpen, PopplerMissing, render_page
from ingest.page_codes import with_codes
from ingest.page_reading import VIEW_LONGEST, PageResult, ReaderPlan, jpeg
from ingest.pictures import PictureOpener
from models.letters import Box, MediaType, PageState
from ocr.digits import DigitModelError
from ocr.engine import EngineError, EngineMissing
from ocr.reader import Reader, read_as_it_lies, read_cut
from ocr.text_layer import second_reading
from ocr.upright import level

_LEAST = (16, 10)  # pixels across and down that may hold a letter
_MOST = 0.4  # of the page; more than that is read as a whole page
_THUMB = 96  # pixels of the side at which two pictures of a page are compared

_SMALL = "กรอบเล็กเกินไป ลากกรอบให้ครอบตัวอักษรทั้งบรรทัด"
_LARGE = "กรอบใหญ่เกินไป ลากกรอบเฉพาะบรรทัดที่ต้องการ หรือกด “อ่านหน้านี้ใหม่”"
_NO_TEXT = "ไม่พบตัวอักษรที่เครื่องอ่านได้ในกรอบนี้ ลากกรอบใหม่ให้พอดีบรรทัด หรือพิมพ์เองจากภาพ"
_NO_PICTURE = "ไม่มีภาพของหน้านี้ให้อ่าน เปิดต้นฉบับแล้วพิมพ์เอง"


class CannotReread(Exception):
    """Nothing was read; the message says in Thai why and what to do."""


class ReaderUnavailable(CannotReread):
    """This computer lacks what it takes to read."""


@dataclass
class _Readers:
    """A reader made at its first use; it serves one thread at a time."""

    plan: Callable[[], ReaderPlan]
    lock: threading.Lock
    reader: Reader | None = None

    def get(self) -> Reader:
        """Return the reader; call it with the lock held.

        Raises:
            ReaderUnavailable: Tesseract, poppler or the model of Thai digits is missing.
        """
        if self.reader is None:
            try:
                self.reader = self.plan().reader()
            except (EngineMissing, PopplerMissing, DigitModelError) as error:
                raise ReaderUnavailable(f"เครื่องนี้ยังอ่านภาพไม่ได้: {error}") from error
        return self.reader


class Rereading:
    """Reads again what the archive holds. Nobody who points at a line waits for a whole page."""

    def __init__(self, archive: Archive, plan: Callable[[], ReaderPlan]) -> None:
        self._archive, self._plan = archive, plan
        self._regions = _Readers(plan, threading.Lock())
        self._pages = _Readers(plan, threading.Lock())

    def region(self, sha256: str, page: int, box: Box, turn: int) -> tuple[str, ...]:
        """Return the lines of text in a region of a page that is shown turned by ``turn``.

        Raises:
            CannotReread: the region is too small or too large, or holds no text to be read.
        """
        cut = _cut(_turned(self._view(sha256, page), turn), box)
        with self._regions.lock:
            reader = self._regions.get()
            try:
                lines = read_cut(cut, reader)
            except EngineMissing as error:
                raise ReaderUnavailable(str(error)) from error
            except EngineError as error:
                raise CannotReread(str(error)) from error
        found = tuple(line.text for line in lines if line.text.strip())
        if not found:
            raise CannotReread(_NO_TEXT)
        return found

    def page(self, sha256: str, media_type: MediaType, page: int, turn: int) -> PageResult:
        """Read a whole page as it is shown, turned clockwise by ``turn`` degrees.

        Raises:
            CannotReread: nothing was read; what is known of the page stays.
        """
        view = self._view(sha256, page)
        path = self._archive.original(sha256)
        with self._pages.lock:
            reader = self._pages.get()
            try:
                with PictureOpener() as pictures:
                    pixels = render_page(path, media_type, page, self._plan().limits, pictures)
            except CannotOpen as error:
                raise CannotReread(str(error)) from error
            levelled, sideways = level(pixels)
            quarters = _quarters_to(levelled, view) + turn // 90
            read = read_as_it_lies(_turned(levelled, 90 * quarters), page, reader)
        if read.page.state is PageState.UNREAD:
            raise CannotReread(read.page.reason or _NO_TEXT)
        found = with_codes(read.page)
        if media_type is MediaType.PDF and (quarters + sideways) % 4 == 0:
            found = second_reading(found, text_layer(path, page))
        return PageResult(found, jpeg(read.image))

    def picture(self, sha256: str, page: int, turn: int, longest: int | None = None) -> bytes:
        """Return the picture of a page, turned, as JPEG; at most ``longest`` pixels on a side.

        Raises:
            CannotReread: there is none.
        """
        return jpeg(_turned(self._view(sha256, page), turn), longest or VIEW_LONGEST)

    def _view(self, sha256: str, page: int) -> NDArray[np.uint8]:
        try:
            data = np.frombuffer(self._archive.view(sha256, page).read_bytes(), np.uint8)
        except OSError as error:
            raise CannotReread(_NO_PICTURE) from error
        found = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
        if found is None:
            raise CannotReread(_NO_PICTURE)
        return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB), np.uint8)


def _turned(image: NDArray[np.uint8], turn: int) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(image, -(turn // 90)))


def _cut(image: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    left, right = (round(min(max(x, 0.0), 1.0) * width) for x in (box.left, box.right))
    top, bottom = (round(min(max(y, 0.0), 1.0) * height) for y in (box.top, box.bottom))
    if right - left < _LEAST[0] or bottom - top < _LEAST[1]:
        raise CannotReread(_SMALL)
    if (right - left) * (bottom - top) > _MOST * width * height:
        raise CannotReread(_LARGE)
    return np.ascontiguousarray(image[top:bottom, left:right])


def _quarters_to(image: NDArray[np.uint8], view: NDArray[np.uint8]) -> int:
    """Return by how many quarters clockwise an image must turn to lie as a view of it lies."""
    there = _thumb(view)
    likeness = [float(np.sum(_thumb(_turned(image, 90 * n)) * there)) for n in range(4)]
    return int(np.argmax(likeness))


def _thumb(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return a small grey picture with the proportions of no page, of even mean and spread."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_THUMB, _THUMB), interpolation=cv2.INTER_AREA).astype(np.float64)
    small -= small.mean()
    return np.asarray(small / (np.linalg.norm(small) or 1.0), np.float64)
