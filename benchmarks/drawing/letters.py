"""What a drawn letter says: plain content, before any layout, ink or noise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from models.terms import FieldName, LetterKind

Part = Literal["tuning", "measuring"]
Style = Literal["typed", "typewriter", "hand"]
Digits = Literal["thai", "arabic"]

MONTHS = (
    ("มกราคม", "ม.ค."), ("กุมภาพันธ์", "ก.พ."), ("มีนาคม", "มี.ค."), ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."), ("มิถุนายน", "มิ.ย."), ("กรกฎาคม", "ก.ค."), ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."), ("ตุลาคม", "ต.ค."), ("พฤศจิกายน", "พ.ย."), ("ธันวาคม", "ธ.ค."),
)  # fmt: skip
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


class Form(StrEnum):
    """The layout of a page; a result report comes as an external letter or as a memo."""

    EXTERNAL = "external"
    MEMO = "memo"
    STAMPED = "stamped"
    DECREE = "decree"  # คำสั่ง and ประกาศ: a centred title
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Place:
    """A real sub-district, with its province's letter code and the district's seat number."""

    subdistrict: str
    district: str
    province: str
    code: str
    order: int  # DD of DD18
    postcode: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receiving stamp. ``number`` and ``date`` may be blank, as on real paper."""

    office: str
    number: str | None
    date: dt.date | None
    time: str | None = None
    label: str = "เลขรับ"
    ink: str = "violet"
    framed: bool = True
    hand: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """The content of one letter; ``reference`` is in normal form (``สน 0818/241``)."""

    kind: LetterKind
    form: Form
    body: tuple[str, ...]
    digits: Digits = "thai"
    style: Style = "typed"
    title: str | None = None
    reference: str | None = None
    office: tuple[str, ...] = ()
    sender: str | None = None
    date: dt.date | None = None
    subject: str | None = None
    salute: str = "เรียน"
    addressee: str | None = None
    refers: str | None = None
    enclosure: str | None = None
    closing: str | None = None
    signatory: str | None = None
    position: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    phone: str | None = None  # as printed, with hyphens
    phone_label: str = "โทร. "
    slogan: str | None = None
    tail: str | None = None  # a stray line at the very end
    urgency: str | None = None
    secrecy: str | None = None
    receipt: Receipt | None = None
    routing: tuple[tuple[str, bool], ...] = ()
    complainant: str | None = None
    place: Place | None = None
    place_of_head: bool = False  # an official head names district and province only
    category: str | None = None
    hand_numbers: bool = False
    blank_after: tuple[int, ...] = ()

    def numerals(self, text: str) -> str:
        """Return the text with the digits that this letter is typed in."""
        return text.translate(_TO_THAI) if self.digits == "thai" else text


def spoken_date(date: dt.date, short: bool = False) -> tuple[str, str, str]:
    """Return day, month name and Buddhist year as text."""
    return str(date.day), MONTHS[date.month - 1][1 if short else 0], str(date.year + 543)


def fields_of(letter: Letter) -> Mapping[str, str | None]:
    """Return what a careful clerk would read from the letter, in normal forms."""
    receipt, place = letter.receipt, letter.place
    received = receipt.date if receipt else None
    # The number at the foot of an official letter is the office's, not a complainant's.
    theirs = letter.phone if letter.kind is LetterKind.COMPLAINT else None
    phone = "".join(c for c in theirs or "" if c.isdigit()) or None
    values: dict[FieldName, str | None] = {
        FieldName.REFERENCE_NO: letter.reference,
        FieldName.DATE: letter.date.isoformat() if letter.date else None,
        FieldName.RECEIVED_NO: receipt.number if receipt else None,
        FieldName.RECEIVED_DATE: received.isoformat() if received else None,
        FieldName.RECEIVED_TIME: _clock(receipt.time if receipt else None),
        FieldName.SUBJECT: letter.numerals(letter.subject) if letter.subject else None,
        FieldName.ADDRESSEE: letter.addressee,
        FieldName.SENDER: letter.sender,
        FieldName.COMPLAINANT: letter.complainant,
        FieldName.PHONE: phone,
        FieldName.SUBDISTRICT: _subdistrict(letter),
        FieldName.DISTRICT: (place.district or None) if place else None,
        FieldName.PROVINCE: place.province if place else None,
        FieldName.URGENCY: letter.urgency,
        FieldName.SECRECY: letter.secrecy,
    }
    if letter.kind is not LetterKind.COMPLAINT:
        values[FieldName.SIGNATORY] = letter.signatory
        values[FieldName.POSITION] = " ".join(letter.position) or None
    return {name.value: value for name, value in values.items()}


def _subdistrict(letter: Letter) -> str | None:
    """Return the sub-district of the matter; an office's head names none, its text may."""
    place = letter.place
    if place is None or not place.subdistrict:
        return None
    told = any(f"ตำบล{place.subdistrict}" in paragraph for paragraph in letter.body)
    return place.subdistrict if told or not letter.place_of_head else None


def _clock(written: str | None) -> str | None:
    """Return the time of a stamp (09.05 น.) as HH:MM, None where it is blank."""
    hour, _, minute = (written or "").removesuffix("น.").strip().partition(".")
    return f"{int(hour):02}:{int(minute):02}" if minute else None
