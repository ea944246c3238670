"""Whose complaint an office's letter is about, and how many complain with that person.

An office names the complainant in passing: behind ร้องเรียนของ, before ผู้ร้อง, or by what was done.
"""

from __future__ import annotations

import re

from extract.people import TITLES, Person, name_at, names_in

_ASKS_FOR = (
    r"(?:ร้องเรียน|ร้องทุกข์|ร้องขอ|แจ้งว่า|ขอความเป็นธรรม|ขอความช่วยเหลือ|กล่าวโทษ|ยื่นหนังสือ|ยื่นคำร้อง|คัดค้าน"
    r"|โทร(?:ศัพท์)?(?:มา|เข้ามา|แจ้ง)|(?:มี|เขียน|ส่ง)(?:หนังสือ|จดหมาย)(?:มา|ถึง|ร้อง|ลง))"
)
_COMPLAINED = re.compile(
    r"[\s,]*(?:ซึ่ง|อายุ[^ร]{0,60}|อยู่บ้าน[^ร]{0,110}|ราษฎร[ก-๎ 0-9๐-๙]{0,60}|ผู้)?\s*(?:ได้)?(?:มี|ทำ|ส่ง"
    rf"|ยื่น)?(?:หนังสือ|คำร้อง)?[ก-๎ ]{{0,30}}?{_ASKS_FOR}"
)
# Who is with others and suffers or asks for something; who is with others and acts is accused.
_WITH_OTHERS = re.compile(
    r"\s*(?:กับพวก|และพวก|และคณะ|พร้อม(?:ด้วย)?(?:พวก|คณะ))\s?(?:รวม|จำนวน|อีก)?\s?[0-9๐-๙]{1,4}\s?(?:คน|ราย)"
    rf"[\s,]*(?:ราษฎร[ก-๎ 0-9๐-๙]{{0,60}}?)?\s*(?:ได้)?(?:ถูก|รับความ|เดือดร้อน|ร้อง|{_ASKS_FOR})"
)
_IS_THE_ONE = re.compile(
    r"\s*\)?\s*(?:ซึ่งเป็น|เป็น|ในฐานะ)?\s?\(?ผู้(?:ร้อง(?:เรียน|ทุกข์)?|แจ้ง|ยื่นคำร้อง)(?:\s|\)|$|ที่|ได้|แล้ว|ทราบ|ว่า|และ)"
)
_COMPLAINT_OF = re.compile(
    r"(?:(?:ร้องเรียน|ร้องทุกข์|คำร้อง|ร้อง)(?:ของ|จาก|โดย|ราย)|เรื่องจาก|แจ้งจาก|เรื่องของ"
    r"|ผู้ร้อง(?:เรียน|ทุกข์)?\s?(?:คือ|ชื่อ|ราย|\()?|ผู้แจ้ง\s?(?:คือ|ชื่อ|\()|ใช้(?:นาม|ชื่อ)ว่า"
    r"|(?:ให้ความ)?ช่วยเหลือ(?:ราย)?)\s*$"
)
_ACCUSED = re.compile(r"(?:กล่าวหา|กล่าวโทษ|ร้องเรียน|ถูกร้อง(?:เรียน)?|คู่กรณี(?:คือ)?)\s*\(?$")
_POLITE = re.compile(r"คุณ(?!สมบัติ|ภาพ|ธรรม|วุฒิ)[ก-๎]{2,24}\s+[ก-ฮเ-ไ][ก-๎]{1,24}(?=\s|$)")
_BACK = 60  # letters before a name in which it is said whose complaint it is
_OPENS = 14  # letters before the name of whom a letter is addressed to


def find_reported(text: str) -> Person | None:
    """Return the complainant whom an office's letter names: who wrote, rang or complained."""
    for match in names_in(text):
        person = name_at(match)
        before = text[max(0, match.start() - _BACK) : match.start()]
        if person and (_COMPLAINT_OF.search(before) or _acts_as_one(text, before, match, person)):
            return person
    return None


def find_addressed(text: str) -> Person | None:
    """Return the citizen whom a letter is addressed to, None where it is an officer."""
    polite = _POLITE.search(text)
    if polite is not None and polite.start() <= _OPENS:
        return Person(re.sub(r"\s+", " ", polite[0]), *polite.span())
    titled = re.search(TITLES, text[:_BACK])
    match = next(iter(names_in(text[:_BACK])), None) if titled else None
    person = name_at(match) if match else None
    return person if person and " " in person.name and person.start <= _OPENS else None


def _acts_as_one(text: str, before: str, name: re.Match[str], person: Person) -> bool:
    """Tell whether what follows a name says that this person complained, and nobody of him."""
    if _ACCUSED.search(before):
        return False
    return any(
        pattern.match(text, end)
        for end in (name.end(), person.end)
        for pattern in (_COMPLAINED, _WITH_OTHERS, _IS_THE_ONE)
    )
