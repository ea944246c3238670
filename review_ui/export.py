"""Records as files: CSV and XLSX for people with Thai headings, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from models.database import THAILAND
from models.recorded import RECORDED
from models.records import Record
from review_ui import words
from review_ui.values import DATES, as_word

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML, and so XLSX, cannot hold these
_CELL = 32_767  # letters that a cell of a spreadsheet holds


def headings() -> list[str]:
    """Return the Thai headings of a table of records; dates stand in both calendars.

    Codes stand as Thai words; a program takes the JSON.
    """
    columns = ["ลำดับทะเบียน", "ชนิดหนังสือ", "รหัสหมวด", "หมวด", "รหัสหมวดที่สอง", "หมวดที่สอง"]
    for name in RECORDED:
        label = words.FIELDS[name]
        columns += [f"{label} (พ.ศ.)", f"{label} (ISO)"] if name in DATES else [label]
    return [*columns, "ผู้ยืนยัน", "ยืนยันเมื่อ", "ชื่อไฟล์สแกน", "SHA-256"]


def table_row(record: Record, labels: Mapping[str, str]) -> list[str]:
    """Return a record's cells, as many as there are headings."""
    cells = [str(record.id), words.KINDS[record.kind]]
    for code in (record.category or "", record.second_category or ""):
        cells += [code, labels.get(code, code)]
    for name in RECORDED:
        value = record.values.get(name) or ""
        cells += [as_word(name, value), value] if name in DATES else [as_word(name, value)]
    confirmed = record.confirmed_at.astimezone(THAILAND).isoformat(timespec="seconds")
    return [*cells, record.confirmed_by, confirmed, record.scan_name, record.sha256]


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def export_csv(records: Iterable[Record], labels: Mapping[str, str]) -> Iterator[bytes]:
    """Give the lines of a CSV file of records."""
    yield from csv_lines(headings(), (table_row(record, labels) for record in records))


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Give the lines of a CSV file that Excel opens with Thai letters and without formulas."""
    yield b"\xef\xbb\xbf"
    yield _csv_line(heads)
    for row in rows:
        yield _csv_line([harmless(cell) for cell in row])


def _csv_line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def export_xlsx(records: Iterable[Record], labels: Mapping[str, str]) -> bytes:
    """Return an Excel workbook; every cell is text, so nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("ทะเบียน")
    sheet.freeze_panes = "A2"
    sheet.append(headings())
    for record in records:
        cells = []
        for text in table_row(record, labels):
            cell = WriteOnlyCell(sheet, _UNPRINTABLE.sub("", text)[:_CELL])
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def export_json(records: Iterable[Record], labels: Mapping[str, str]) -> Iterator[bytes]:
    """Give the pieces of a JSON array; dates are ISO in the Christian era, codes stay."""
    opening = b"[\n"
    for record in records:
        yield opening + json.dumps(record_json(record, labels), ensure_ascii=False).encode()
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


def record_json(record: Record, labels: Mapping[str, str]) -> dict[str, object]:
    """Return a record with stable English names."""
    return {
        "id": record.id,
        "kind": record.kind.value,
        "category": record.category,
        "category_label": labels.get(record.category or ""),
        "second_category": record.second_category,
        "second_category_label": labels.get(record.second_category or ""),
        **{name.value: record.values.get(name) for name in RECORDED},
        "confirmed_by": record.confirmed_by,
        "confirmed_at": record.confirmed_at.isoformat(),
        "scan_name": record.scan_name,
        "sha256": record.sha256,
    }
