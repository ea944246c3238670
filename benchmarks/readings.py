"""Every measured file as plain Tesseract reads it and as we do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks import plain_tesseract
from benchmarks.error_rate import character_error_rate
from benchmarks.sets import Measured, drawn_group
from ingest.limits import Limits
from ingest.opening import count_pages, render_page
from ingest.page_reading import PageJob, PagePool
from ingest.pictures import PictureOpener
from models.letters import OcrPage

ALL_DRAWN = drawn_group("รวม")


@dataclass(frozen=True, slots=True)
class BothReadings:
    """A file, what plain Tesseract reads in it by ``--psm``, and our pages of it."""

    file: Measured
    plain: Mapping[str, str]
    plain_rates: Mapping[str, float]
    pages: tuple[OcrPage, ...]
    ours: str
    our_rate: float

    @property
    def best_mode(self) -> str:
        """Return the ``--psm`` with the lowest error rate on this file."""
        return min(self.plain_rates, key=lambda mode: self.plain_rates[mode])

    @property
    def best(self) -> str:
        """Return plain Tesseract's best reading."""
        return self.plain[self.best_mode]

    @property
    def best_rate(self) -> float:
        """Return the error rate of plain Tesseract's best reading."""
        return self.plain_rates[self.best_mode]


def read_both(
    files: Iterable[Measured], pool: PagePool, limits: Limits, processes: int, folder: Path
) -> Iterator[BothReadings]:
    """Read the files with both programs; the page images for Tesseract are kept in the folder."""
    with ThreadPoolExecutor(processes) as threads, PictureOpener() as pictures:
        for file in files:
            numbers = range(1, count_pages(file.path, file.media_type, limits) + 1)
            images = [_page_image(file, number, limits, folder, pictures) for number in numbers]
            jobs = [pool.submit(PageJob(file.path, file.media_type, n)) for n in numbers]
            pages = tuple(job.result().page for job in jobs)
            plain = {mode: _plain_text(images, mode, threads) for mode in plain_tesseract.MODES}
            yield _compared(file, plain, pages)


def _page_image(
    file: Measured, number: int, limits: Limits, folder: Path, pictures: PictureOpener
) -> Path:
    path = folder / f"{file.path.stem}-{number}.page.png"
    pixels = render_page(file.path, file.media_type, number, limits, pictures)
    cv2.imwrite(str(path), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    return path


def _plain_text(images: Sequence[Path], mode: str, threads: ThreadPoolExecutor) -> str:
    return "\n".join(threads.map(lambda image: plain_tesseract.read(image, mode), images))


def _compared(file: Measured, plain: Mapping[str, str], pages: tuple[OcrPage, ...]) -> BothReadings:
    ours = "\n".join(page.text for page in pages)
    rates = {mode: character_error_rate(file.text, text) for mode, text in plain.items()}
    return BothReadings(file, plain, rates, pages, ours, character_error_rate(file.text, ours))


def by_group(readings: Sequence[BothReadings]) -> Mapping[str, Sequence[BothReadings]]:
    """Group the files; all that are drawn come once more together."""
    groups: dict[str, list[BothReadings]] = defaultdict(list)
    for each in readings:
        groups[each.file.group].append(each)
    drawn = [each for each in readings if each.file.group.startswith(drawn_group(""))]
    return {**groups, ALL_DRAWN: drawn} if drawn else groups
