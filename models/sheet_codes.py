"""What our own sheets and stickers say in their bar codes: one grammar for writing and reading.

    SARABAN1;sep;d=1030;cat=HARDSHIP;b=แฟ้ม 4;crc=0a1b2c3d    a sheet between letters
    SARABAN1;rcv;d=4708;n=882;crc=0a1b2c3d                    a sticker with a receiving number

The check is the CRC-32 of the UTF-8 text before ``;crc=``. What does not read back letter for
letter as it would be written is none of ours: a foreign code does nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from models.letters import Code, CodeKind, OcrPage, PageState

PATCH_T = "PATCHT"  # as Code 39, what other programs print for "a new document, drop this sheet"
LONGEST_BATCH = 40  # letters; more would make the code too fine for a copier

_MARK = "SARABAN1"
_DISTRICT = re.compile(r"[1-9][0-9]{3}")
_CATEGORY = re.compile(r"[A-Z][A-Z0-9_]{1,31}(\.[A-Z][A-Z0-9_]{1,31})?")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Separator:
    """What a separator says of the letters after it; "" where it says nothing.

    ``district`` is a DOPA code of four digits, ``category`` the code of a category.
    """

    district: str = ""
    category: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Sticker:
    """The receiving number on the first page of a letter, and the office that gives it."""

    district: str
    number: str


class NotWritable(ValueError):
    """The values cannot be put into a code; the message says in Thai which."""


def write(says: Separator | Sticker) -> str:
    """Return the text of the code.

    Raises:
        NotWritable: a value has not the form that it must have.
    """
    if isinstance(says, Sticker):
        district = _match(_DISTRICT, says.district, "รหัสอำเภอ")
        number = _match(_NUMBER, says.number, "เลขรับ")
        return _checked(f"{_MARK};rcv;d={district};n={number}")
    parts = [_MARK, "sep"]
    if says.district:
        parts.append(f"d={_match(_DISTRICT, says.district, 'รหัสอำเภอ')}")
    if says.category:
        parts.append(f"cat={_match(_CATEGORY, says.category, 'รหัสหมวด')}")
    if says.batch:
        if len(says.batch) > LONGEST_BATCH or not says.batch.isprintable():
            raise NotWritable(f"ชื่อชุดต้องไม่เกิน {LONGEST_BATCH} ตัวอักษร ในบรรทัดเดียว")
        parts.append(f"b={_escaped(says.batch)}")
    return _checked(";".join(parts))


def _match(form: re.Pattern[str], value: str, what: str) -> str:
    if not form.fullmatch(value):
        raise NotWritable(f"{what} “{value}” ใส่ในรหัสไม่ได้")
    return value


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace(";", "%3B")


def _checked(text: str) -> str:
    return f"{text};crc={zlib.crc32(text.encode()):08x}"


def parse(text: str) -> Separator | Sticker | None:
    """Return what the text of a code says, None where it is none of ours or damaged."""
    mark, *parts = text.split(";")
    if mark != _MARK or len(parts) < 2:
        return None
    values = dict(part.partition("=")[::2] for part in parts[1:])
    said: Separator | Sticker
    if parts[0] == "sep":
        batch = unquote(values.get("b", ""))
        said = Separator(values.get("d", ""), values.get("cat", ""), batch)
    elif parts[0] == "rcv":
        said = Sticker(values.get("d", ""), values.get("n", ""))
    else:
        return None
    try:
        return said if write(said) == text else None
    except (NotWritable, UnicodeEncodeError):
        return None


def is_damaged(code: Code) -> bool:
    """Tell whether a code claims to be ours and is not whole."""
    return code.text.startswith(f"{_MARK};") and parse(code.text) is None


def stickers_among(codes: Sequence[Code]) -> tuple[Sticker, ...]:
    """Return the different stickers among codes, in their order."""
    said = (parse(code.text) for code in codes if code.kind is CodeKind.QR)
    return tuple(dict.fromkeys(each for each in said if isinstance(each, Sticker)))


def separator_among(codes: Sequence[Code]) -> Separator | None:
    """Return the separator that the codes of a page make it, None for a page of a letter.

    A page with a sticker is a letter's first, whatever else is on it. Separators that contradict
    each other part letters and say nothing of them.
    """
    if stickers_among(codes):
        return None
    said = {parse(code.text) for code in codes if code.kind is CodeKind.QR}
    ours = [each for each in said if isinstance(each, Separator)]
    if ours:
        return ours[0] if len(ours) == 1 else Separator()
    patch = any(code.kind is CodeKind.CODE39 and code.text == PATCH_T for code in codes)
    return Separator() if patch else None


def separator_of(page: OcrPage) -> Separator | None:
    """Return what a sheet between letters says, None for any other page."""
    return separator_among(page.codes) if page.state is PageState.SEPARATOR else None
