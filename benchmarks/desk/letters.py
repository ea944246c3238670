"""Letters for the desk: readings of invented people, and pictures of the size of real scans."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from models.letters import (
    Box,
    Evidence,
    Field,
    Fields,
    Line,
    OcrPage,
    PageState,
    RankedCategory,
    Reading,
    Suggestion,
    Word,
)
from models.terms import FieldName, LetterKind, main_of

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi, as the reader keeps it
_FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
_DISTRICTS = [f"อำเภอสมมุติ{number}" for number in range(1, 19)]
_SUBJECTS = (
    *("ขอให้ซ่อมไฟถนนหน้าโรงเรียน", "ขอให้แก้ไขปัญหาน้ำเสียจากโรงงาน", "ร้องเรียนเสียงดังยามวิกาล"),
    *("ขอให้ขุดลอกคลองส่งน้ำ", "ขอความช่วยเหลือผู้ประสบวาตภัย", "ขอให้ตรวจสอบการบุกรุกที่สาธารณะ"),
)
_NAMES = ("นางสมศรี ใจดี", "นายสมชาย ตั้งมั่น", "นางสาวมานี มีนา", "นายปิติ พอใจ", "นายวีระ กล้าหาญ")
_CODES = ("HELP.A", "HARDSHIP.B", "LAND.C", "OFFICIAL.D", "OTHER.E")
_BODY = "ด้วยข้าพเจ้าและชาวบ้านได้รับความเดือดร้อนมาเป็นเวลานาน จึงขอให้ท่านโปรดพิจารณาช่วยเหลือโดยด่วน"


def reading(number: int, codes: tuple[str, ...] = _CODES, pages: int = 1) -> Reading:
    """Return a clean complaint; another for every number."""
    rng = random.Random(number)
    subject, name, district = rng.choice(_SUBJECTS), rng.choice(_NAMES), rng.choice(_DISTRICTS)
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
    values = {
        FieldName.REFERENCE_NO: _seen(f"สน 0018.1/{number}", 0.12, 0.13),
        FieldName.DATE: _seen(day, 0.46, 0.18),
        FieldName.SUBJECT: _seen(subject, 0.12, 0.22),
        FieldName.ADDRESSEE: _seen("นายอำเภอเมืองสมมุติ", 0.12, 0.26),
        FieldName.COMPLAINANT: _seen(name, 0.52, 0.63),
        FieldName.PHONE: _seen(f"08{number % 10**8:08}", 0.52, 0.67),
        FieldName.SUBDISTRICT: _seen(f"ตำบลสมมุติ{number % 90}", 0.2, 0.4),
        FieldName.DISTRICT: _seen(district, 0.4, 0.4),
        FieldName.PROVINCE: _seen("สมมุติบุรี", 0.6, 0.4),
        FieldName.URGENCY: _seen("ด่วน", 0.12, 0.09) if number % 33 == 0 else None,
    }
    fields = Fields(LetterKind.COMPLAINT, 0.95, {name: values.get(name) for name in FieldName})
    every = tuple(_page(place) for place in range(1, pages + 1))
    return Reading(1, every, fields, _suggestion(rng, codes))


def _seen(value: str, left: float, top: float) -> Field:
    return Field(value, value, 0.95, 1, (Box(left, top, 0.22, 0.022),))


def _suggestion(rng: random.Random, codes: tuple[str, ...]) -> Suggestion:
    first, second, third = rng.sample(codes, 3)
    ranked = ((first, 0.9), (second, 0.05), (third, 0.02))
    return Suggestion(
        categories=tuple(RankedCategory(main_of(c), c, share) for c, share in ranked),
        parts=tuple(RankedCategory(code, code, share) for code, share in ranked),
        abstained=False,
        evidence=(Evidence("ได้รับความเดือดร้อน", 1.2, 1, Box(0.2, 0.34, 0.2, 0.02)),),
        model_version="bench",
        proposed=first,
    )


def _page(number: int) -> OcrPage:
    """A page of 28 lines of 9 words."""
    lines = []
    for row in range(28):
        top = 0.1 + 0.03 * row
        words = tuple(
            Word(text, Box(0.1 + 0.09 * place, top, 0.08, 0.02), 0.9)
            for place, text in enumerate(_BODY[at : at + 9] for at in range(0, 81, 9))
        )
        lines.append(Line(_BODY, Box(0.1, top, 0.8, 0.02), 0.9, words=words))
    return OcrPage(number, WIDTH, HEIGHT, PageState.READ, tuple(lines), "bench")


def picture(number: int) -> bytes:
    """Return the JPEG of a page: lines of text, the grain of a scanner, half a megabyte."""
    grain = Image.effect_noise((WIDTH, HEIGHT), 9).point(lambda shade: 255 - abs(shade - 128) // 2)
    image = grain.convert("RGB")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_FONT), 36) if _FONT.exists() else ImageFont.load_default(36)
    for row in range(28):
        text = f"สน ๐๐๑๘.๑/{number}" if row == 0 else _BODY[:70]
        pen.text((0.1 * WIDTH, (0.1 + 0.03 * row) * HEIGHT), text, "#1a1a1a", font)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=75)
    return file.getvalue()
