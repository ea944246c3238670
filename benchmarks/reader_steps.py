"""The steps of the reader that ``benchmarks.bench_steps`` switches off, one at a time.

A target is the name under which the code that calls a function finds it: one that ``ocr.reader``
imported from elsewhere is patched in ``ocr.reader``. When the reader changes, change ``STEPS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

import cv2
import numpy as np

from ocr.pieces import Numeral
from ocr.raster import Gray, Ints, Rgb
from ocr.rows import Row
from ocr.second_look import Outcome
from ocr.thai import is_noise

Replacement = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the reader, and what stands in for its functions when it is switched off."""

    name: str
    patches: tuple[tuple[str, Replacement], ...]


def _unchanged(given: Any, *others: object) -> Any:
    return given


def _copied(ink: Gray, *others: object) -> Gray:
    return ink.copy()


def _luminance(rgb: Rgb) -> Gray:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def _no_patches(*patches: object) -> Ints:
    return np.zeros(0, np.int32)


def _no_numerals(rows: Sequence[Row], *model: object) -> list[tuple[Numeral, ...]]:
    return [() for _ in rows]


def _nothing(*given: object) -> None:
    return None


def _never(*given: object) -> bool:
    return False


def _no_parts(*given: object) -> list[object]:
    return []


def _no_blocks(rows: Sequence[Row], *tables: object) -> tuple[list[Row], list[object]]:
    return list(rows), []


def _no_stamps(rows: Sequence[Row], *patches: object) -> tuple[list[object], list[Row]]:
    return [], list(rows)


def _is_noise(found: Outcome) -> bool:
    return is_noise(found.best.written.text)


ALL_ON = Step("ครบทุกขั้น", ())
STEPS = (
    ALL_ON,
    Step("ไม่ปรับเอียง", (("ocr.upright._rotate", _unchanged),)),
    Step(
        "ไม่ปรับพื้นหลัง (ช่องสีที่เข้มสุดล้วน)",
        (("ocr.reader.flatten", _unchanged), ("ocr.upright.flatten", _unchanged)),
    ),
    Step(
        "ใช้ความสว่างแทนช่องสีที่เข้มสุด",
        (("ocr.reader.darkest", _luminance), ("ocr.upright.darkest", _luminance)),
    ),
    Step("ไม่ลบเส้นตาราง", (("ocr.glyphs.without_rules", _copied),)),
    Step("ไม่ลบเส้นประ", (("ocr.glyphs._leaders", _no_patches),)),
    Step("ไม่ใช้แบบจำลองเลขไทย", (("ocr.reader.find_numerals", _no_numerals),)),
    Step("ไม่อ่านเลขซ้ำในแถว", (("ocr.reader.check_numbers", _unchanged),)),
    Step("ไม่ตั้งจุด ขีด ในเลข", (("ocr.numerals.with_points", _unchanged),)),
    Step("ไม่ตัดขอบมืดรอบกระดาษ", (("ocr.reader.dark_border", _nothing),)),
    Step("ไม่แยกชั้นหมึกสีที่ทับตัวพิมพ์", (("ocr.layers._parts", _no_parts),)),
    Step("ไม่อ่านตารางทีละช่อง", (("ocr.order._by_table", _no_blocks),)),
    Step("ไม่รวมตราเป็นกลุ่ม", (("ocr.order._stamps", _no_stamps),)),
    Step("อ่านตัวอักษรในตราประทับกลม", (("ocr.reader.outside_seals", _unchanged),)),
    Step("ไม่ทิ้งเศษเส้นปากกา", (("ocr.lines._is_rubbish", _is_noise),)),
    Step("ไม่อ่านซ้ำแถวที่ไม่แน่ใจ", (("ocr.reader.needs_second_look", _never),)),
    Step(
        "ไม่ซ่อมตัวสะกด",
        (("ocr.second_look.repair", _unchanged), ("ocr.second_look.restore_am", _unchanged)),
    ),
    Step("ไม่ต่อแถวข้ามเส้นประ", (("ocr.rows.join_over_leaders", _unchanged),)),
    Step("ไม่ต่อแถวที่ขาดจากกัน", (("ocr.rows.join_broken", _unchanged),)),
    Step("ไม่วัดความสูงของแถวใหม่", (("ocr.rows.free_band", _nothing),)),
    Step("ไม่รวมข้อความที่กรอกกับแถวของมัน", (("ocr.rows.fill_gaps", _unchanged),)),
)


def missing_targets() -> list[str]:
    """Return the targets that the reader no longer has."""
    missing = []
    for step in STEPS:
        for target, _ in step.patches:
            try:
                resolve_name(target)
            except (ImportError, AttributeError):
                missing.append(f"{step.name}: {target}")
    return missing


@contextmanager
def switched_off(step: Step) -> Iterator[Callable[[], bool]]:
    """Patch the reader; gives a function that tells whether each patch was called since."""
    called: set[str] = set()
    with ExitStack() as stack:
        for target, replacement in step.patches:
            stack.enter_context(patch(target, _noting(target, replacement, called)))
        yield lambda: len(called) == len(step.patches)


def _noting(target: str, replacement: Replacement, called: set[str]) -> Replacement:
    def stand_in(*arguments: Any, **named: Any) -> Any:
        called.add(target)
        return replacement(*arguments, **named)

    return stand_in
