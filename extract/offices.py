"""How the name of an office looks on a row, and its text without noise at the ends."""

from __future__ import annotations

import re

from extract.text import bare

# Without the marks that scanners lose: matched against bare text.
_OFFICE = re.compile(
    r"^\W*(?:ทวาการ|ททำการ|สำนก|กรม|กระทรวง|ศาลากลาง|จงหวด|อำเภอ|เทศบาล|องคการ|ศนย|โรงเรยน"
    r"|กอง(?!ทน)|อบ[ตจ]\s?\.|สถาน"
    r"|ฝาย|กลม|มหาวทยาลย|วทยาลย|โรงพยาบาล|สพ[ปม]\s?\.|สสจ\s?\.|กฟภ\s?\.|ตำรวจ|ศาล(?!า)|หนวย"
    r"|แขวงทาง|เรอนจำ|ธนาคาร|ทณฑสถาน|มณฑล"
    r"|กองทพ|กองรอย|กองพน|บรษท|สภ\.|สน\.(?=[ก-ฮ]{4})|สถาบน|เขตพนท|นคม|โครงการ|ดาน(?=ศล|ตรวจ|กก)"
    r"|มลนธ|สมาคม|สหกรณ|ผตรวจการแผนดน|รฐสภา|สภา|คณะ|การไฟฟา|การประปา|สวน)"
)
TELEPHONE = re.compile(r"[\s(,]*(?:โทร|โทรสาร|โทรศัพท์|ไปรษณีย์อิเล็กทรอนิกส์)[ก-๎]*[\s.:0-9๐-๙].*$")
# How the second line of a long name begins, and where an address begins behind it.
_GOES_ON = re.compile(r"^\W*(?:และ(?=[ก-ฮเ-ไ])|ประจำ|สาขา)")
_ADDRESS = re.compile(
    r"\s(?:ถนน|ถ\.|เลขที่|หมู่|ม\.|ซอย|ตำบล|ต\.|อำเภอ|อ\.|แขวง|เขต|จังหวัด|จ\.|[ก-ฮ]{2}\s?[0-9๐-๙]|[0-9๐-๙]).*$"
)
_NOISE = re.compile(r"^[^ก-๎A-Za-z0-9๐-๙(“\"]+|[^ก-๎A-Za-z0-9๐-๙)”\".ฯๆ]+$")
_TRAILING = re.compile(r"(?:\s[.,:;|/\\=~_\-]+)+$")


def is_office(text: str) -> bool:
    """Tell whether the text begins as the name of an office does."""
    return _OFFICE.match(bare(text)) is not None


def rest_of_office(text: str) -> str | None:
    """Return what a line adds to the name of the office above it, None where it adds nothing."""
    return _ADDRESS.sub("", text) if _GOES_ON.match(text) else None


def tidy(text: str) -> str:
    """Return the text without signs at its ends and without a bracket that stays open."""
    text = _TRAILING.sub("", _NOISE.sub("", text)).strip()
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")].strip() if text.rindex("(") > 0 else text
    return text
