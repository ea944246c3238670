"""Whatever a page holds: nothing crashes, no letter is lost, and nothing is promised too much."""

import datetime as dt
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from extract import lines_from_text, load_gazetteer, read_fields
from extract.rows import rows_of
from models.letters import Box, Field, Fields, OcrPage
from models.terms import Channel, FieldName, Outcome
from tests.extract.any_pages import any_lines, any_pages
from tests.extract.reading import TODAY

N = FieldName


def promised(field: Field | None) -> None:
    """What every field promises, whatever was read."""
    if field is None:
        return
    assert 0 <= field.confidence <= 1
    assert field.confidence < 0.8 or not field.doubts
    assert field.value is None or field.value.strip() != ""
    assert field.value is not None or (field.doubts and field.confidence <= 0.4)
    assert field.value not in field.alternatives
    assert not field.boxes or field.page is not None


def keeps_its_promises(fields: Fields) -> None:
    assert 0 <= fields.kind_confidence <= 1
    assert set(fields.values) == set(FieldName)
    for field in fields.values.values():
        promised(field)
    for citation in fields.citations:
        promised(citation.reference)
        promised(citation.date)
        assert citation.reference is None or citation.reference.value is not None
    for receipt in fields.receipts:
        for found in (receipt.number, receipt.date, receipt.time):
            promised(found)
    for name, members in ((N.OUTCOME, Outcome), (N.CHANNEL, Channel)):
        field = fields.get(name)
        assert field is None or field.value is None or field.value in set(members)
    for name in (N.ANONYMOUS, N.CONFIDENTIAL):
        field = fields.get(name)
        assert field is None or field.value == "yes"


def squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def touches(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0 and min(one.bottom, other.bottom) > max(one.top, other.top)


def loses_no_line(fields: Fields, pages: list[OcrPage]) -> None:
    """Every line is in one part and no other, in the order of the page, and in its place."""
    rows = rows_of(pages)
    assert squeezed(part.text for part in fields.parts) == squeezed(row.text for row in rows)
    assert all(part.text.strip() for part in fields.parts)
    for row in rows:
        if row.box is not None:
            boxes = [box for part in fields.parts if part.page == row.page for box in part.boxes]
            assert any(touches(box, row.box) for box in boxes)


def read(pages: list[OcrPage], today: dt.date = TODAY) -> Fields:
    fields = read_fields(pages, load_gazetteer(), today)
    keeps_its_promises(fields)
    loses_no_line(fields, pages)
    return fields


@settings(max_examples=250)
@given(any_lines)
def test_typed_lines_in_any_order_keep_every_promise(lines: list[str]) -> None:
    read([lines_from_text("\n".join(lines))])


@settings(max_examples=250)
@given(any_pages())
def test_scanned_lines_in_any_place_keep_every_promise(pages: list[OcrPage]) -> None:
    read(pages)


@settings(max_examples=80)
@given(st.text(max_size=200), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_any_script_on_any_day_keeps_every_promise(text: str, today: dt.date) -> None:
    read([lines_from_text(text)], today)


@settings(max_examples=60)
@given(st.lists(st.sampled_from("กขคมนรเาิ่๐๑๒ "), min_size=500, max_size=900).map("".join))
def test_a_line_without_an_end_keeps_every_promise(text: str) -> None:
    read([lines_from_text(f"เรียน นายอำเภอ\nข้าพเจ้า {text}")])


@given(any_pages())
def test_the_same_page_is_always_read_the_same(pages: list[OcrPage]) -> None:
    assert read(pages) == read(pages)


@settings(max_examples=60)
@given(any_pages(), st.sampled_from(["ทุกอำเภอ", "ทุกจังหวัด", "ทุกตำบล", "ทุกแห่ง"]))
def test_no_words_below_make_a_circular_the_end_of_a_case(pages: list[OcrPage], to: str) -> None:
    told = "\n".join(line.text for page in pages for line in page.lines)
    text = f"ที่ สน ๐๐๑๘.๑/ว ๕๘๕\nถึง ที่ทำการปกครอง {to}\nด้วยได้รับแจ้งว่า\n{told}"
    found = read([lines_from_text(text)]).get(N.OUTCOME)
    assert found is not None
    assert found.value == Outcome.NOTICE
