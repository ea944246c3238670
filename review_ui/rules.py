"""Rules that values of a letter keep as a rule: where one is broken, somebody should look twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from models.terms import FieldName as F

# Thai numbers have 9 digits at home and 10 on mobiles; hotlines have 4.
_PHONE_DIGITS = (4, 9, 10)
_NO_LATER_THAN = (
    (F.DATE, F.RECEIVED_DATE, F.RECEIVED_DATE, "วันที่รับมาก่อนวันที่ลงในหนังสือ"),
    (F.INCIDENT_DATE, F.RECEIVED_DATE, F.INCIDENT_DATE, "วันที่เกิดเหตุมาหลังวันที่รับ"),
    (F.INCIDENT_DATE, F.FINISHED_DATE, F.FINISHED_DATE, "วันที่แล้วเสร็จมาก่อนวันที่เกิดเหตุ"),
)
_PAST = (F.DATE, F.RECEIVED_DATE, F.INCIDENT_DATE, F.FINISHED_DATE)


def broken_rules(values: Mapping[F, str | None], today: dt.date) -> dict[str, str]:
    """Return what is odd about the values, in Thai, by field; it may be so all the same."""
    broken: dict[str, str] = {}
    for earlier, later, odd, why in _NO_LATER_THAN:
        first, last = values.get(earlier), values.get(later)
        if first and last and first[: len(last)] > last[: len(first)]:
            broken[odd] = why
    for name in _PAST:
        value = values.get(name)
        if value and value > today.isoformat()[: len(value)]:
            broken[name] = "วันที่ยังมาไม่ถึง"
    phone = values.get(F.PHONE)
    if phone and not all(map(_is_phone, re.split(r"[,;]|\s{2,}| และ ", phone))):
        broken[F.PHONE] = "เลขโทรศัพท์ควรมี 9 หรือ 10 หลัก"
    return {str(name): why for name, why in broken.items()}


def _is_phone(text: str) -> bool:
    number = re.split(r"ต่อ|ถึง|#", text)[0]  # an extension may follow
    return sum(letter.isdigit() for letter in number) in _PHONE_DIGITS
