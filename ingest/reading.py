"""Reads a file from bytes to letters: render → upright → OCR → fields → suggestion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

import classify
import extract
from ingest.layer import text_layer
from ingest.limits import Limits
from ingest.opening import CannotOpen, render_page
from models.letters import LetterKind, MediaType, OcrPage, PageState, Reading
from ocr.reader import Reader, read_page
from ocr.text_layer import second_reading
from ocr.upright import put_upright

_VIEW_QUALITY = 82  # JPEG; an A4 page at 200 dpi takes about 300 kB
_VIEW_HEIGHT = 2400  # pixels of the longer side, enough to read every tone mark


@dataclass(frozen=True, slots=True)
class Machine:
    """All that reading needs, put together once by the front door."""

    reader: Reader
    gazetteer: extract.Gazetteer
    classifier: classify.TrainedModel
    limits: Limits


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page's reading, and the picture that was read, as JPEG (None where there is none)."""

    page: OcrPage
    view: bytes | None


def read_one_page(path: Path, media_type: MediaType, number: int, machine: Machine) -> PageResult:
    """Read page ``number`` of a file. A page that cannot be opened is unread, with the reason."""
    try:
        pixels = render_page(path, media_type, number, machine.limits)
    except CannotOpen as error:
        page = OcrPage(number, 0, 0, PageState.UNREAD, reason=str(error))
        return PageResult(page, None)
    upright = put_upright(pixels)
    page = read_page(upright.image, number, machine.reader)
    if media_type is MediaType.PDF and upright.quarter_turns == 0:
        page = second_reading(page, text_layer(path, number))
    return PageResult(page, _jpeg(upright.image))


def _jpeg(image: NDArray[np.uint8]) -> bytes:
    scale = min(1.0, _VIEW_HEIGHT / max(image.shape[:2]))
    if scale < 1.0:
        smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        image = np.asarray(smaller, np.uint8)
    options = [cv2.IMWRITE_JPEG_QUALITY, _VIEW_QUALITY]
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    return bytes(encoded)


def read_letters(pages: Sequence[OcrPage], machine: Machine, today: dt.date) -> tuple[Reading, ...]:
    """Find the letters in a file's pages and read each: its fields, and what it is about."""
    return tuple(
        _read_letter(number, letter, machine, today)
        for number, letter in enumerate(extract.split_letters(pages), start=1)
    )


def _read_letter(
    number: int, pages: tuple[OcrPage, ...], machine: Machine, today: dt.date
) -> Reading:
    fields = extract.read_fields(pages, machine.gazetteer, today)
    about_complaint = fields.kind in (LetterKind.COMPLAINT, LetterKind.OTHER)
    suggestion = classify.suggest(pages, machine.classifier) if about_complaint else None
    return Reading(number, pages, fields, suggestion)
