"""A letter as the machine reads it, with every kind of part filled in, and an office to hold it."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from models.database import looking, writing
from models.drafts import Draft, add_draft, drafts_of_scan
from models.letters import (
    Box,
    Citation,
    Evidence,
    Field,
    Fields,
    Ink,
    LetterPart,
    Line,
    MediaType,
    OcrPage,
    PageState,
    RankedCategory,
    Reading,
    Receipt,
    Suggestion,
    Word,
)
from models.pages import add_page
from models.recorded import RECORDED
from models.scans import Origin, add_scan
from models.terms import FieldName, LetterKind, PartKind, Precision
from models.vouching import Answer
from tests.conftest import NOW

PLACE = Box(0.125, 0.25, 0.5, 0.0625)


def make_page(number: int = 1) -> OcrPage:
    word = Word("๒๔๑", PLACE, 0.75, Ink.BLUE)
    return OcrPage(
        number=number,
        width=1654,
        height=2339,
        state=PageState.READ,
        lines=(
            Line("ที่ สน ๐๐๑๘.๑/๒๔๑", PLACE, 0.9, Ink.BLACK, (word,)),
            Line("พิมพ์", None, 1.0),
        ),
        read_by="tesseract 5.3.0",
        reason=None,
        unread=(Box(0.5, 0.5, 0.1, 0.1),),
        notes=("ชั้นข้อความของไฟล์ต่างจากภาพ",),
    )


def make_reading(letter: int = 1, **values: str | None) -> Reading:
    fields: dict[FieldName, Field | None] = dict.fromkeys(FieldName)
    fields[FieldName.DATE] = Field(
        *("2025-03", "มีนาคม ๒๕๖๘", 0.7, 1, (PLACE, PLACE), ("2025-02",), ("ไม่มีวันที่",)),
        Precision.MONTH,
    )
    for name, value in values.items():
        fields[FieldName(name)] = Field(value, value or "เลือน", 0.9, 1, (PLACE,))
    suggestion = Suggestion(
        categories=(RankedCategory("LAND", "ที่ดิน", 0.75), RankedCategory("HELP", "ช่วย", 0.25)),
        abstained=False,
        evidence=(Evidence("รุกล้ำ", 1.5, 1, PLACE), Evidence("ที่ดิน", 0.5)),
        model_version="test-1",
    )
    understood = Fields(
        LetterKind.COMPLAINT,
        0.95,
        MappingProxyType(fields),
        parts=(LetterPart(PartKind.REFERENCE, "ที่ สน ๐๐๑๘.๑/๒๔๑", 1, (PLACE,)),),
        citations=(
            Citation(
                Field("สน 0017.1/3310", "สน ๐๐๑๗.๑/๓๓๑๐", 0.9, 1, (PLACE,)),
                Field("2024-08", "ส.ค. ๖๗", 0.7, 1, (), precision=Precision.MONTH),
                "จังหวัดสกลนคร",
                "ด่วนที่สุด",
            ),
            Citation(None, None),
        ),
        receipts=(Receipt("อำเภอวานรนิวาส", Field("1562", "๑๕๖๒", 0.6, 1), None, None),),
    )
    return Reading(letter, (make_page(),), understood, suggestion)


def keep_scan(
    connection: Connection,
    sha256: str,
    name: str = "SCN_0001.pdf",
    *,
    media_type: MediaType = MediaType.PDF,
    size: int = 1000,
    batch: int | None = None,
    now: dt.datetime = NOW,
    refused: str | None = None,
) -> int:
    """Keep a scan as intake does; return its id."""
    return add_scan(
        connection,
        sha256=sha256,
        name=name,
        media_type=media_type,
        size=size,
        origin=Origin("test", batch),
        now=now,
        refused=refused,
    )


def make_draft(
    engine: Engine,
    sha256: str = "ab" * 32,
    *,
    batch: int | None = None,
    now: dt.datetime = NOW,
    **values: str | None,
) -> Draft:
    """Keep a scan with one page and one draft, as intake and pipeline do."""
    reading = make_reading(**values)
    with writing(engine) as connection:
        scan_id = keep_scan(connection, sha256, batch=batch, now=now)
        for page in reading.pages:
            assert add_page(connection, scan_id, page, now)
        assert add_draft(connection, scan_id, reading, now)
    with looking(engine) as connection:
        (draft,) = drafts_of_scan(connection, scan_id)
    return draft


def make_answer(**values: str | None) -> Answer:
    said = {name: values.get(name.value) for name in RECORDED}
    return Answer(LetterKind.COMPLAINT, "LAND", said)
