"""What stands around the numbers of letters: made-up stretches of text to train on.

Every number is drawn evenly at random, so the network learns shapes and forms of writing and never
which numbers are likely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Rng = np.random.Generator

_CONSONANTS = "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอฮ"
_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",
    "พ.ย.", "ธ.ค.",
)  # fmt: skip
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_UNITS = (
    "คน", "บาท", "ไร่", "เมตร", "ครัวเรือน", "ฉบับ", "แผ่น", "ชุด", "ราย", "วัน", "ปี",
    "เดือน", "ครั้ง", "ชั่วโมง", "กิโลเมตร",
)  # fmt: skip
_BEFORE = (
    "หมู่ที่", "หมู่", "บ้านเลขที่", "เลขที่", "อายุ", "จำนวน", "ข้อ", "มาตรา", "ฉบับที่",
    "ครั้งที่", "ลงวันที่", "ประมาณ", "ซอย", "ถนน", "รวม", "เลขรับ", "เลขทะเบียน",
    "คดีหมายเลขดำที่", "ทะเบียน", "หน้า", "สาย",
)  # fmt: skip
_HAND_SHARE, _ARABIC_SHARE, _MIXED = 0.45, 0.38, 0.03


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one hand: printed, or written with a pen."""

    text: str
    by_hand: bool = False


def some_text(rng: Rng, words: Sequence[str]) -> tuple[Run, ...]:
    """Return a stretch as it may stand in a row: mostly numbers, with words before and behind.

    ``words`` are Thai words to put around them. Digits are Thai or Arabic, rarely both.
    """
    form = _FORMS[int(rng.choice(len(_FORMS), p=_SHARES))]
    runs = list(form(rng))
    if rng.random() < 0.3:
        runs.insert(0, Run(_word(rng, words) + _space(rng)))
    if rng.random() < 0.25:
        runs.append(Run(_space(rng) + _word(rng, words)))
    if rng.random() < 0.1:
        runs = [Run(" ".join(_word(rng, words) for _ in range(int(rng.integers(1, 4)))))]
    if rng.random() >= _ARABIC_SHARE:
        latin = rng.random() < _MIXED
        runs = [Run(run.text if latin and n else run.text.translate(_THAI), run.by_hand)
                for n, run in enumerate(runs)]  # fmt: skip
    if rng.random() < 0.06:
        runs = [Run(run.text, True) for run in runs]
    return tuple(run for run in runs if run.text)


def _word(rng: Rng, words: Sequence[str]) -> str:
    return words[int(rng.integers(len(words)))]


def _space(rng: Rng) -> str:
    return " " if rng.random() < 0.75 else ""


def _one(rng: Rng, choices: Sequence[str]) -> str:
    return choices[int(rng.integers(len(choices)))]


def _number(rng: Rng, most: int = 5) -> str:
    """Return a number of up to ``most`` digits, as likely short as long."""
    digits = int(rng.integers(1, most + 1))
    return "".join(str(rng.integers(10)) for _ in range(digits))


def _hand(rng: Rng) -> bool:
    return bool(rng.random() < _HAND_SHARE)


def _reference(rng: Rng) -> list[Run]:
    letters = "".join(_one(rng, _CONSONANTS) for _ in range(int(rng.choice([2, 2, 2, 3]))))
    agency = "".join(str(rng.integers(10)) for _ in range(int(rng.choice([4, 4, 4, 5]))))
    if rng.random() < 0.4:
        agency = f"{rng.integers(20):02d}18"
    subs = "".join(f".{rng.integers(1, 30)}" for _ in range(int(rng.choice([0, 0, 1, 1, 2]))))
    label = _one(rng, ("", "ที่ ", "ที่  ", "", "หนังสือที่ ", "ที่"))
    gap = _one(rng, (" ", " ", ""))
    circular = _one(rng, ("", "", "", "ว ", "ว", "ว. "))
    running = _number(rng)
    if _hand(rng):
        return [Run(f"{label}{letters}{gap}{agency}{subs}/{circular}"), Run(running, True)]
    return [Run(f"{label}{letters}{gap}{agency}{subs}/{circular}{running}")]


def _order(rng: Rng) -> list[Run]:
    label = _one(rng, ("ที่ ", "", "คำสั่งที่ ", "เลขที่ "))
    year = f"25{rng.integers(50, 75)}"
    number, by_hand = _number(rng, 4), _hand(rng)
    return [Run(label), Run(number, by_hand), Run(f"/{year}")]


def _date(rng: Rng) -> list[Run]:
    label = _one(rng, ("", "", "วันที่ ", "ลงวันที่ ", "เมื่อวันที่ "))
    day, year = str(rng.integers(1, 32)), str(rng.integers(2500, 2600))
    shape, by_hand = rng.random(), _hand(rng)
    if shape < 0.55:
        month = _one(rng, _MONTHS)
        era = _one(rng, (" ", " ", " ", " พ.ศ. ", " พุทธศักราช "))
        return [Run(label), Run(day, by_hand), Run(f" {month}{era}{year}")]
    if shape < 0.8:
        year = year if rng.random() < 0.5 else year[2:]
        return [Run(label), Run(f"{day} {_one(rng, _SHORT)} {year}", by_hand)]
    sign = _one(rng, "//-.")
    return [Run(label), Run(f"{day}{sign}{rng.integers(1, 13)}{sign}{year[-2:]}", by_hand)]


def _time(rng: Rng) -> list[Run]:
    label = _one(rng, ("เวลา ", "", "เวลา"))
    clock = f"{rng.integers(24):02d}{_one(rng, '.:.')}{rng.integers(60):02d}"
    return [Run(label), Run(clock, _hand(rng)), Run(_one(rng, (" น.", "", " นาฬิกา")))]


def _telephone(rng: Rng) -> list[Run]:
    label = _one(rng, ("โทร. ", "โทรศัพท์ ", "โทร ", ""))
    ten = "".join(str(rng.integers(10)) for _ in range(9))
    shapes = (f"0{ten}", f"0{ten[:2]}-{ten[2:5]}-{ten[5:]}", f"0 {ten[:4]} {ten[4:8]}",
              f"0-{ten[:4]}-{ten[4:8]}", f"0{ten[:2]} {ten[2:5]} {ten[5:]}")  # fmt: skip
    return [Run(label), Run(_one(rng, shapes), bool(rng.random() < 0.25))]


def _identity(rng: Rng) -> list[Run]:
    n = "".join(str(rng.integers(10)) for _ in range(13))
    sign = _one(rng, "- -")
    parts = (n[0], n[1:5], n[5:10], n[10:12], n[12])
    return [Run(sign.join(parts) if rng.random() < 0.7 else n, bool(rng.random() < 0.2))]


def _amount(rng: Rng) -> list[Run]:
    shape = rng.random()
    if shape < 0.3:
        text = f"{int(rng.integers(10_000_000)):,}" + _one(rng, ("", ".00", ".50"))
    elif shape < 0.6:
        text = f"{_number(rng, 4)}/{_number(rng, 3)}"
    elif shape < 0.7:
        text = f"({_number(rng, 2)})" if rng.random() < 0.5 else f"{_number(rng, 2)}."
    else:
        text = _number(rng, 6)
    before = _one(rng, _BEFORE) + _space(rng) if rng.random() < 0.6 else ""
    behind = _space(rng) + _one(rng, _UNITS) if rng.random() < 0.4 else ""
    return [Run(before), Run(text, bool(rng.random() < 0.3)), Run(behind)]


_FORMS: tuple[Callable[[Rng], list[Run]], ...] = (
    _reference, _order, _date, _time, _telephone, _identity, _amount,
)  # fmt: skip
_SHARES = (0.34, 0.07, 0.25, 0.04, 0.06, 0.03, 0.21)
