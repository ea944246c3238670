"""Error rates and lost lines, ours beside plain Tesseract's."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from rich.table import Table

from benchmarks import plain_tesseract
from benchmarks.error_rate import character_error_rate, lost_lines, without_unmatched_lines
from benchmarks.readings import BothReadings, by_group
from benchmarks.sets import REAL_GROUP

_CAPTION = """\
หน้าที่วาดใช้แบบอักษรและข้อความของส่วนวัดผล ซึ่งไม่เคยใช้ปรับแต่ง (แต่แบบจำลองเลขไทยฝึกจากแบบอักษรไทยทุกแบบในเครื่อง)
หัวหนังสือ: หนึ่งในสามบนของหน้าแรก ส่วนตัวอย่างและสแกนจริงมีแต่ข้อความ จึงนับหนึ่งในสามแรกของบรรทัดในเฉลย
ดีที่สุด: psm ที่ CER ต่ำสุดของแต่ละไฟล์ · อัตราส่วนคิดจากค่าเฉลี่ย"""
_LEFT_OUT_CAPTION = """\
เฉลยของสแกนจริงเว้นตราประทับและลายเซ็นไว้ จึงตัดบรรทัดที่อ่านได้ออกเมื่ออักษรตรงกับเฉลย ณ ที่ที่เทียบกันได้ไม่ถึงร้อยละ 40
ตัดแบบเดียวกันทั้งสองโปรแกรม"""


def reading_table(readings: Sequence[BothReadings]) -> Table:
    """Return the error rates and lost lines by group."""
    table = Table(title="อัตราอักษรผิด (CER, ไม่นับช่องว่าง) เทียบกับ tesseract -l tha", caption=_CAPTION)
    table.add_column("ชุด")
    for heading in (
        *("ไฟล์", "หน้า", "psm 3", "psm 4", "psm 6", "ดีที่สุดต่อไฟล์"),
        *("saraban เฉลี่ย", "saraban มัธยฐาน", "อัตราส่วน"),
        *("บรรทัดหาย เดิม/เรา", "บรรทัดหายในหัวหนังสือ เดิม/เรา"),
    ):
        table.add_column(heading, justify="right")
    for name, group in by_group(readings).items():
        table.add_row(name, *_row(group))
    return table


def _row(group: Sequence[BothReadings]) -> list[str]:
    modes = [
        statistics.mean(each.plain_rates[mode] for each in group) for mode in plain_tesseract.MODES
    ]
    pages = sum(len(each.pages) for each in group)
    best, ours = [each.best_rate for each in group], [each.our_rate for each in group]
    return [
        str(len(group)),
        str(pages),
        *(f"{rate:.2%}" for rate in modes),
        *_rates(best, ours),
        _lost([each.file.text for each in group], group),
        _lost([each.file.head for each in group], group),
    ]


def _rates(best: Sequence[float], ours: Sequence[float]) -> list[str]:
    """Return the mean of the best, mean and median of ours, and the ratio of the means."""
    base, mean = statistics.mean(best), statistics.mean(ours)
    ratio = f"{mean / base:.2f}" if base else "–"
    return [f"{base:.2%}", f"{mean:.2%}", f"{statistics.median(ours):.2%}", ratio]


def _lost(truths: Sequence[str], group: Sequence[BothReadings]) -> str:
    both = list(zip(truths, group, strict=True))
    plain = sum(lost_lines(truth, each.best) for truth, each in both)
    ours = sum(lost_lines(truth, each.ours) for truth, each in both)
    return f"{plain}/{ours}"


def left_out_table(readings: Sequence[BothReadings]) -> Table:
    """Return the error rates of the real scans, lines that their truth leaves out not counted."""
    table = Table(title="สแกนจริง CER ไม่นับที่เฉลยเว้นไว้", caption=_LEFT_OUT_CAPTION)
    for heading in ("ไฟล์", "ดีที่สุดต่อไฟล์", "saraban เฉลี่ย", "saraban มัธยฐาน", "อัตราส่วน"):
        table.add_column(heading, justify="right")
    real = [each for each in readings if each.file.group == REAL_GROUP]
    best = [_rate_of_the_typed(each.file.text, each.best) for each in real]
    ours = [_rate_of_the_typed(each.file.text, each.ours) for each in real]
    table.add_row(str(len(real)), *_rates(best, ours))
    return table


def _rate_of_the_typed(truth: str, read: str) -> float:
    return character_error_rate(truth, without_unmatched_lines(truth, read))
