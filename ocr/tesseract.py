"""Tesseract 5 through pytesseract: the one home of both."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import pytesseract

from ocr.engine import Engine, EngineError, EngineMissing, EngineTimeout, StripReading
from ocr.raster import Gray
from ocr.thai import takes_room

LANGUAGES = ("tha", "eng", "osd")
_OPTIONS = (
    "--oem 1 --dpi 300 -c tessedit_do_invert=0 -c tessedit_create_txt=1 -c tessedit_create_tsv=1"
)
RAW_LINE, SINGLE_LINE = 13, 7  # Tesseract's own numbers for how it looks at a picture
_TIME_IS_OVER = (124, 137, -9)  # exit codes of timeout(1); -9 where it had to kill
_NOT_FOUND = (126, 127)


def tesseract_engine(language: str = "tha", seconds: int = 60, layout: int = SINGLE_LINE) -> Engine:
    """Return an engine that reads all strips of a page in one process with one thread.

    ``layout`` is ``RAW_LINE`` (the picture is the line) or ``SINGLE_LINE`` (it looks for one).

    A page that takes longer than ``seconds`` raises EngineTimeout, its process group killed.
    """
    pytesseract.pytesseract.tesseract_cmd = str(Path(__file__).with_name("tesseract-alone"))
    os.environ["TESSERACT_SECONDS"] = str(seconds)

    def read(strips: Sequence[Gray]) -> tuple[StripReading, ...]:
        with tempfile.TemporaryDirectory(prefix="saraban-ocr-") as folder:
            names = [str(Path(folder, f"{number}.pgm")) for number in range(len(strips))]
            for name, strip in zip(names, strips, strict=True):
                cv2.imwrite(name, strip)
            listing, output = Path(folder, "strips.txt"), Path(folder, "read")
            listing.write_text("\n".join(names) + "\n", "utf-8")
            _run(listing, output, f"{_OPTIONS} --psm {layout}", language, seconds)
            return _collected(output, len(strips))

    return read


def _collected(output: Path, count: int) -> tuple[StripReading, ...]:
    """Read what Tesseract wrote; an engine that says all is well may still have written rubbish."""
    try:
        text = output.with_suffix(".txt").read_text("utf-8")
        table = output.with_suffix(".tsv").read_text("utf-8")
        return _readings(text, table, count)
    except (OSError, ValueError, KeyError, IndexError, TypeError, csv.Error) as error:
        raise EngineError("Tesseract คืนผลที่ใช้ไม่ได้ กรุณาอ่านจากภาพ") from error


def _run(listing: Path, output: Path, options: str, language: str, seconds: int) -> None:
    try:
        pytesseract.pytesseract.run_tesseract(str(listing), str(output), "", language, options)
    except pytesseract.TesseractError as error:
        if error.status in _TIME_IS_OVER:
            raise EngineTimeout(f"อ่านหน้านี้ไม่เสร็จภายใน {seconds} วินาที") from error
        if error.status in _NOT_FOUND or "load" in error.message:
            raise EngineMissing(
                "ไม่พบ Tesseract หรือข้อมูลภาษาไทย ให้ติดตั้ง tesseract-ocr และ tesseract-ocr-tha"
            ) from error
        raise EngineError(f"Tesseract อ่านหน้านี้ไม่ได้ (รหัส {error.status})") from error
    except pytesseract.TesseractNotFoundError as error:
        raise EngineMissing("ไม่พบโปรแกรม timeout ของ coreutils หรือ Tesseract") from error


def _readings(text: str, table: str, count: int) -> tuple[StripReading, ...]:
    """Marry the text (which knows the spaces) with the table (which knows how sure it was).

    For Thai the table's "words" are single letters, so it is good for confidence only.
    """
    pages = text.split("\f")
    if not count <= len(pages) <= count + 1:
        raise EngineError("Tesseract คืนผลไม่ครบทุกบรรทัด")
    found: list[list[tuple[str, float, float, float]]] = [[] for _ in range(count)]
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"] is None:
            raise ValueError("half a row")
        letters = row["text"].strip()
        if row["level"] == "5" and letters:
            left, width = float(row["left"]), float(row["width"])
            found[int(row["page_num"]) - 1].append((letters, left, width, float(row["conf"])))
    return tuple(
        StripReading(
            " ".join(page.split("\n")),
            _confidence(words),
            tuple(_edges(words)),
            digits=_of_digits(words),
        )
        for page, words in zip(pages[:count], found, strict=True)
    )


def _confidence(words: Sequence[tuple[str, float, float, float]]) -> float:
    letters = sum(len(text) for text, *_ in words)
    sure = sum(len(text) * confidence for text, _, _, confidence in words)
    return max(0.0, sure / letters / 100) if letters else 0.0


def _of_digits(words: Sequence[tuple[str, float, float, float]]) -> float:
    return min((sure / 100 for text, *_, sure in words if re.search(r"\d", text)), default=1.0)


def _edges(words: Sequence[tuple[str, float, float, float]]) -> Iterator[tuple[float, float]]:
    """Give every letter that takes room its share of its "word"."""
    for text, left, width, _ in words:
        room = sum(takes_room(letter) for letter in text)
        for place in range(room):
            yield left + width * place / room, left + width * (place + 1) / room


def tesseract_version() -> str:
    """Return the version of the Tesseract on the PATH.

    Raises:
        EngineMissing: there is none.
    """
    try:
        answer = subprocess.run(
            ["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineMissing("ไม่พบ Tesseract ให้ติดตั้ง tesseract-ocr") from error
    return answer.stdout.split("\n", 1)[0].removeprefix("tesseract ").strip()


def tesseract_languages() -> frozenset[str]:
    """Return the languages whose data is installed.

    Raises:
        EngineMissing: there is no Tesseract.
    """
    try:
        answer = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineMissing("ไม่พบ Tesseract ให้ติดตั้ง tesseract-ocr") from error
    return frozenset(answer.stdout.split("\n")[1:]) - {""}
