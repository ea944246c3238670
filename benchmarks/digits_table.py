"""Wrong digits of reference numbers and dates, ours beside plain Tesseract's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.table import Table

from benchmarks.digit_errors import digits_by_hand, digits_that_matter, wrong_digits
from benchmarks.readings import BothReadings, by_group

Writing = Literal["พิมพ์", "ลายมือ", "ไม่แยก"]
_TARGET = 0.25
_CAPTION = f"""\
เลขไทยและเลขอารบิกในเลขที่หนังสือและวันเดือนปีของเฉลย ที่ถูกแทนหรือหายไปเมื่อเทียบอักษรต่ออักษร (๑ กับ 1 ตรงกัน)
เดิม: psm ที่ CER ต่ำสุดของแต่ละไฟล์ · ไม่แยก: เฉลยไม่บอกว่าตัวใดเขียนด้วยมือ · เป้าหมาย: อัตราส่วนไม่เกิน {_TARGET}
แบบจำลองรูปเลขไทยฝึกจากแบบอักษรไทยทุกแบบในเครื่อง ส่วนตัวอ่านเลขในแถวไม่เคยเห็นแบบอักษรของส่วนวัดผล"""


@dataclass(slots=True)
class Count:
    """Digits, and how many of them each program reads wrong."""

    digits: int = 0
    plain: int = 0
    ours: int = 0


def digits_table(readings: Sequence[BothReadings]) -> Table:
    """Return the wrong digits by group, printed and handwritten apart where that is known."""
    table = Table(title="เลขที่ผิดในเลขที่หนังสือและวันที่", caption=_CAPTION)
    for heading in ("ชุด", "แบบ"):
        table.add_column(heading)
    for heading in ("ตัวเลข", "ผิด เดิม", "ผิด เรา", "เดิม", "เรา", "อัตราส่วน"):
        table.add_column(heading, justify="right")
    for name, group in by_group(readings).items():
        for writing, count in _counted(group).items():
            table.add_row(name, writing, *_row(count))
            name = ""
    return table


def _row(count: Count) -> list[str]:
    ratio = f"{count.ours / count.plain:.2f}" if count.plain else "–"
    shares = [f"{wrong / count.digits:.1%}" for wrong in (count.plain, count.ours)]
    return [str(count.digits), str(count.plain), str(count.ours), *shares, ratio]


def _counted(group: Sequence[BothReadings]) -> Mapping[Writing, Count]:
    counts: dict[Writing, Count] = defaultdict(Count)
    for each in group:
        for writing, places in _parted(each).items():
            truth, count = each.file.text, counts[writing]
            count.digits += len(places)
            count.plain += len(wrong_digits(truth, each.best, places))
            count.ours += len(wrong_digits(truth, each.ours, places))
    return {writing: count for writing, count in counts.items() if count.digits}


def _parted(each: BothReadings) -> Mapping[Writing, frozenset[int]]:
    """Return the places of the digits by how they were written."""
    places, by_hand = digits_that_matter(each.file), digits_by_hand(each.file)
    if by_hand is None:
        return {"ไม่แยก": places}
    return {"พิมพ์": places - by_hand, "ลายมือ": places & by_hand}
