"""Where a paper stands in the life of a complaint: only what was done is finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.terms import FieldName, Outcome
from tests.extract.made_letters import official, report
from tests.extract.reading import at, read, value

N = FieldName
FINISHED = [
    "บัดนี้ได้ซ่อมแซมถนนแล้วเสร็จ",
    "ได้ดำเนินการซ่อมแซมถนนเรียบร้อยแล้ว",
    "ได้แก้ไขปัญหาน้ำท่วมขังเสร็จสิ้นแล้ว",
    "ผู้ร้องพึงพอใจ",
    "ผู้ร้องไม่ติดใจเอาความ",
    "จึงถือว่าเรื่องยุติ",
    "จึงเห็นควรยุติเรื่อง",
    "คู่กรณีได้ข้อยุติแล้ว",
    "ทั้งสองฝ่ายตกลงกันได้ และทำบันทึกข้อตกลงไว้",
    "ผู้ร้องขอถอนเรื่องร้องเรียน",
    "ได้แจ้งผู้ร้องทราบแล้ว",
    "ตรวจสอบแล้วไม่พบการกระทำตามที่ร้องเรียน",
    "เรื่องร้องทุกข์นี้จึงเป็นอันสิ้นสุด",
    "คู่กรณีรับรองแนวเขตแล้ว สำนักงานถือว่าเสร็จการ",
    "ทั้งสองฝ่ายปรองดองกันได้ด้วยดี",
    "ผู้ร้องมิได้ติดใจสิ่งใดอีก",
    "เจ้าตัวไม่ประสงค์ให้ทางราชการดำเนินการใด ๆ ต่อไป",
    "ได้ซ่อมแซมแล้วเสร็จ หากพบเหตุซ้ำโปรดแจ้งใหม่",
    "ผู้ร้องพงพอใจ",  # the scanner lost a vowel
]
UNDER_WAY = [
    "เรื่องจึงยังไม่ยุติ",
    "ขณะนี้อยู่ระหว่างดำเนินการจัดสรรงบประมาณ คาดว่าจะแล้วเสร็จภายในปีงบประมาณ พ.ศ. ๒๕๖๘",
    "คาดว่าจะซ่อมแซมแล้วเสร็จในวันที่ ๕ กันยายน ๒๕๖๘",
    "จะดำเนินการแก้ไขให้แล้วเสร็จโดยเร็ว",
    "และจะรายงานผลให้ทราบต่อไป",
    "ขอขยายเวลาดำเนินการให้แล้วเสร็จ",
    "รองบประมาณเพื่อซ่อมแซมให้แล้วเสร็จ",
    "ผู้ร้องยังไม่พอใจ",
    "การซ่อมแซมยังไม่แล้วเสร็จ",
    "ไม่สามารถซ่อมแซมให้แล้วเสร็จได้",
    "ยังไม่ได้ข้อยุติ",
    "คณะผู้ไกล่เกลี่ยเลื่อนไปเจรจาใหม่วันที่ ๗ เมษายน ๒๕๖๘",
    "จึงนัดไกล่เกลี่ยใหม่ในเดือนหน้า",
    "จึงขออนุมัติขยายเวลาสืบสวนอีก ๓๐ วัน",
    "ให้ขยายระยะเวลาดำเนินการออกไป",
    "มีคำสั่งให้รื้อถอนแล้ว ซึ่งจะติดตามและแจ้งให้อำเภอทราบอีกคราวหนึ่ง",
    "ผลเป็นเช่นไรจะได้เรียนให้ทราบในโอกาสแรก",
]
CANCELLED = [
    "หากแล้วเสร็จขอให้แจ้งจังหวัดทราบ",
    "ให้แล้วเสร็จภายใน ๑๕ วัน",
    "ขอให้เทศบาลซ่อมแซมให้แล้วเสร็จและยุติเรื่อง",
    "เร่งรัดให้ซ่อมแซมแล้วเสร็จโดยเร็ว",
    "ให้ปรับสถานะเรื่องที่แล้วเสร็จให้เป็นยุติเรื่อง",
    "เมื่อดำเนินการแล้วเสร็จ ให้รายงานจังหวัดทราบ",
    "โปรดตรวจสอบและแจ้งผู้ร้องทราบแล้วยุติเรื่อง",
    "ได้รับทราบแล้ว",
    "ได้มอบหมายให้ปลัดอำเภอตรวจสอบแล้ว",
    "ได้ส่งเรื่องให้เทศบาลดำเนินการแล้ว",
]
NEGATED = [
    "ยังซ่อมแซมถนนไม่แล้วเสร็จ",
    "คู่กรณีไม่ได้ข้อยุติ",
    "คู่กรณีไม่สามารถตกลงกันได้",
    "จึงไม่อาจยุติเรื่องได้",
    "จะยุติเรื่องเมื่อผู้ร้องพอใจ",
    "หากผู้ร้องพึงพอใจจะรายงานให้ทราบ",
    "ผู้ร้องไม่ยอมทำบันทึกข้อตกลง",
    "ผู้ร้องไม่ขอถอนคำร้อง",
    "มีแผนจะซ่อมแซมถนนให้เรียบร้อยในปีหน้า",
    "ซ่อมแซมแล้วเสร็จร้อยละ ๕๐",
    "ยังไม่ถือว่าสิ้นสุด",
    "คู่กรณีปรองดองกันไม่ได้",
    "มีความประสงค์ให้ยุติเรื่อง",
    "ข้อพิพาทยังไม่เป็นอันสิ้นสุด",
]
DONE = [
    "ซ่อมแซมแล้วเสร็จ",
    "แก้ไขเรียบร้อยแล้ว",
    "ยุติเรื่อง",
    "ได้ข้อยุติ",
    "ตกลงกันได้",
    "แจ้งผู้ร้องทราบแล้ว",
    "ทำบันทึกข้อตกลง",
]
FRAMES = [
    "คาดว่าจะ{}",
    "ขณะนี้อยู่ระหว่างดำเนินการให้{}",
    "หาก{} จะรายงานให้ทราบ",
    "ขอให้{}",
    "จะ{}",
    "เร่งรัดให้{}",
    "จนกว่าจะ{}",
    "ยังไม่{}",
    "ยังไม่สามารถ{}",
    "ไม่อาจ{}",
    "มิได้{}",
    "ขอขยายเวลาเพื่อให้{}",
    "โปรดตรวจสอบและ{}",
]


@pytest.mark.parametrize("told", FINISHED)
def test_what_was_done_is_finished_and_the_sentence_is_shown(told: str) -> None:
    found = at(read(report(told)), N.OUTCOME)
    assert found.value == Outcome.FINISHED
    assert found.raw
    assert found.raw in told


@pytest.mark.parametrize("told", UNDER_WAY)
def test_a_negation_a_plan_or_a_wait_is_under_way(told: str) -> None:
    found = at(read(report(told)), N.OUTCOME)
    assert found.value == Outcome.IN_PROGRESS
    assert found.raw in told
    assert value(report(told), N.FINISHED_DATE) is None


@pytest.mark.parametrize("told", CANCELLED)
def test_an_order_a_condition_or_an_errand_finishes_nothing(told: str) -> None:
    assert value(report(told), N.OUTCOME) != Outcome.FINISHED


@pytest.mark.parametrize("told", NEGATED)
def test_a_negated_or_planned_end_is_not_the_end(told: str) -> None:
    assert value(report(told), N.OUTCOME) != Outcome.FINISHED


@pytest.mark.parametrize("frame", FRAMES)
def test_no_words_of_an_end_count_behind_a_negation_a_plan_or_an_order(frame: str) -> None:
    told = [frame.format(done) for done in DONE]
    assert [t for t in told if value(report(t), N.OUTCOME) == Outcome.FINISHED] == []


@pytest.mark.parametrize(
    "told",
    [
        "เมื่อแก้ไขเรียบร้อยแล้ว ให้รายงานจังหวัดทราบ",
        "ถ้าตกลงกันได้ จะรายงานให้ทราบ",
        "ได้นัดคู่กรณีเพื่อทำบันทึกข้อตกลงในวันที่ ๓๐ มีนาคม ๒๕๖๘",
    ],
)
def test_an_end_under_a_condition_or_in_view_is_not_the_end(told: str) -> None:
    assert value(report(told), N.OUTCOME) != Outcome.FINISHED


def test_a_report_that_tells_no_outcome_is_no_new_complaint() -> None:
    text = official("บัดนี้ได้ลงพื้นที่ดูถนนกับกำนันแล้ว", subject="รายงานผลการตรวจสอบข้อเท็จจริงเรื่องร้องเรียน")
    assert value(text, N.OUTCOME) != Outcome.NEW


def test_a_sentence_may_begin_with_the_office_that_did_the_work() -> None:
    assert value(report("เทศบาลได้ซ่อมแซมถนนเรียบร้อยแล้ว"), N.OUTCOME) == Outcome.FINISHED


@given(st.lists(st.sampled_from([*FINISHED, *UNDER_WAY, *CANCELLED]), min_size=2, max_size=5))
def test_the_last_outcome_of_a_report_wins(told: list[str]) -> None:
    outcomes = [
        Outcome.FINISHED if sentence in FINISHED else Outcome.IN_PROGRESS
        for sentence in told
        if sentence not in CANCELLED
    ]
    if outcomes:
        assert value(report("\n".join(told)), N.OUTCOME) == outcomes[-1]
    else:
        assert value(report("\n".join(told)), N.OUTCOME) != Outcome.FINISHED


@pytest.mark.parametrize(
    "told",
    [
        "ถ้าแก้ไขเรียบร้อยแล้ว จะรายงานให้ทราบ",
        "มีกำหนดแล้วเสร็จวันที่ ๓๐ เมษายน ๒๕๖๘",
        "ต้องแล้วเสร็จภายในวันที่ ๓๐ เมษายน ๒๕๖๘",
        "ซ่อมแซมแล้วเสร็จไปแล้วบางส่วน",
        "ใกล้แล้วเสร็จ",
        "ผู้ร้องมิได้พอใจ",
    ],
)
def test_what_is_due_or_half_done_is_not_done(told: str) -> None:
    found = at(read(report(told)), N.OUTCOME)
    assert found.value != Outcome.FINISHED or found.doubts


@pytest.mark.parametrize(
    "told",
    ["ผู้ประกอบการย้ายออกไปแล้ว", "เจ้าของได้รื้อถอนรั้วแล้ว", "ขณะนี้ใช้สัญจรได้ตามปกติ", "ได้คืนเงินส่วนเกินให้แล้ว"],
)
def test_a_deed_without_an_end_is_offered_as_one_and_doubted(told: str) -> None:
    found = at(read(report(told)), N.OUTCOME)
    assert found.value == Outcome.FINISHED
    assert found.doubts


@pytest.mark.parametrize("told", ["เจ้าของยังไม่รื้อถอนรั้ว", "จะย้ายออกในเดือนหน้า", "เมื่อรื้อถอนแล้ว ให้รายงาน"])
def test_a_deed_that_is_not_done_ends_nothing(told: str) -> None:
    assert value(report(told), N.OUTCOME) != Outcome.FINISHED


def test_what_a_letter_repeats_of_an_older_one_is_not_how_it_stands_now() -> None:
    repeated = "ตามที่อำเภอแจ้งว่าอยู่ระหว่างดำเนินการ นั้น"
    assert value(report(f"{repeated} บัดนี้ซ่อมแซมแล้วเสร็จ"), N.OUTCOME) == Outcome.FINISHED
    text = official(f"{repeated} ขอเรียนเชิญประชุม", subject="เรื่องร้องเรียน")
    assert value(text, N.OUTCOME) != Outcome.IN_PROGRESS


@pytest.mark.parametrize("word", ["เมื่อวันที่", "ในวันที่", "ตั้งแต่วันที่"])
def test_the_day_of_the_end_is_in_its_sentence(word: str) -> None:
    fields = read(report(f"เป็นอันยุติข้อพิพาท{word} ๓ มีนาคม ๒๕๖๘"))
    found = fields.get(N.FINISHED_DATE)
    assert found is None or found.value == "2025-03-03"
    assert found is not None or word == "ตั้งแต่วันที่"


def test_the_day_of_another_letter_is_not_the_day_of_the_end() -> None:
    told = "ได้ดำเนินการตามหนังสือ ที่ สน ๐๐๑๗.๓/ว ๒๗ ลงวันที่ ๑๔ มกราคม ๒๕๖๘ เรียบร้อยแล้ว"
    assert value(report(told), N.FINISHED_DATE) is None


@pytest.mark.parametrize(
    "told", ["ครบกำหนดแล้วแต่มิได้รับรายงานใด", "ยังไม่มีรายงานเข้ามา", "ขอให้เร่งรายงานโดยด่วน"]
)
def test_a_report_that_is_missed_is_asked_for_again(told: str) -> None:
    text = f"ที่ สน ๐๐๑๗.๓/๑๙\nถึง อำเภอภูพาน\nจังหวัดให้อำเภอสืบสวนกรณีใช้รถของหลวง {told}\nจังหวัดสกลนคร"
    assert value(text, N.OUTCOME) == Outcome.FOLLOW_UP


def test_a_letter_without_a_subject_that_tells_of_no_case_is_a_doubted_notice() -> None:
    text = "ที่ สน ๐๐๑๗.๓/๑๙\nถึง อำเภอภูพาน\nขอคืนคำขอใช้เลื่อยยนต์ เพราะขาดแผนที่\nจังหวัดสกลนคร"
    found = at(read(text), N.OUTCOME)
    assert found.value == Outcome.NOTICE
    assert found.doubts


@pytest.mark.parametrize("subject", ["ขอขยายเขตไฟฟ้า", "ขอเลื่อนเงินเดือนข้าราชการ", "ขออนุมัติขยายถนน"])
def test_more_of_a_thing_is_no_more_time_for_a_case(subject: str) -> None:
    assert (
        value(official("ด้วยอำเภอประสงค์จะดำเนินการ", subject=subject), N.OUTCOME)
        != Outcome.IN_PROGRESS
    )


def test_more_time_for_what_is_no_complaint_is_doubted() -> None:
    text = official("ด้วยสัญญาจ้างครบกำหนด", subject="ขอขยายระยะเวลาดำเนินการตามสัญญาจ้าง")
    assert at(read(text), N.OUTCOME).doubts
