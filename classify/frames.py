"""What stands around the story in every letter: stamp, head, opening, wish, closing.

Training puts these around complaints of all kinds, so that they speak for none of them.
"""

from __future__ import annotations

import random

_STAMPS = (
    "",
    "ศูนย์ดำรงธรรมอำเภอ รับที่ {n}/68 วันที่ {d} {short} 2568 เวลา {d}.30 น.",
    "ที่ว่าการอำเภอ{town} เลขรับ {n} วันที่ {d} {short} 2568",
)
_HEADS = (
    "เขียนที่ บ้านเลขที่ {n} หมู่ที่ {m} ตำบล{town} วันที่ {d} {month} 2568",
    "วันที่ {d} เดือน {month} พ.ศ. 2567 เรื่อง ขอให้ดำเนินการแก้ไข",
    "เรื่อง ร้องเรียนร้องทุกข์",
    "เรื่อง ขอความอนุเคราะห์",
    "เรื่อง ขอความช่วยเหลือ",
    "{n} หมู่ {m} ต.{town} {d} {short} 68",
    "",
)
_ADDRESSEES = (
    "เรียน นายอำเภอ{town}",
    "เรียน ท่านนายอำเภอที่เคารพ",
    "กราบเรียน ท่านนายอำเภอ{town}",
    "เรียน หัวหน้าศูนย์ดำรงธรรมอำเภอ{town}",
    "เรียน ผู้ว่าราชการจังหวัด",
    "",
)
_OPENINGS = (
    "ข้าพเจ้า {name} อายุ {n} ปี อยู่บ้านเลขที่ {n} หมู่ที่ {m} ตำบล{town} อำเภอ{town}"
    " จังหวัด{town} โทรศัพท์ 08{n}-{n} ขอร้องเรียนว่า",
    "ข้าพเจ้า {name} อาชีพรับจ้าง เลขประจำตัวประชาชน อยู่ที่ หมู่ {m} ต.{town} อ.{town} จ.{town}"
    " มีความประสงค์ขอร้องทุกข์ ดังนี้",
    "กระผม {name} เป็นราษฎรในพื้นที่ตำบล{town} ขอแจ้งให้ท่านทราบว่า",
    "ดิฉันชื่อ {name} อยู่บ้านเลขที่ {n} หมู่ {m}",
    "พวกเราราษฎรหมู่ที่ {m} ตำบล{town} ขอไม่เปิดเผยชื่อ",
    "ผมเป็นพลเมืองดี ขอไม่ออกนาม",
    "",
)
_WISHES = (
    "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ",
    "จึงขอความกรุณาท่านช่วยดำเนินการให้ด้วย",
    "ขอให้ทางอำเภอช่วยเหลือโดยด่วนด้วยครับ",
    "จึงขอความอนุเคราะห์มา ณ โอกาสนี้ ขอบพระคุณค่ะ",
    "ขอให้ประสานหน่วยงานที่เกี่ยวข้องเข้ามาตรวจสอบโดยเร็ว",
    "ขอให้ปกปิดชื่อผู้แจ้งเป็นความลับ",
    "",
)
_CLOSINGS = (
    "ขอแสดงความนับถือ ลงชื่อ ผู้ร้อง ({name}) โทร. 08{n}-{n}",
    "ด้วยความเคารพอย่างสูง ({name}) ผู้ร้องเรียน",
    "ขอแสดงความนับถือ พลเมืองดี",
    "",
)
_MONTHS = (
    ("มกราคม", "ม.ค."), ("มีนาคม", "มี.ค."), ("พฤษภาคม", "พ.ค."), ("มิถุนายน", "มิ.ย."),
    ("สิงหาคม", "ส.ค."), ("กันยายน", "ก.ย."), ("พฤศจิกายน", "พ.ย."), ("ธันวาคม", "ธ.ค."),
)  # fmt: skip
_TOWNS = (
    "บ้านม่วง", "ภูพาน", "พรรณานิคม", "กุดบาก", "หนองแวง", "ท่าแร่", "โคกสูง", "เมือง", "นาแก้ว",
    "บางบ่อ", "แม่จัน", "ดอนสัก", "ห้วยยาง", "ศรีวิชัย", "วังน้ำเขียว", "ท่าศาลา",
)  # fmt: skip
_NAMES = (
    "นายสมมุติ ทดสอบดี", "นางตัวอย่าง จำลองสุข", "นางสาวสมใจ ลองระบบ", "นายบุญมี ตัวอย่างไทย",
    "น.ส.ดวงใจ สมมุติวงศ์", "นายวิชัย ทดสอบงาม",
)  # fmt: skip


def framed(story: str, rng: random.Random) -> str:
    """Return the story inside an invented letter."""
    parts = [rng.choice(each) for each in (_STAMPS, _HEADS, _ADDRESSEES, _OPENINGS)]
    parts += [story, rng.choice(_WISHES), rng.choice(_CLOSINGS)]
    month, short = rng.choice(_MONTHS)
    filled: list[str] = []
    for part in parts:
        if part is story:
            filled.append(story)
            continue
        filled.append(
            part.format(
                n=rng.randint(2, 299), m=rng.randint(1, 15), d=rng.randint(1, 28), month=month,
                short=short, town=rng.choice(_TOWNS), name=rng.choice(_NAMES),
            )
        )  # fmt: skip
    return "\n".join(part for part in filled if part)
