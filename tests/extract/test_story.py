from __future__ import annotations

import datetime as dt

from extract import lines_from_text, load_gazetteer, read_fields, story
from models.letters import Box, Fields, LetterPart, Line, OcrPage, PageState
from models.terms import LetterKind, PartKind

LETTER = """เขียนที่ บ้านเลขที่ 88 หมู่ 13
วันที่ 17 กุมภาพันธ์ 2568
เรื่อง ขอให้ซ่อมแซมถนนชำรุด
เรียน นายอำเภอพรรณานิคม
ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่า ถนนลาดยางเข้าหมู่บ้านชำรุดเป็นหลุมลึกมาตั้งแต่ฤดูฝน รถล้มบ่อยครั้ง
ขอแสดงความนับถือ
(นายสมมุติ ทดสอบดี)"""


def test_the_story_is_the_subject_and_the_body_of_a_typed_letter() -> None:
    page = lines_from_text(LETTER)
    fields = read_fields([page], load_gazetteer(), dt.date(2026, 1, 1))
    (told,) = story([page], fields)
    assert "ถนนลาดยางเข้าหมู่บ้าน" in told.text
    assert "ขอให้ซ่อมแซมถนนชำรุด" in told.text
    for other in ("เขียนที่", "17 กุมภาพันธ์", "เรียน นายอำเภอ", "ขอแสดงความนับถือ"):
        assert other not in told.text


def scanned(*texts: str) -> tuple[OcrPage, list[Box]]:
    boxes = [Box(0.1, 0.1 * n, 0.8, 0.02) for n in range(len(texts))]
    lines = tuple(Line(text, box, 0.9) for text, box in zip(texts, boxes, strict=True))
    return OcrPage(1, 100, 100, PageState.READ, lines), boxes


def test_on_a_scan_the_lines_are_told_by_their_boxes() -> None:
    page, boxes = scanned("เรียน นายอำเภอ", "ถนนหน้าบ้านเป็นหลุมลึกมาห้าเดือนแล้ว รถล้มทุกวัน ไม่มีใครมาดู")
    parts = (LetterPart(PartKind.BODY, "ซ่อมอ่านใหม่แล้ว", 1, (boxes[1],)),)
    (told,) = story([page], Fields(LetterKind.COMPLAINT, 1.0, parts=parts))
    assert told.text == page.lines[1].text


def test_where_the_parts_were_not_told_apart_no_word_is_lost() -> None:
    page, boxes = scanned("เรียน นายอำเภอ", "ถนนหน้าบ้านเป็นหลุมลึกมาห้าเดือนแล้ว รถล้มทุกวัน ไม่มีใครมาดู")
    parts = (LetterPart(PartKind.BODY, "เรียน", 1, (boxes[0],)),)
    assert story([page], Fields(LetterKind.OTHER, 0.5, parts=parts)) == (page,)
    assert story([page], Fields(LetterKind.OTHER, 0.5)) == (page,)
