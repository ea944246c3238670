"""Letters by chance: any kind, from a seeded generator and one part's texts."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from benchmarks.drawing import people
from benchmarks.drawing.letters import Form, Letter, Part, Place, Receipt, Style, spoken_date
from benchmarks.drawing.stock import Text, texts
from models.terms import LetterKind

_FIRST_DAY, _LAST_DAY = dt.date(2021, 1, 4), dt.date(2026, 10, 30)  # พ.ศ. 2564-2569
_FORMS = {
    LetterKind.EXTERNAL: Form.EXTERNAL,
    LetterKind.MEMO: Form.MEMO,
    LetterKind.STAMPED: Form.STAMPED,
    LetterKind.ORDER: Form.DECREE,
    LetterKind.ANNOUNCEMENT: Form.DECREE,
    LetterKind.COMPLAINT: Form.CITIZEN,
}
KINDS = (*_FORMS, LetterKind.RESULT_REPORT)


def random_letter(kind: LetterKind, rng: random.Random, part: Part) -> Letter:
    """Return an invented letter of the kind, from the texts of one part only."""
    where = people.place(rng)
    text = rng.choice([t for t in texts(part) if t.kind == kind.value])
    date = _FIRST_DAY + dt.timedelta(rng.randrange((_LAST_DAY - _FIRST_DAY).days))
    if kind is LetterKind.COMPLAINT:
        return _complaint(text, where, date, rng)
    return _official(kind, text, where, date, rng)


def _official(
    kind: LetterKind, text: Text, where: Place, date: dt.date, rng: random.Random
) -> Letter:
    office = f"ที่ว่าการอำเภอ{where.district}"
    form = _FORMS.get(kind) or rng.choice((Form.EXTERNAL, Form.MEMO))
    letter = Letter(
        kind=kind, form=form, body=_filled(text, where),
        digits=rng.choice(("thai", "thai", "thai", "arabic")),
        reference=_reference(where, rng), sender=office, date=date, subject=text.subject,
        addressee=_addressee(where, rng), signatory=people.person(rng),
        position=(f"นายอำเภอ{where.district}",), phone=_landline(rng), place=where,
        place_of_head=True, hand_numbers=rng.random() < 0.55,
        urgency=rng.choice((None, None, None, "ด่วน", "ด่วนมาก", "ด่วนที่สุด")),
        secrecy=rng.choice((None,) * 8 + ("ลับ", "ลับมาก")),
        receipt=_receipt(where, date, rng) if rng.random() < 0.5 else None,
    )  # fmt: skip
    owner = (rng.choice(("กลุ่มงานบริหารงานปกครอง", "ศูนย์ดำรงธรรมอำเภอ", "กลุ่มงานความมั่นคง")),)
    match form:
        case Form.EXTERNAL:
            street = f"ถนน{where.district} {where.code} {where.postcode}"
            refers = _refers(where, date, rng) if kind is LetterKind.RESULT_REPORT else None
            return replace(letter, office=(office, street), closing="ขอแสดงความนับถือ",
                           owner=owner, refers=refers)  # fmt: skip
        case Form.MEMO:
            return replace(letter, sender=f"{owner[0]} {office}")
        case Form.STAMPED:
            addressee = f"ที่ทำการปกครองอำเภอ{where.district}"
            return replace(letter, office=(office,), owner=owner, signatory=None, position=(),
                           subject=None, addressee=addressee)  # fmt: skip
        case _:
            return _decree(letter, where, date, rng)


def _decree(letter: Letter, where: Place, date: dt.date, rng: random.Random) -> Letter:
    word = "คำสั่ง" if letter.kind is LetterKind.ORDER else "ประกาศ"
    number = f"{rng.randint(1, 480)}/{date.year + 543}" if word == "คำสั่ง" else None
    return replace(
        letter, title=f"{word}อำเภอ{where.district}", reference=number, addressee=None,
        sender=f"อำเภอ{where.district}", phone=None, urgency=None, secrecy=None,
    )  # fmt: skip


def _complaint(text: Text, where: Place, date: dt.date, rng: random.Random) -> Letter:
    style: Style = rng.choice(("typed", "typed", "typewriter", "hand"))
    name = None if text.anonymous else people.person(rng)
    phone = f"08{rng.randint(0, 9)}-{rng.randint(0, 999):03}-{rng.randint(0, 9999):04}"
    moo = rng.randint(1, 14)
    seat = f"หมู่ที่ {moo} ตำบล{where.subdistrict} อำเภอ{where.district} จังหวัด{where.province}"
    if name is None:
        opening = rng.choice(("ข้าพเจ้าเป็นพลเมืองดี ขอไม่ออกนาม", "พวกเราเป็นราษฎร ขอไม่เปิดเผยชื่อ"))
        opening += f" อาศัยอยู่ในพื้นที่{seat}"
    else:
        opening = (
            f"ข้าพเจ้า {name} อายุ {rng.randint(24, 79)} ปี อยู่บ้านเลขที่ "
            f"{rng.randint(1, 299)}/{rng.randint(1, 19)} {seat} โทรศัพท์ {phone} ขอร้องเรียนว่า"
        )
    first, *rest = _filled(text, where)
    return Letter(
        kind=LetterKind.COMPLAINT, form=Form.CITIZEN, body=(f"{opening} {first}", *rest),
        digits=rng.choice(("thai", "arabic")), style=style, date=date, subject=text.subject,
        office=(f"เขียนที่ บ้านเลขที่ {rng.randint(1, 299)} หมู่ {moo}",) if name else (),
        addressee=rng.choice((f"นายอำเภอ{where.district}", f"ศูนย์ดำรงธรรมอำเภอ{where.district}")),
        closing="ขอแสดงความนับถือ", signatory=name or "พลเมืองดี", complainant=name,
        phone=phone if name else None, place=where, category=text.category,
        receipt=_receipt(where, date, rng) if rng.random() < 0.75 else None,
    )  # fmt: skip


def _filled(text: Text, where: Place) -> tuple[str, ...]:
    return tuple(
        p.format(s=where.subdistrict, d=where.district, p=where.province) for p in text.body
    )


def _reference(where: Place, rng: random.Random) -> str:
    sub = rng.choice(("", "", ".1", ".2", ".3"))
    circular = "ว " if rng.random() < 0.25 else ""
    return f"{where.code} {where.order:02}18{sub}/{circular}{rng.randint(1, 4200)}"


def _refers(where: Place, date: dt.date, rng: random.Random) -> str:
    day, month, year = spoken_date(date - dt.timedelta(rng.randint(9, 60)))
    number = f"{where.code} {where.order:02}18/{rng.randint(1, 3000)}"
    return f"หนังสืออำเภอ{where.district} ที่ {number} ลงวันที่ {day} {month} {year}"


def _addressee(where: Place, rng: random.Random) -> str:
    return rng.choice((
        f"ผู้ว่าราชการจังหวัด{where.province}",
        f"นายกองค์การบริหารส่วนตำบล{where.subdistrict}",
        f"นายอำเภอ{where.district}",
        f"กำนันตำบล{where.subdistrict}",
    ))  # fmt: skip


def _receipt(where: Place, date: dt.date, rng: random.Random) -> Receipt:
    year = (date.year + 543) % 100
    number = str(rng.randint(3, 5900)) + (f"/{year}" if rng.random() < 0.2 else "")
    time = rng.choice((None, "", f"{rng.randint(8, 16):02}.{rng.randint(0, 59):02} น."))
    seat = f"อำเภอ{where.district}"
    return Receipt(
        office=rng.choice((seat, "ศูนย์ดำรงธรรมอำเภอ", f"ที่ว่าการ{seat}")),
        number=number, date=date + dt.timedelta(rng.randint(0, 12)), time=time,
        label=rng.choice(("เลขรับ", "เลขที่รับ", "รับที่", "เลขที่", "เลขทะเบียนรับ")),
        ink=rng.choice(("violet", "red", "blue")), framed=rng.random() < 0.75,
        hand=rng.random() < 0.7,
    )  # fmt: skip


def _landline(rng: random.Random) -> str:
    return f"0-4{rng.randint(0, 9)}{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"
