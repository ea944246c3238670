"""Opens foreign files in confined child processes: counts their pages, renders one, unpacks ZIPs.

The one home of pdf2image. The process that calls us never decodes a foreign file itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdf2image import convert_from_path, pdfinfo_from_path
from pdf2image.exceptions import PDFPageCountError, PDFSyntaxError

from ingest.limits import Limits
from ingest.pictures import PictureOpener
from models.letters import MediaType

CONFINED = Path(__file__).with_name("confined")
POPPLER = ("pdftoppm", "pdfinfo", "pdftotext", "pdfimages")
_LEAST_DPI, _MOST_DPI = 200, 300
_POINTS_PER_INCH = 72
_PICTURE = 90_000  # pixels from which an image in a PDF may be a scan, not a logo

_PROBLEMS = {
    "password": "ไฟล์มีรหัสผ่าน ให้ปลดรหัสผ่านแล้วส่งใหม่",
    "broken": "ไฟล์เสียหรือไม่สมบูรณ์ เปิดไม่ได้ ให้สแกนหรือส่งใหม่",
    "pages": "ไฟล์มีหน้ามากเกินกำหนด ให้แบ่งเป็นหลายไฟล์",
    "pixels": "ภาพใหญ่เกินกำหนด ให้สแกนที่ 300 dpi หรือต่ำกว่า",
    "time": "เปิดไฟล์นานเกินกำหนด ไฟล์อาจเสีย ให้สแกนใหม่",
    "entries": "ไฟล์ ZIP มีรายการมากเกินกำหนด ให้แบ่งเป็นหลายไฟล์",
    "bytes": "ไฟล์ ZIP แตกออกแล้วใหญ่เกินกำหนด ให้แบ่งเป็นหลายไฟล์",
    "ratio": "ไฟล์ ZIP บีบอัดผิดปกติ จึงไม่เปิด ให้ส่งไฟล์ข้างในโดยตรง",
    "overlap": "ไฟล์ ZIP ผิดรูปแบบ จึงไม่เปิด ให้ส่งไฟล์ข้างในโดยตรง",
    "method": "ไฟล์ ZIP ใช้วิธีบีบอัดที่ไม่รองรับ ให้บีบอัดใหม่แบบปกติ",
    "link": "ไฟล์ ZIP มีทางลัดแทนไฟล์จริง ให้ส่งไฟล์ข้างในโดยตรง",
}


class CannotOpen(Exception):
    """A file or page cannot be opened; the message tells an officer why and what to do."""

    def __init__(self, problem: str, entry: int = 0) -> None:
        where = f" (รายการที่ {entry})" if entry else ""
        super().__init__(_PROBLEMS[problem] + where)
        self.problem = problem


class PopplerMissing(Exception):
    """Poppler's programs are not installed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was inside a ZIP."""

    name: str
    path: Path


def count_pages(path: Path, media_type: MediaType, limits: Limits) -> int:
    """Return how many pages a file has.

    Raises:
        CannotOpen: it is broken, encrypted, too large or too long.
    """
    if media_type is MediaType.PDF:
        pages = int(_pdf_info(path, limits)["Pages"])
        if pages > limits.pages:
            raise CannotOpen("pages")
        if pages < 1:
            raise CannotOpen("broken")
        return pages
    answer = _ask("open_image.py", ["count", path, limits.pages, limits.page_pixels], limits)
    return int(answer["pages"])


def render_page(
    path: Path, media_type: MediaType, number: int, limits: Limits, pictures: PictureOpener
) -> NDArray[np.uint8]:
    """Return page ``number`` (from 1) as RGB pixels; ``pictures`` opens all but PDF files.

    Raises:
        CannotOpen: the page is broken or too large.
    """
    if media_type is MediaType.PDF:
        return _render_pdf(path, number, limits)
    began = time.monotonic()
    answer, pixels = pictures.render(path, number, limits)
    if "problem" in answer:
        raise CannotOpen(str(answer["problem"]))
    if pixels is None:
        raise CannotOpen(_why(began, limits))
    return pixels


def unpack(path: Path, folder: Path, limits: Limits) -> list[Entry]:
    """Unpack a ZIP into an empty folder.

    Raises:
        CannotOpen: the ZIP breaks a rule; nothing of it is taken then.
    """
    bounds = [limits.zip_entries, limits.zip_bytes, limits.zip_ratio]
    answer = _ask("open_zip.py", [path, folder, *bounds], limits)
    return [Entry(name, folder / str(number)) for number, name in enumerate(answer["names"])]


def _ask(script: str, arguments: list[object], limits: Limits) -> dict[str, Any]:
    command = [CONFINED / "confine", sys.executable, "-I", CONFINED / script, *arguments]
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    environment["CONFINE_SECONDS"] = str(limits.open_seconds)
    began = time.monotonic()
    child = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        check=False,
        env=environment,
        start_new_session=True,
    )
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        raise CannotOpen(_why(began, limits)) from error
    if "problem" in answer:
        raise CannotOpen(str(answer["problem"]), int(answer.get("entry", 0)))
    return dict(answer)


def _why(began: float, limits: Limits) -> str:
    """Tell why a child gave nothing: its time was over, or the file is broken."""
    return "time" if time.monotonic() - began >= limits.open_seconds else "broken"


def require_poppler() -> None:
    """Make sure that PDF files can be opened.

    Raises:
        PopplerMissing: a program of poppler's is not on the PATH.
    """
    lacking = [name for name in POPPLER if shutil.which(name) is None]
    if lacking:
        raise PopplerMissing(f"ไม่พบ {', '.join(lacking)} ให้ติดตั้ง poppler-utils")


def _pdf_info(path: Path, limits: Limits, page: int = 1) -> dict[str, Any]:
    os.environ["CONFINE_SECONDS"] = str(limits.open_seconds)
    began = time.monotonic()
    try:
        info = pdfinfo_from_path(
            str(path), poppler_path=str(CONFINED), first_page=page, last_page=page
        )
    except PDFPageCountError as error:
        require_poppler()  # or the file would be blamed for it
        if "assword" in str(error):
            raise CannotOpen("password") from error
        raise CannotOpen(_why(began, limits)) from error
    return dict(info)


def _render_pdf(path: Path, number: int, limits: Limits) -> NDArray[np.uint8]:
    size = str(_pdf_info(path, limits, number).get(f"Page {number:4d} size", ""))
    dpi = _page_dpi(path, number)
    points = [float(part) for part in size.split() if part.replace(".", "", 1).isdigit()][:2]
    if len(points) == 2:
        inches = points[0] * points[1] / _POINTS_PER_INCH**2
        dpi = min(dpi, int((limits.page_pixels / max(inches, 0.01)) ** 0.5))
    if dpi < 50:
        raise CannotOpen("pixels")
    began = time.monotonic()
    try:
        images = convert_from_path(
            str(path), dpi, first_page=number, last_page=number, poppler_path=str(CONFINED)
        )
    except (PDFPageCountError, PDFSyntaxError, OSError, ValueError) as error:
        raise CannotOpen(_why(began, limits)) from error
    if not images:
        raise CannotOpen(_why(began, limits))
    return np.asarray(images[0].convert("RGB"), np.uint8)


def _page_dpi(path: Path, number: int) -> int:
    """Return the resolution at which the page was scanned, within what reading can use."""
    answer = subprocess.run(
        [CONFINED / "pdfimages", "-list", "-f", str(number), "-l", str(number), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [_LEAST_DPI]
    for row in answer.stdout.splitlines()[2:]:
        columns = row.split()
        if (
            len(columns) > 13
            and columns[12].isdigit()
            and int(columns[3]) * int(columns[4]) > _PICTURE
        ):
            found.append(int(columns[12]))
    return min(_MOST_DPI, max(found))
