"""The fragments of the grammar book (../shared/domain.md, section 5) with what they should say.

A fragment is a bold title, a block of text and a JSON object in backticks. The book's keys are
those of its own tables; here they become the names of our fields. ``category`` is not judged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from benchmarks.known_texts import KnownText
from benchmarks.verdicts import Expected, WantedCitation, WantedReceipt
from models.terms import Channel, FieldName, LetterKind, Outcome

BOOK = Path(__file__).parents[2] / "shared" / "domain.md"
_FRAGMENT = re.compile(
    r"^\*\*(?P<name>F\d+ · [\w.]+)\*\*[^\n]*\n+```text\n(?P<text>.*?)\n```\n`(?P<said>\{.*?\})`$",
    re.DOTALL | re.MULTILINE,
)
_FIELDS = MappingProxyType(
    {
        "ref": FieldName.REFERENCE_NO,
        "doc_date": FieldName.DATE,
        "subject": FieldName.SUBJECT,
        "receive_no": FieldName.RECEIVED_NO,
        "received_date": FieldName.RECEIVED_DATE,
        "received_time": FieldName.RECEIVED_TIME,
        "secrecy": FieldName.SECRECY,
        "urgency": FieldName.URGENCY,
        "complainant": FieldName.COMPLAINANT,
        "anonymous": FieldName.ANONYMOUS,
        "confidential": FieldName.CONFIDENTIAL,
        "age": FieldName.AGE,
        "national_id": FieldName.NATIONAL_ID,
        "phone": FieldName.PHONE,
        "house_no": FieldName.HOUSE_NO,
        "moo": FieldName.MOO,
        "channel": FieldName.CHANNEL,
        "case_no": FieldName.CASE_NO,
        "respondent_role": FieldName.RESPONDENT_ROLE,
        "subdistrict": FieldName.SUBDISTRICT,
        "district": FieldName.DISTRICT,
        "province": FieldName.PROVINCE,
        "outcome": FieldName.OUTCOME,
    }
)
_WORDS: Mapping[str, str] = {
    "1567": Channel.HOTLINE_1567,
    "in_progress": Outcome.IN_PROGRESS,
    "finished": Outcome.FINISHED,
}
_KINDS = {
    "หนังสือภายนอก": LetterKind.EXTERNAL,
    "หนังสือภายใน": LetterKind.MEMO,
    "บันทึกข้อความ": LetterKind.MEMO,
    "หนังสือประทับตรา": LetterKind.STAMPED,
    "คำสั่ง": LetterKind.ORDER,
    "ประกาศ": LetterKind.ANNOUNCEMENT,
}
# The book's kinds are the six forms; this letter in that form reports the result of a complaint.
_ALSO = {"F03": LetterKind.RESULT_REPORT}


def fragments() -> tuple[KnownText, ...]:
    """Return the fragments of the book, none where the book is not at hand."""
    if not BOOK.exists():
        return ()
    return tuple(
        KnownText(match["name"], match["text"], _expected(match["name"], json.loads(match["said"])))
        for match in _FRAGMENT.finditer(BOOK.read_text("utf-8"))
    )


def _expected(name: str, said: Mapping[str, Any]) -> Expected:
    kinds = [_KINDS[said["doc_kind"]]] if "doc_kind" in said else []
    if kinds and (other := _ALSO.get(name.split(" ")[0])):
        kinds.append(other)
    fields = {_FIELDS[key]: _values(value) for key, value in said.items() if key in _FIELDS}
    cited = said.get("refers_to")
    stamped = said.get("stamps")
    return Expected(
        tuple(kinds),
        MappingProxyType(fields),
        None if cited is None else tuple(
            WantedCitation(each.get("ref"), each.get("date"), urgency=each.get("urgency"))
            for each in cited
        ),
        None if stamped is None else tuple(
            WantedReceipt(each.get("office"), each.get("no"), each.get("date"), each.get("time"))
            for each in stamped
        ),
    )  # fmt: skip


def _values(value: Any) -> tuple[str, ...]:
    """Return the book's value in our words; null must not be read."""
    if value is None:
        return ()
    if value is True:
        return ("yes",)
    return (_WORDS.get(str(value), str(value)),)
