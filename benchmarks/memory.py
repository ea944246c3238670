"""Peak memory for large pages and long files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from rich.table import Table

from benchmarks.drawing.chance import random_letter
from benchmarks.drawing.draw import draw
from benchmarks.drawing.faces import choose_face
from benchmarks.drawing.files import save
from benchmarks.peak import peak_of_reading
from ingest.page_reading import PageJob, ReaderPlan
from models.letters import MediaType
from models.terms import LetterKind

_LONG, _READ_OF_LONG = 200, 12  # pages
_CAPTION = """\
แต่ละแถวอ่านในกระบวนการใหม่ · ค่าสูงสุดจาก VmHWM ใน /proc รวมแบบจำลองและคลังคำ
โปรแกรมลูก: ตัวที่ใหญ่ที่สุดในตัวเปิดภาพ, poppler และ Tesseract"""


@dataclass(frozen=True, slots=True)
class Case:
    """Pages whose reading is measured, one after the other in one process."""

    name: str
    jobs: tuple[PageJob, ...]


def memory_table(plan: ReaderPlan, folder: Path) -> Table:
    """Measure every case in a fresh process."""
    table = Table(title="หน่วยความจำสูงสุดของกระบวนการอ่าน (MiB)", caption=_CAPTION)
    table.add_column("งาน")
    for heading in ("กระบวนการอ่าน", "โปรแกรมลูก", "รวมไม่เกิน"):
        table.add_column(heading, justify="right")
    for case in _cases(folder):
        peak = peak_of_reading(plan, case.jobs)
        sizes = (peak.own, peak.child, peak.own + peak.child)
        table.add_row(case.name, *(f"{size / 1024:.0f}" for size in sizes))
    return table


def _cases(folder: Path) -> Iterator[Case]:
    colour, grey, long = folder / "a4-300.png", folder / "a4-600.png", folder / "a4-long.pdf"
    page = _page("clean300")
    save([page], colour)
    yield Case("PNG A4 สี 300 dpi", (PageJob(colour, MediaType.PNG, 1),))
    page.convert("L").resize((2 * page.width, 2 * page.height)).save(grey, dpi=(600, 600))
    yield Case("PNG A4 เทา 600 dpi", (PageJob(grey, MediaType.PNG, 1),))
    save([_page("clean")] * _LONG, long)
    step = (_LONG - 1) / (_READ_OF_LONG - 1)
    numbers = [1 + round(n * step) for n in range(_READ_OF_LONG)]
    jobs = tuple(PageJob(long, MediaType.PDF, number) for number in numbers)
    yield Case(f"PDF {_LONG} หน้า (อ่าน {_READ_OF_LONG} หน้า กระจายทั้งไฟล์)", jobs)


def _page(degradation: str) -> Image.Image:
    """Draw the first page of a letter, the same one every time."""
    rng = random.Random("bench/memory")
    letter = random_letter(LetterKind.EXTERNAL, rng, "measuring")
    face = choose_face("measuring", letter.style, rng)
    return draw(letter, face, degradation, 1)[0][0]
