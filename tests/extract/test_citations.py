"""Other letters that a letter refers to: kept with office and date, never taken for its own."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.months import FULL, SHORT
from models.letters import Citation
from models.terms import FieldName, PartKind
from tests.extract.made_letters import THAI, complaint, official
from tests.extract.reading import TODAY, at, line, read, read_lines

N = FieldName
PROVINCE = "หนังสือจังหวัดสกลนคร ด่วนที่สุด ที่ สน ๐๐๑๗.๑/ว ๙๐๒ ลงวันที่ ๓ กุมภาพันธ์ ๒๕๖๘"
MINISTRY = "หนังสือกรมการปกครอง ลับ ด่วนมาก ที่ มท ๐๓๐๗.๒/ว ๓๙๐๑ ลงวันที่ ๒ ธันวาคม ๒๕๖๗"


def said(citation: Citation) -> tuple[str | None, str | None, str, str]:
    reference, date = citation.reference, citation.date
    return (
        reference.value if reference else None,
        date.value if date else None,
        citation.office,
        citation.urgency,
    )


FROM_PROVINCE = ("สน 0017.1/ว 902", "2025-02-03", "จังหวัดสกลนคร", "ด่วนที่สุด")
FROM_MINISTRY = ("มท 0307.2/ว 3901", "2024-12-02", "กรมการปกครอง", "ด่วนมาก")


def test_a_letter_referred_to_has_its_number_date_office_and_urgency() -> None:
    fields = read(official("ตามหนังสือที่อ้างถึง นั้น", refers=f"อ้างถึง {PROVINCE}"))
    assert [said(c) for c in fields.citations] == [FROM_PROVINCE]
    assert at(fields, N.REFERS_TO).value == "สน 0017.1/ว 902"
    assert fields.get(N.URGENCY) is None


@pytest.mark.parametrize(
    "refers",
    [
        f"อ้างถึง {PROVINCE}\n{MINISTRY}",
        f"อ้างถึง ๑. {PROVINCE}\n๒. {MINISTRY}",
        f"อ้างถึง ๑. {PROVINCE.replace(' ลงวันที่', chr(10) + 'ลงวันที่')}\n๒. {MINISTRY}",
        f"อ้างถึง (๑) {PROVINCE} (๒) {MINISTRY}",
    ],
)
def test_several_letters_referred_to_are_kept_in_order(refers: str) -> None:
    fields = read(official("ตามหนังสือที่อ้างถึง นั้น", refers=refers))
    assert [said(c) for c in fields.citations] == [FROM_PROVINCE, FROM_MINISTRY]
    assert at(fields, N.REFERS_TO).value == "สน 0017.1/ว 902; มท 0307.2/ว 3901"
    assert at(fields, N.REFERENCE_NO).value == "สน 0818/241"
    assert at(fields, N.DATE).value == "2025-03-10"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "ตามหนังสือจังหวัดภูเก็ต ด่วนมาก ที่ ภก 0018.1 / ว 2204 ลว. 9 ม.ค.68 แจ้งว่า",
            ("ภก 0018.1/ว 2204", "2025-01-09", "จังหวัดภูเก็ต", "ด่วนมาก"),
        ),
        (
            "ตามหนังสือกระทรวงการคลัง ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙ ลงวันที่ ๗ มีนาคม ๒๕๖๗",
            ("กค (กวจ) 0405.2/ว 119", "2024-03-07", "กระทรวงการคลัง", ""),
        ),
        (
            "ตามหนังสือสำนักงานตำรวจแห่งชาติ ที่ ตช ๐๐๑๙(สน).๗(๑)/๑๒๓ ลงวันที่ ๘ มีนาคม ๒๕๖๗",
            ("ตช 0019(สน).7(1)/123", "2024-03-08", "สำนักงานตำรวจแห่งชาติ", ""),
        ),
        ("ตามบันทึกข้อความ ที่ สน ๐๘๑๘.๑/๔๕ นั้น", ("สน 0818.1/45", None, "", "")),
    ],
)
def test_a_letter_that_the_text_quotes_is_a_citation(
    clause: str, expected: tuple[str | None, ...]
) -> None:
    fields = read(official(clause))
    assert [said(c) for c in fields.citations] == [expected]
    assert at(fields, N.REFERENCE_NO).value == "สน 0818/241"
    assert at(fields, N.DATE).value == "2025-03-10"


@pytest.mark.parametrize(
    ("written", "number"), [("คำสั่งอำเภอวานรนิวาส ที่ ๑๒๕/๒๕๖๘", "125/2568"),
                            ("ประกาศจังหวัดสกลนคร ที่ พิเศษ ๓/๒๕๖๘", "พิเศษ 3/2568")]
)  # fmt: skip
def test_an_order_that_the_text_quotes_is_a_citation(written: str, number: str) -> None:
    (citation,) = read(official(f"ตาม{written} ลงวันที่ ๑๕ มกราคม ๒๕๖๘ แต่งตั้งคณะทำงาน")).citations
    assert said(citation)[:2] == (number, "2025-01-15")


def test_a_letter_named_twice_is_one_citation() -> None:
    fields = read(official(f"ตาม{PROVINCE} และตาม{MINISTRY} นั้น", refers=f"อ้างถึง {PROVINCE}"))
    assert [said(c) for c in fields.citations] == [FROM_PROVINCE, FROM_MINISTRY]


def test_the_date_of_a_meeting_is_not_that_of_the_letter_before_it() -> None:
    text = official("ตามหนังสือ ที่ สน ๐๐๑๗.๑/ว ๙๐๒ นั้น อำเภอได้ประชุมเมื่อวันที่ ๕ มีนาคม ๒๕๖๘")
    (citation,) = read(text).citations
    assert citation.date is None


def test_a_citizen_s_letter_has_no_number_though_it_quotes_one() -> None:
    fields = read(
        complaint("ขอร้องเรียนว่า ตามหนังสืออำเภอพรรณานิคม ที่ สน ๐๔๑๘/๓๓ ลว. ๓ ม.ค. ๖๘ ไม่เป็นธรรม")
    )
    assert fields.get(N.REFERENCE_NO) is None
    assert at(fields, N.DATE).value == "2025-02-17"
    assert [said(c)[:2] for c in fields.citations] == [("สน 0418/33", "2025-01-03")]


def test_a_letter_that_refers_to_none_has_no_citation() -> None:
    fields = read(official("ด้วยอำเภอจะประชุม โทร. ๐ ๔๒๗๙ ๑๑๑๑ ตาม พ.ร.บ.การทวงถามหนี้ พ.ศ. ๒๕๕๘"))
    assert fields.citations == ()
    assert fields.get(N.REFERS_TO) is None


def test_a_citation_misread_is_doubted() -> None:
    (citation,) = read(official("ตามหนังสือจังหวัดสกลนคร ที่ สน oo๑๗.๑/ว ๙๐๒ นั้น")).citations
    assert citation.reference is not None
    assert citation.reference.value == "สน 0017.1/ว 902"
    assert citation.reference.doubts
    assert citation.reference.confidence < 0.8


def test_a_citation_knows_where_on_the_page_it_stands() -> None:
    quoted = line(f"อ้างถึง {PROVINCE}", 0.14, 0.26)
    words = {word.text: word.box for word in quoted.words}
    fields = read_lines(
        line("ที่ สน ๐๘๑๘/๒๔๑", 0.14, 0.1),
        line("๑๐ มีนาคม ๒๕๖๘", 0.45, 0.15),
        line("เรื่อง ขอเชิญประชุม", 0.14, 0.2),
        line("เรียน ผู้ว่าราชการจังหวัดสกลนคร", 0.14, 0.23),
        quoted,
        line("ตามหนังสือที่อ้างถึง นั้น", 0.2, 0.3),
    )
    (citation,) = fields.citations
    assert citation.reference is not None
    assert citation.date is not None
    assert citation.reference.page == citation.date.page == 1
    assert {words[word] for word in ("สน", "๐๐๑๗.๑/ว", "๙๐๒")} <= set(citation.reference.boxes)
    assert {words[word] for word in ("๓", "กุมภาพันธ์", "๒๕๖๘")} <= set(citation.date.boxes)
    assert citation.reference.raw == "สน ๐๐๑๗.๑/ว ๙๐๒"
    assert [p.kind for p in fields.parts if "๙๐๒" in p.text] == [PartKind.REFERS]


@settings(max_examples=60)
@given(
    st.sampled_from(["สน 0017.1/ว 902", "มท 0307/12", "ศธ 04056.12/45", "กค (กวจ) 0405.2/ว 119"]),
    st.dates(dt.date(2016, 1, 1), TODAY),
    st.sampled_from(["ลงวันที่ ", "ลว. ", "ลว.", "ลงวันที่", "ล.ว. "]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_quoted_letter_never_lends_its_number_or_date(
    number: str, day: dt.date, dated: str, thai: bool, short: bool, in_text: bool
) -> None:
    month = SHORT[day.month - 1] if short else FULL[day.month - 1]
    written = f"หนังสือกรมการปกครอง ที่ {number} {dated}{day.day} {month} {day.year + 543}"
    written = written.translate(THAI) if thai else written
    refers, body = ("", f"ตาม{written} นั้น") if in_text else (f"อ้างถึง {written}", "ตามที่ นั้น")
    fields = read(official(body, refers=refers))
    assert at(fields, N.REFERENCE_NO).value == "สน 0818/241"
    assert at(fields, N.DATE).value == "2025-03-10"
    assert [said(c) for c in fields.citations] == [(number, day.isoformat(), "กรมการปกครอง", "")]
    alone = read(f"เรื่อง ก\nเรียน นายอำเภอ\n{refers or body}\nด้วย")
    assert alone.get(N.REFERENCE_NO) is None
    assert alone.get(N.DATE) is None


def test_the_date_of_an_order_is_not_that_of_an_undated_complaint_against_it() -> None:
    told = "ข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่าคำสั่งอำเภอ ลงวันที่ ๓ มกราคม ๒๕๖๘ ไม่เป็นธรรม"
    found = read(f"เรียน นายอำเภอภูพาน\n{told}\n(นายสมมุติ ทดสอบดี)").get(N.DATE)
    assert found is None or found.doubts


def test_the_office_of_a_district_keeps_its_name() -> None:
    text = official("ตามหนังสือที่ว่าการอำเภอวานรนิวาส ที่ สน ๐๘๑๘/๑๒ ลงวันที่ ๑ มีนาคม ๒๕๖๘")
    assert read(text).citations[0].office == "ที่ว่าการอำเภอวานรนิวาส"


def test_an_order_keeps_the_office_that_gave_it() -> None:
    (citation,) = read(official("ตามคำสั่งอำเภอวานรนิวาส ที่ ๑๒๕/๒๕๖๘ แต่งตั้งคณะทำงาน")).citations
    assert citation.office == "อำเภอวานรนิวาส"


def test_a_law_is_no_letter() -> None:
    assert read(official("ตามประกาศ คสช. ฉบับที่ ๙๖/๒๕๕๗ จัดตั้งศูนย์ดำรงธรรม")).citations == ()
