"""Whether the reader of a page can be trusted with Thai digits.

Scanners confuse ๖ ๗ ๘ ๙ with ๒ ๓ ๕, with high confidence: a page full of Thai digits without
any of the four, or with years that cannot be, is evidence against all its numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from extract.months import ABBREVIATED
from extract.rows import Row
from extract.text import fold

_ENOUGH = 14  # digits: without the four by chance in less than one page of a hundred
_YEAR = re.compile(rf"(?:พ\.ศ\.|{ABBREVIATED}|คม|ยน|พันธ์)\s?([๐-๙]{{4}}|[๐-๙]{{2}})(?![๐-๙])")
_OLD = 25

DOUBT = "หน้านี้เครื่องอ่านเลขไทยสับสน (เช่น ๖ เป็น ๒, ๗ เป็น ๓) โปรดเทียบตัวเลขกับภาพ"


def misread(rows: Iterable[Row], today: dt.date) -> bool:
    """Tell whether the digits of the scanned rows speak against their reader."""
    scanned = " ".join(row.text for row in rows if row.page is not None)
    digits = re.findall("[๐-๙]", scanned)
    if len(digits) >= _ENOUGH and not set(digits) & set("๖๗๘๙"):
        return True
    return sum(1 for year in _YEAR.findall(scanned) if _impossible(fold(year), today)) >= 2


def _impossible(year: str, today: dt.date) -> bool:
    number = int(year) if len(year) == 4 else 2500 + int(year)
    return not today.year - _OLD <= number - 543 <= today.year + 5
