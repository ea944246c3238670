from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from openpyxl import load_workbook

from models.recorded import RECORDED
from models.records import Record
from models.terms import FieldName, LetterKind
from review_ui import words
from review_ui.export import export_csv, export_json, export_xlsx, headings, table_row
from review_ui.values import DATES
from tests.review_ui.office import NOW

LABELS = {"LAND": "ปัญหาที่ดิน/ที่ทำกิน"}
RECORD = Record(
    id=7,
    draft_id=9,
    sha256="ab" * 32,
    scan_name="กล่อง, 1.pdf",
    confirmed_by="มานี มีนา",
    confirmed_at=NOW,
    kind=LetterKind.COMPLAINT,
    category="LAND",
    second_category="OFFICIAL",
    values={
        FieldName.DATE: "2024-11-13",
        FieldName.SUBJECT: '=HYPERLINK("x")',
        FieldName.PHONE: "081",
        FieldName.OUTCOME: "follow_up",
        FieldName.CONFIDENTIAL: "yes",
        FieldName.FINISHED_DATE: "2025-01",
    },
)


def test_a_csv_opens_in_excel_with_thai_headings_and_no_formula() -> None:
    data = b"".join(export_csv([RECORD], LABELS))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["ลงวันที่ (พ.ศ.)"] == "13/11/2567"
    assert rows[0]["ลงวันที่ (ISO)"] == "2024-11-13"
    assert rows[0]["เรื่อง"] == '\'=HYPERLINK("x")'
    assert rows[0]["หมวด"] == LABELS["LAND"]
    assert rows[0]["ชื่อไฟล์สแกน"] == "กล่อง, 1.pdf"
    assert rows[0]["ยืนยันเมื่อ"] == "2025-03-04T12:06:00+07:00"
    assert rows[0]["ผลการดำเนินการ"] == "ติดตามเรื่องเดิม"
    assert rows[0]["ขอให้ปกปิดชื่อ"] == "ใช่"
    assert rows[0]["วันที่แล้วเสร็จ (พ.ศ.)"] == "01/2568"
    assert rows[0]["วันที่แล้วเสร็จ (ISO)"] == "2025-01"


def test_every_column_has_a_heading_of_its_own_and_none_is_for_a_national_id() -> None:
    every = headings()
    assert len(set(every)) == len(every) == len(table_row(RECORD, LABELS))
    assert {words.FIELDS[name] for name in RECORDED if name not in DATES} < set(every)
    assert words.FIELDS[FieldName.NATIONAL_ID] not in every
    told = replace(RECORD, values={**RECORD.values, FieldName.NATIONAL_ID: "1999800000011"})
    for export in (export_csv, export_json):
        assert b"1999800000011" not in b"".join(export([told], LABELS))


def test_every_start_of_a_formula_is_neutralised() -> None:
    for start in "=+-@\t\r":
        record = replace(RECORD, values={FieldName.SUBJECT: f"{start}1"})
        line = list(export_csv([record], LABELS))[2].decode()
        assert f"'{start}1" in line


def test_a_workbook_holds_text_only() -> None:
    odd = replace(RECORD, values={**RECORD.values, FieldName.SENDER: "มท\x0b 1"})
    sheet = load_workbook(io.BytesIO(export_xlsx([odd], LABELS))).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == headings()
    assert {cell.data_type for cell in rows[1] if cell.value is not None} == {"s"}
    values = [cell.value for cell in rows[1]]
    assert '=HYPERLINK("x")' in values
    assert "081" in values
    assert "มท 1" in values


def test_json_is_for_programs() -> None:
    found = json.loads(b"".join(export_json([RECORD, RECORD], LABELS)))
    assert len(found) == 2
    assert found[0]["date"] == "2024-11-13"
    assert found[0]["subject"] == '=HYPERLINK("x")'
    assert found[0]["category_label"] == LABELS["LAND"]
    assert found[0]["urgency"] is None
    assert found[0]["outcome"] == "follow_up"
    assert found[0]["finished_date"] == "2025-01"
    assert "national_id" not in found[0]


def test_no_record_is_a_valid_file_too() -> None:
    assert json.loads(b"".join(export_json([], LABELS))) == []
    assert len(list(export_csv([], LABELS))) == 2
    assert export_xlsx([], LABELS)
