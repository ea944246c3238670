"""Reads one page of a file: render → codes → upright → OCR; many at once, in processes."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.layer import text_layer
from ingest.limits import Limits
from ingest.opening import CannotOpen, render_page
from ingest.page_codes import separator_page, with_codes
from ingest.pictures import PictureOpener
from ingest.reading_process import settle
from models.letters import MediaType, OcrPage, PageState
from ocr.codes import read_codes
from ocr.digits import load_digit_model
from ocr.look import look_of
from ocr.number_reader import NumberReader
from ocr.reader import Reader, read_page
from ocr.tesseract import RAW_LINE, SINGLE_LINE, tesseract_engine
from ocr.text_layer import second_reading

_VIEW_QUALITY = 82  # JPEG; an A4 page at 200 dpi takes about 300 kB
VIEW_LONGEST = 2400  # pixels of the longer side, enough to read every tone mark
_DIED = "โปรแกรมอ่านหน้าหยุดกะทันหัน กรุณาอ่านจากภาพ"


@dataclass(frozen=True, slots=True)
class ReaderPlan:
    """What a process needs to make its own reader."""

    digit_model: Path
    engine_name: str
    limits: Limits

    def reader(self) -> Reader:
        """Make the reader.

        Raises:
            DigitModelError: the model of Thai digits is missing or damaged.
        """
        seconds = self.limits.page_seconds
        return Reader(
            tesseract_engine(seconds=seconds, layout=RAW_LINE),
            tesseract_engine(seconds=seconds, layout=SINGLE_LINE),
            load_digit_model(self.digit_model),
            NumberReader(),
            self.engine_name,
        )


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page's reading, and the picture that was read, as JPEG (None where there is none).

    ``look`` tells another scan of the same sheet, see ocr.look.
    """

    page: OcrPage
    view: bytes | None
    look: str | None = None


@dataclass(frozen=True, slots=True)
class PageJob:
    """Which page of which file."""

    path: Path
    media_type: MediaType
    number: int


def read_one_page(
    job: PageJob, reader: Reader, limits: Limits, pictures: PictureOpener
) -> PageResult:
    """Read a page of a file. A page that cannot be opened is unread, with the reason."""
    try:
        pixels = render_page(job.path, job.media_type, job.number, limits, pictures)
    except CannotOpen as error:
        return PageResult(unread_page(job.number, str(error)), None)
    codes = read_codes(pixels)
    if separator := separator_page(pixels, codes, job.number):
        return PageResult(separator[0], jpeg(separator[1]))
    read = read_page(pixels, job.number, reader, coded=bool(codes))
    page = with_codes(read.page, codes)
    if job.media_type is MediaType.PDF and not read.turned:
        page = second_reading(page, text_layer(job.path, job.number))
    return PageResult(page, jpeg(read.image), look_of(read.image))


def unread_page(number: int, reason: str) -> OcrPage:
    """Return a page that a person must read."""
    return OcrPage(number, 0, 0, PageState.UNREAD, reason=reason)


def jpeg(image: NDArray[np.uint8], longest: int = VIEW_LONGEST) -> bytes:
    """Return the picture that an officer sees of a page, as JPEG."""
    scale = min(1.0, longest / max(image.shape[:2]))
    if scale < 1.0:
        smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        image = np.asarray(smaller, np.uint8)
    options = [cv2.IMWRITE_JPEG_QUALITY, _VIEW_QUALITY]
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    return bytes(encoded)


_own: tuple[Reader, Limits, PictureOpener] | None = None  # of a child process, made once by _begin


def _begin(plan: ReaderPlan) -> None:
    global _own
    _own = plan.reader(), plan.limits, PictureOpener()
    settle()


def _work(job: PageJob) -> PageResult:
    assert _own is not None
    return read_one_page(job, *_own)


class PagePool:
    """Processes that read pages, one for every core. One that dies takes only its page along."""

    def __init__(self, plan: ReaderPlan, processes: int) -> None:
        self._plan, self._processes = plan, processes
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork of a process with threads may hang.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, context, _begin, (self._plan,))

    def submit(self, job: PageJob) -> Future[PageResult]:
        """Start reading a page; after a broken pool with fresh processes."""
        try:
            return self._pool.submit(_work, job)
        except BrokenProcessPool:
            self._pool = self._new_pool()
            return self._pool.submit(_work, job)

    def read(self, job: PageJob) -> PageResult:
        """Read a page, twice if its process died under it; then it is left to a person."""
        for _ in range(2):
            try:
                return self.submit(job).result()
            except BrokenProcessPool:
                continue
        return PageResult(unread_page(job.number, _DIED), None)

    def close(self) -> None:
        """End the processes; pages under way are finished first."""
        self._pool.shutdown(cancel_futures=True)
