"""Who complains, and under which telephone number (domain: record fields 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.text import fold

TITLES = (
    r"(?:นางสาว|นาง|นาย|แพทย์หญิง|(?:ว่าที่\s?)?(?:ร้อย|พัน|พล|สิบ|จ่าสิบ)(?:ตำรวจ)?(?:ตรี|โท|เอก)|ดาบตำรวจ"
    r"|(?:เรือ"
    r"|นาวา|พันจ่า)(?:ตรี|โท|เอก)|พลทหาร|น\.\s?ส\.|ด\.\s?ช\.|ด\.\s?ญ\.|เด็กชาย|เด็กหญิง"
    r"|ว่าที่\s?ร(?:้อย)?\.?\s?(?:ต|ท"
    r"|อ)(?:รี|โท|เอก)?\."
    r"|พล\.?\s?(?:ต|ท|อ)\.(?:\s?(?:ต|ท|อ)\.)?|(?:พล\.?|พ|ร|ส|จ|ด|น)\.\s?(?:ส\.)?\s?(?:ต\.)?\s?(?:อ"
    r"|ท|ต)\.(?:\s?หญิง)?|ด\.ต\.|ดร\.|พระครู|พระ|แม่ชี|ม\.ร\.ว\.|ม\.ล\.)"
)
# Where the story of a complaint begins: before it people tell who they are.
STORY = re.compile(r"ร้องเรียน|ร้องทุกข์|ขอแจ้ง|ได้รับความ|เดือดร้อน|กล่าวโทษ|เนื่องจาก|ขอให้|ขอความ")
_WORD = r"[ก-ฮเ-ไ][ก-๎]{1,24}"
_NAME = re.compile(rf"(?P<title>{TITLES})\s*(?P<first>{_WORD})(?:\s+(?P<last>(?:ณ\s)?{_WORD}))?")
_SPEAKERS = re.compile(
    r"(?:ข้าพเจ้า|ข้าเจ้า|ข้าน้อย|อิฉัน|อาตมา(?:ภาพ)?|ข้าฯ|ข้าพเจา|ขาพเจ้า|กระผม|ดิฉัน|ดิฉัน|ผม|(?:ชื่อ)?ผู้ร้อง(?:เรียน"
    r"|ทุกข์)?|ผู้แจ้ง|ผู้โทร|ผู้ยื่นคำร้อง"
    r"|ผู้รับความเดือดร้อน|ชื่อ\s?[-–/]?\s?(?:นาม)?สกุล)\s*(?:ชื่อ|คือ|ได้แก่)?[\s:.=]*$"
)
# A box of somebody else's name: ผู้ถูกร้องเรียน ชื่อ-สกุล.
_OTHERS_BOX = re.compile(
    r"(?:ถูกร้อง|ถูกกล่าวหา|คู่กรณี|พยาน|ผู้รับเรื่อง|เจ้าหน้าที่)[ก-๎\s:=]{0,12}ชื่อ\s?[-–/]?\s?(?:นาม)?สกุล"
)
_SPEAKS_FOR = re.compile(r"\s*(?:ผู้แทน|ตัวแทน|ในฐานะ(?:ตัว|ผู้)แทน|ผู้ร้อง)")
_LISTED = re.compile(r"(?:ลงชื่อ|รายชื่อ)[^ก-๎]{0,12}(?:ผู้ร้อง\s)?[1๑]\s?[.)]\s*")
_SIGNED = re.compile(
    rf"\(\s*(?P<name>{TITLES}\s*{_WORD}(?:\s+{_WORD})?)\s*\)"
    # Who wrote down, took in or witnessed a statement did not make it.
    r"(?!\s*(?:ผู้(?:จด|บันทึก|รับ|เขียน|พิมพ์|สอบ|ไกล่)|พยาน|เจ้าหน้าที่|ปลัดอำเภอ|นิติกร))"
)
_NOT_LAST = re.compile(
    r"^(?:เจ้าอาวาส|ประธาน|ข้าราชการ|กำนัน|ในฐานะ|ราษฎร|ชาวบ้าน|เจ้าของ|ตัวแทน|พร้อม|กับพวก|อายุ|อยู่|บ้าน|เลข"
    r"|ขอ|ได้|มี|เป็น|หมู่|ตำแหน่ง|โทร|ผู้|สัญชาติ|เชื้อ|ที่|ว่า|และ|ใน|แจ้ง|ถือ|เกิด|ซึ่ง)"
)
# No names, or words that begin with นาย and are an office (นายกเทศมนตรี, นายช่าง).
# Words that a name runs into where the space behind it was lost.
_RUN_ON = re.compile(r"ขอร้อง|ขอแจ้ง|ขอให้|ขอความ|อายุ|อยู่บ้าน|เลขประจำตัว|กล่าวโทษ|มีความ|ตำแหน่ง")
_NOT_NAMES = (
    "พลเมืองดี", "ผู้หวังดี", "ชาวบ้าน", "ข้าราชการชั้นผู้น้อย", "อำเภอ", "ทะเบียน", "กเทศ", "กองค์การ",
    "กอบ", "กสมาคม", "กรัฐ", "ช่าง", "จ้าง", "ทุน", "หน้า", "ตรวจ",
)  # fmt: skip
_JOINED = frozenset(("นาย", "นาง", "นางสาว", "น.ส.", "ด.ช.", "ด.ญ."))
ANONYMOUS = re.compile(
    r"(?:ไม่ประสงค์|ไม่ขอ|ขอไม่|มิประสงค์)(?:จะ)?(?:ออก|เปิดเผย|ระบุ|แจ้ง|ลง|บอก)\s?(?:นาม|ชื่อ)"
    r"|อย่าบอก(?:ใคร)?ว่า(?:หนู|ผม|ฉัน|ดิฉัน|ข้าพเจ้า|ใคร)(?:เป็น(?:คน|ผู้))?(?:เขียน|แจ้ง|ส่ง|บอก|ร้อง)|บอกชื่อไม่ได้|ไม่กล้า(?:บอก|ลง|ออก)ชื่อ|ไม่บอกชื่อ|(?<!ไม่)(?<!ไม่ขอ)(?<!ไม่ต้อง)ปกปิด(?:ชื่อ|นาม)|บัตรสนเท่ห์"
)
_PHONE_LABEL = re.compile(
    r"(?:โทรศัพท์มือถือ|หมายเลขโทรศัพท์|เบอร์โทรศัพท์|โทรศัพท์|เบอร์โทร|เบอร์|มือถือ|โทร)(?:ที่ติดต่อได้)?[\s.,:]*"
)
# A dash comes with spaces around it, or as two signs.
_PHONE = re.compile(r"0(?:\s?[\-–.=]{0,2}\s?[0-9]){8,9}(?![\s\-]?[0-9])")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named by the letter; ``start`` and ``end`` are places in the text."""

    name: str
    start: int
    end: int
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Telephone:
    """A telephone number, digits only, 9 (landline) or 10 (mobile) of them."""

    digits: str
    start: int
    end: int
    labelled: bool


def find_complainant(text: str) -> Person | None:
    """Return who speaks in the letter: named behind ข้าพเจ้า or ผู้ร้อง, else who signed it."""
    for match in names_in(text):
        label = _SPEAKERS.search(text[: match.start()])
        others = label and _OTHERS_BOX.search(text[max(0, label.start() - 30) : label.end()])
        if label and not others and (person := name_at(match)):
            return person
    for match in names_in(text):
        if _SPEAKS_FOR.match(text, match.end()) and (person := name_at(match)):
            return person
    return find_signer(text) or _first_listed(text)


def names_in(text: str) -> Iterator[re.Match[str]]:
    """Give the matches of names, also one that begins within what might be another."""
    for title in re.finditer(TITLES, text):
        match = _NAME.match(text, title.start())
        if match is not None:
            yield match


def name_at(match: re.Match[str], *, signed: bool = False) -> Person | None:
    """Return the person of a matched name, None where it is an office; what runs on is cut."""
    first, last = match["first"], match["last"]
    if first.startswith(_NOT_NAMES):
        return None
    end = match.end()
    if last and (cut := _RUN_ON.search(last, 2)):
        end = match.start("last") + cut.start()
        last = last[: cut.start()]
    if last and _NOT_LAST.match(last):
        last, end = None, match.end("first")
    title = re.sub(r"\s", "", match["title"])
    spaced = match.start("first") > match.end("title") and title not in _JOINED
    name = f"{title} {first}" if spaced else f"{title}{first}"
    return Person(f"{name} {last}" if last else name, match.start(), end, signed)


def _first_listed(text: str) -> Person | None:
    """Return the first of those who signed a list."""
    listed = None if is_anonymous(text) else _LISTED.search(text)
    match = _NAME.match(text, listed.end()) if listed else None
    return name_at(match, signed=True) if match else None


def find_signer(text: str) -> Person | None:
    """Return who signed the letter: the last name in brackets, none where it is kept back."""
    signed = None if is_anonymous(text) else _last_signed(text)
    if signed is None:
        return None
    inner = _NAME.match(text, signed.start("name"))
    return name_at(inner, signed=True) if inner else None


def without_title(name: str) -> str:
    """Return a name without its title or rank."""
    title = re.match(TITLES, name)
    return name[title.end() :].strip() if title else name


def has_title(name: str) -> bool:
    """Tell whether a name begins with a title or a rank."""
    return re.match(TITLES, name) is not None


def is_no_name(name: str) -> bool:
    """Tell whether what looks like title and name is an office (นายกเทศมนตรี, นายอำเภอ)."""
    title = re.match(TITLES, name)
    rest = name[title.end() :].lstrip() if title else ""
    return rest.startswith(_NOT_NAMES) or re.match(r"ก\s?อบ[ตจ]", rest) is not None


def is_anonymous(text: str) -> bool:
    """Tell whether the writer keeps the name back."""
    return ANONYMOUS.search(text) is not None


def find_telephones(text: str) -> tuple[Telephone, ...]:
    """Return the telephone numbers of the text; house and identity numbers are none."""
    folded = fold(text)
    found = []
    for match in _PHONE.finditer(folded):
        before = folded[: match.start()]
        if before[-1:].isdigit() or re.search(r"[0-9/][\s\-]?$", before):
            continue
        digits = re.sub(r"[^0-9]", "", match[0])
        label = _PHONE_LABEL.search(before[-30:])
        labelled = bool(label and label.end() == len(before[-30:]))
        mobile = len(digits) == 10 and digits[1] in "689"
        landline = len(digits) == 9 and digits[1] in "234567"
        if mobile or landline:
            found.append(Telephone(digits, match.start(), match.end(), labelled))
    return tuple(found)


def _last_signed(text: str) -> re.Match[str] | None:
    signed = list(_SIGNED.finditer(text))
    return signed[-1] if signed else None
