"""The form that opens a batch: where its paper came from, in the officer's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.batches import BatchOrigin
from models.terms import Channel
from review_ui.dates import NotADate, parse_date

_LONGEST = 200
_TEXTS = {"name": "ชื่อชุดงาน", "office": "หน่วยงานเจ้าของเอกสาร", "box": "กล่อง", "binder": "แฟ้ม"}


@dataclass(frozen=True, slots=True)
class BatchForm:
    """What was typed, what it means (None where something is wrong), and what is wrong by field."""

    typed: Mapping[str, str]
    origin: BatchOrigin | None
    wrong: Mapping[str, str]


def read_form(typed: Mapping[str, str], districts: Collection[str]) -> BatchForm:
    """Make sense of the form; an empty list of districts lets every name through."""
    told = {name: " ".join(value.split()) for name, value in typed.items()}
    wrong: dict[str, str] = {}
    if not told.get("name"):
        wrong["name"] = "กรอกชื่อชุดงาน เช่น แฟ้มค้าง 2566 กล่อง 4"
    for name, label in _TEXTS.items():
        if len(told.get(name, "")) > _LONGEST:
            wrong[name] = f"{label}ยาวเกิน {_LONGEST} ตัวอักษร"
    district = told.get("district", "")
    if district and districts and district not in districts:
        wrong["district"] = "ไม่พบอำเภอนี้ เลือกจากรายการ เช่น เมืองนนทบุรี"
    received_on = _day(told.get("received_on", ""), wrong)
    channel = told.get("channel", "")
    if channel and channel not in set(Channel):
        wrong["channel"] = "เลือกช่องทางจากรายการ"
    if wrong:
        return BatchForm(told, None, wrong)
    origin = BatchOrigin(
        name=told["name"],
        source="browser",
        district=district or None,
        office=told.get("office") or None,
        box=told.get("box") or None,
        binder=told.get("binder") or None,
        channel=channel or None,
        received_on=received_on,
    )
    return BatchForm(told, origin, wrong)


def _day(text: str, wrong: dict[str, str]) -> dt.date | None:
    if not text:
        return None
    try:
        value = parse_date(text)
    except NotADate as error:
        wrong["received_on"] = str(error)
        return None
    if len(value) != len("2567-01-01"):
        wrong["received_on"] = "กรอกให้ครบวัน เดือน ปี เช่น 13/11/2567"
        return None
    return dt.date.fromisoformat(value)
