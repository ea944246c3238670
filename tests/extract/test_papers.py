"""Certificates, minutes and records of a settlement are no complaints, whoever speaks in them."""

import pytest

from models.terms import FieldName, LetterKind, Outcome
from tests.extract.made_letters import official
from tests.extract.reading import at, read

N = FieldName


def test_a_certificate_is_a_notice_and_whom_it_is_for_does_not_complain() -> None:
    fields = read(
        "เลขที่ ๓/๒๕๖๘\nที่ทำการผู้ใหญ่บ้าน หมู่ที่ ๒\nตำบลโคกภู อำเภอภูพาน จังหวัดสกลนคร\nหนังสือรับรอง\n"
        "หนังสือฉบับนี้ให้ไว้เพื่อแสดงว่า นางสาวตัวอย่าง สมมุติสุข เป็นลูกบ้านของข้าพเจ้า มีความประพฤติเรียบร้อย\n"
        "ให้ไว้ ณ วันที่ ๑ เมษายน พ.ศ. ๒๕๖๘\n(นายทดลอง ตัวอย่างสุข)\nผู้ใหญ่บ้านหมู่ที่ ๒"
    )
    assert fields.kind is LetterKind.OTHER
    assert at(fields, N.OUTCOME).value == Outcome.NOTICE
    assert at(fields, N.SIGNATORY).value == "นายทดลอง ตัวอย่างสุข"
    assert fields.get(N.COMPLAINANT) is None
    assert fields.get(N.RESPONDENT) is None


def test_minutes_that_mention_cases_are_a_notice() -> None:
    fields = read(
        "รายงานการประชุมหัวหน้าส่วนราชการอำเภอภูพาน\nครั้งที่ ๕/๒๕๖๘\nวันอังคารที่ ๒๗ พฤษภาคม ๒๕๖๘\nผู้มาประชุม\n"
        "๑. นายทดลอง ตัวอย่างสุข    นายอำเภอ\nวาระที่ ๔ ศูนย์ดำรงธรรมมีเรื่องร้องเรียนที่ยุติเรื่องแล้ว ๖ เรื่อง\n"
        "เลิกประชุมเวลา ๑๒.๐๐ น."
    )
    assert at(fields, N.OUTCOME).value == Outcome.NOTICE
    assert fields.get(N.COMPLAINANT) is None


def settlement(told: str) -> str:
    return (
        "บันทึกการประนีประนอม\n        ที่ว่าการอำเภอภูพาน\nวันที่ ๒๙ พฤศจิกายน ๒๕๖๗\n"
        "ระหว่าง    นางสมมุติ ทดสอบดี    ผู้ร้อง\n    นายตัวอย่าง สมมุติสุข    ผู้ถูกร้อง\n"
        f"คู่กรณีพิพาทกันเรื่องแนวรั้ว หมู่ที่ ๓ ตำบลโคกภู อำเภอภูพาน จังหวัดสกลนคร {told}\n"
        "ลงชื่อ.......ผู้ร้อง\nลงชื่อ.......ผู้ถูกร้อง"
    )


def test_a_record_of_a_settlement_reports_how_a_case_ended_and_is_to_be_confirmed() -> None:
    fields = read(settlement("ทั้งสองฝ่ายยอมความกันดังนี้"))
    assert fields.kind is LetterKind.RESULT_REPORT
    assert fields.kind_confidence < 0.8
    assert at(fields, N.OUTCOME).value == Outcome.FINISHED


def test_a_record_of_parties_that_did_not_agree_finishes_nothing() -> None:
    fields = read(settlement("ทั้งสองฝ่ายตกลงกันไม่ได้"))
    assert at(fields, N.OUTCOME).value != Outcome.FINISHED


@pytest.mark.parametrize("subject", ["แจ้งผลเบื้องต้นกรณีอาคารรุกทางสาธารณะ", "รายงานผลกรณีสุนัขจรจัด"])
def test_a_letter_that_reports_on_a_case_is_a_report_without_the_word_complaint(
    subject: str,
) -> None:
    told = "นายช่างวัดแล้วพบว่ารุกทางจริง จึงมีคำสั่งให้รื้อถอนภายใน ๓๐ วัน"
    refers = "อ้างถึง หนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๗.๓/๑๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘"
    assert read(official(told, subject=subject, refers=refers)).kind is LetterKind.RESULT_REPORT
    assert read(official(told, subject=subject)).kind is LetterKind.EXTERNAL


def test_an_answer_to_a_complaint_is_a_report() -> None:
    text = official("ตามที่ท่านแจ้งมา นั้น เทศบาลได้แก้ไขเรียบร้อยแล้ว", subject="ตอบข้อร้องทุกข์กลิ่นเหม็น")
    assert read(text).kind is LetterKind.RESULT_REPORT


def test_a_report_of_everyday_work_is_no_report_on_a_complaint() -> None:
    refers = "อ้างถึง หนังสือจังหวัดสกลนคร ที่ สน ๐๐๑๗.๓/๑๑ ลงวันที่ ๑ มีนาคม ๒๕๖๘"
    text = official("ขอส่งแบบรายงาน", subject="รายงานผลการปฏิบัติงานประจำเดือน", refers=refers)
    assert read(text).kind is LetterKind.EXTERNAL


def test_a_complaint_that_speaks_of_an_old_settlement_is_still_one() -> None:
    text = (
        "เรียน นายอำเภอภูพาน\nข้าพเจ้า นายสมมุติ ทดสอบดี ขอร้องเรียนว่าคู่กรณีผิด\n"
        "บันทึกข้อตกลงที่ทำไว้ที่อำเภอ\nขอให้เรียกมาไกล่เกลี่ย\n(นายสมมุติ ทดสอบดี)"
    )
    assert read(text).kind is LetterKind.COMPLAINT
