"""The joint news form: what stands in a box belongs to the label of that box."""

import pytest

from models.letters import Fields, Line
from models.terms import FieldName, LetterKind
from tests.extract.reading import at, line, read, read_lines

N = FieldName


def form(
    *,
    number: str = "กห ๐๔๘๔.๖๘/๑๒๓",
    group: str = "๐๕๐๙๓๐ มี.ค. ๖๘",
    sender: str = "หน่วยสมมุติ",
    to: str = "กองร้อยทดสอบ",
    under: bool = True,
) -> list[Line]:
    """The boxes with their values under the labels, or beside them."""
    top, aside = (0.115, 0.0) if under else (0.09, 0.16)
    return [
        line("กระดาษเขียนข่าวร่วม", 0.4, 0.05),
        line("หมู่ - วัน - เวลา", 0.1, 0.09),
        line(group, 0.1 + aside, top),
        line("ที่ของผู้ให้ข่าว", 0.55, 0.09),
        line(number, 0.55 + aside, top),
        line("จาก", 0.1, 0.15),
        line(sender, 0.16, 0.15),
        line("ถึง ผู้รับปฏิบัติ", 0.1, 0.18),
        line(to, 0.3, 0.18),
        line("ผู้รับทราบ", 0.1, 0.21),
        line("๑. ตามหนังสืออำเภอพังโคน ที่ สน ๐๖๑๘/๓๓ ลงวันที่ ๑ มีนาคม ๒๕๖๘", 0.15, 0.27),
        line("๒. ขอให้ดำเนินการ", 0.15, 0.3),
    ]


def said(fields: Fields) -> dict[FieldName, str | None]:
    names = (N.REFERENCE_NO, N.DATE, N.SENDER, N.ADDRESSEE)
    return {name: f.value if (f := fields.get(name)) else None for name in names}


FORM = {
    N.REFERENCE_NO: "กห 0484.68/123",
    N.DATE: "2025-03-05",
    N.SENDER: "หน่วยสมมุติ",
    N.ADDRESSEE: "กองร้อยทดสอบ",
}


@pytest.mark.parametrize("under", [True, False])
def test_a_value_stands_under_its_label_or_beside_it(under: bool) -> None:
    fields = read_lines(*form(under=under))
    assert fields.kind is LetterKind.MESSAGE
    assert said(fields) == FORM
    assert not any(at(fields, name).doubts for name in (N.REFERENCE_NO, N.DATE))


def test_the_values_know_their_boxes() -> None:
    fields = read_lines(*form())
    assert {box.top for box in at(fields, N.REFERENCE_NO).boxes} == {0.115}
    assert min(box.left for box in at(fields, N.REFERENCE_NO).boxes) >= 0.55
    assert max(box.right for box in at(fields, N.DATE).boxes) < 0.55


def test_a_letter_that_the_message_quotes_is_not_the_message() -> None:
    fields = read_lines(*form())
    (citation,) = fields.citations
    assert citation.reference is not None
    assert citation.reference.value == "สน 0618/33"
    assert citation.date is not None
    assert citation.date.value == "2025-03-01"
    assert at(fields, N.REFERENCE_NO).value == "กห 0484.68/123"


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        (N.DATE, form(group="๐๕ค๙๓๐ มี.ค. ๖๘")),
        (N.REFERENCE_NO, form(number="กท ฃฃ๑๒")),
    ],
)
def test_a_box_that_could_not_be_read_is_shown_and_no_other_takes_its_place(
    name: FieldName, damaged: list[Line]
) -> None:
    found = at(read_lines(*damaged), name)
    assert found.value is None
    assert found.doubts
    assert {box.top for box in found.boxes} == {0.115}


def test_an_empty_box_stays_empty() -> None:
    fields = read_lines(*[one for one in form() if one.text not in ("หน่วยสมมุติ", "กองร้อยทดสอบ")])
    assert said(fields) == {**FORM, N.SENDER: None, N.ADDRESSEE: None}


@pytest.mark.parametrize("gap", [" ", ": ", "\n"])
def test_a_typed_form_is_read_line_by_line(gap: str) -> None:
    text = (
        f"กระดาษเขียนข่าวร่วม\nหมู่ - วัน - เวลา{gap}๐๕๐๙๓๐ มี.ค. ๖๘\nที่ของผู้ให้ข่าว{gap}กห ๐๔๘๔.๖๘/๑๒๓\n"
        f"จาก{gap}หน่วยสมมุติ\nถึง ผู้รับปฏิบัติ{gap}กองร้อยทดสอบ\nตามหนังสือที่ กห ๐๔๘๑/๓ ลงวันที่ ๑ มีนาคม ๒๕๖๘"
    )
    assert said(read(text)) == FORM


def test_a_blank_typed_form_takes_nothing_from_its_text() -> None:
    text = (
        "กระดาษเขียนข่าวร่วม\nหมู่ - วัน - เวลา:\nที่ของผู้ให้ข่าว:\nจาก: หน่วยสมมุติ\nถึง ผู้รับปฏิบัติ: กองร้อยทดสอบ\n"
        "ตามหนังสือที่ กห ๐๔๘๑/๓ ลงวันที่ ๑ มีนาคม ๒๕๖๘"
    )
    assert said(read(text)) == {**FORM, N.REFERENCE_NO: None, N.DATE: None}


def test_the_district_that_receives_a_message_did_not_send_it() -> None:
    found = read_lines(*form(to="อำเภอพังโคน")).get(N.DISTRICT)
    assert found is None or found.doubts


def test_a_sign_where_the_sender_stands_is_no_sender() -> None:
    found = read("กระดาษเขียนข่าวร่วม\nจาก /\nเรื่อง ก").get(N.SENDER)
    assert found is None or found.value != ""
