"""The sentence that tells an outcome: it stands on the page, and so does the day it names."""

from dataclasses import replace

import pytest

from models.letters import Fields, Line
from models.terms import FieldName, Outcome
from tests.extract.made_letters import report
from tests.extract.reading import at, line, read, read_lines, value

N = FieldName


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("ได้ซ่อมแซมถนนแล้วเสร็จเมื่อวันที่ ๕ มีนาคม ๒๕๖๘ จึงเห็นควรยุติเรื่อง", "2025-03-05"),
        ("เมื่อวันที่ ๕ มีนาคม ๒๕๖๘ ได้ซ่อมแซมถนนแล้วเสร็จ ผู้ร้องพึงพอใจ", "2025-03-05"),
        ("ตามหนังสือลงวันที่ ๑ มีนาคม ๒๕๖๘ ได้ซ่อมแซมถนนเรียบร้อยแล้ว", None),
        ("ผู้ร้องไม่ติดใจเอาความ", None),
    ],
)
def test_the_day_on_which_a_matter_was_finished_is_named_with_it(
    told: str, day: str | None
) -> None:
    fields = read(report(told))
    assert at(fields, N.OUTCOME).value == Outcome.FINISHED
    found = fields.get(N.FINISHED_DATE)
    assert (found.value if found else None) == day
    assert value(report(told), N.DATE) == "2025-03-10"


@pytest.mark.parametrize(
    "told",
    [
        "ผู้ร้องได้ร้องเรียนเมื่อวันที่ ๑ มีนาคม ๒๕๖๘ ต่อมาได้ซ่อมแซมถนนเรียบร้อยแล้ว",
        "ได้รับเรื่องเมื่อวันที่ ๑ มีนาคม ๒๕๖๘ ผู้ร้องพึงพอใจ",
    ],
)
def test_the_day_of_the_complaint_is_not_the_day_of_its_end(told: str) -> None:
    found = read(report(told)).get(N.FINISHED_DATE)
    assert found is None or found.doubts


def test_the_evidence_lies_on_the_lines_that_tell_it() -> None:
    told = line("ได้แจ้งเทศบาลตรวจสอบแล้ว ต่อมาเทศบาลได้ซ่อมแซม", 0.2, 0.30)
    more = line("ถนนแล้วเสร็จเมื่อวันที่ ๕ มีนาคม ๒๕๖๘ ผลเป็นที่พอใจ", 0.14, 0.33)
    fields = read_lines(
        line("ที่ สน ๐๘๑๘/๒๔๑", 0.14, 0.1),
        line("เรื่อง รายงานผลการดำเนินการเรื่องร้องเรียน", 0.14, 0.2),
        line("เรียน ผู้ว่าราชการจังหวัดสกลนคร", 0.14, 0.23),
        line("ตามหนังสือที่อ้างถึง ให้ตรวจสอบเรื่องร้องเรียน นั้น", 0.2, 0.27),
        told,
        more,
        line("จึงเรียนมาเพื่อโปรดทราบ", 0.2, 0.36),
    )
    found = at(fields, N.OUTCOME)
    assert found.value == Outcome.FINISHED
    assert found.raw.startswith("ต่อมาเทศบาลได้ซ่อมแซม ถนนแล้วเสร็จ")
    assert found.page == 1
    assert {box.top for box in found.boxes} == {0.30, 0.33}
    assert min(box.left for box in found.boxes if box.top == 0.30) > 0.2
    assert {box.top for box in at(fields, N.FINISHED_DATE).boxes} == {0.33}


def test_a_day_of_the_end_that_has_not_come_is_doubted() -> None:
    told = "ได้ซ่อมแซมถนนแล้วเสร็จเมื่อวันที่ ๕ ธันวาคม ๒๕๖๘"
    assert at(read(report(told)), N.FINISHED_DATE).doubts


HOME = "อยู่บ้านเลขที่ ๕ ม. ๓ ต. นาหัวบ่อ อ. พรรณานิคม จ. สกลนคร ซึ่งได้รับความเดือดร้อนจากน้ำประปาไม่ไหลมานาน"


def lives(home: Line) -> Fields:
    return read_lines(
        line("เรียน นายอำเภอพรรณานิคม", 0.14, 0.2, confidence=1.0),
        line("ข้าพเจ้า นายสมมุติ ทดสอบดี", 0.24, 0.25, confidence=1.0),
        home,
        line(
            "จึงขอร้องเรียนมาเพื่อโปรดดำเนินการแก้ไขปัญหาให้แก่ประชาชนในหมู่บ้านโดยเร็ว",
            0.14,
            0.33,
            confidence=1.0,
        ),
    )


def test_a_value_stands_on_its_own_word_among_many_short_ones() -> None:
    home = line(HOME, 0.14, 0.3, confidence=1.0)
    words = {word.box: word.text for word in home.words}
    fields = lives(home)
    stands = {name: [words[box] for box in at(fields, name).boxes] for name in (N.MOO, N.HOUSE_NO)}
    assert stands == {N.MOO: ["๓"], N.HOUSE_NO: ["๕"]}


def test_a_faint_digit_makes_its_value_doubted_and_no_other() -> None:
    home = line(HOME, 0.14, 0.3, confidence=1.0)
    faint = [replace(w, confidence=0.3) if w.text == "๓" else w for w in home.words]
    fields = lives(replace(home, words=tuple(faint)))
    assert at(fields, N.MOO).doubts
    assert not at(fields, N.HOUSE_NO).doubts
    assert not at(fields, N.HOME_DISTRICT).doubts
