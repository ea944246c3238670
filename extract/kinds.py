"""What kind of paper a letter is (ระเบียบงานสารบรรณ ข้อ 10-27; domain: six kinds)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.labels import Part, label_at_start
from extract.offices import is_office
from extract.outcome_words import judge
from extract.papers import Paper, paper_of
from extract.parts import Letter, is_title, title_rows
from extract.passages import passage
from extract.people import is_anonymous
from extract.references import Reference
from extract.rows import join
from extract.sentences import sentences
from extract.text import bare, unmarked
from models.terms import LetterKind

_ORDER = re.compile(r"^\W*(?:[คดต]ำ\s?ส[ัิี]?[่้]?ง|คําสั่ง|ระเบียบ|ข้อบังคับ)(?!ที่(?!ว่าการ|ทำการ))(?!\s?ลง)")
_ANNOUNCEMENT = re.compile(r"^\W*(?:[ปบ]ระกา[ศสค]|แถลงการณ์|ข่าวประชาสัมพันธ์)(?!\s?ณ)")
_MESSAGE = re.compile(r"กระดาษเขียน\s?ข่าว|กระดาษเขยนขาว|ที่ของผู้ให้ข่าว|หมู่\s?-\s?วัน\s?-\s?เวลา")
_FIRST_PERSON = re.compile(
    r"ข้าพเจ้า|ข้าฯ|ข้าเจ้า|ข้าน้อย|อาตมา|อิฉัน|ขาพเจ้า|ข้าพเจา|กระผม|ดิฉัน|พวกเรา|ประชาชนในหมู่บ้าน|(?<![ก-๎])(?:ผม|หนู"
    r"|ฉัน)(?=[ก-๎ ])"
)
_GRIEVANCE = re.compile(
    r"ร้องเรียน|ร้องทุกข์|เดือดร้อน|ขอความเป็นธรรม|ขอความช่วยเหลือ|ขอความอนุเคราะห์|กล่าวโทษ|แจ้งเบาะแส|บุกรุก"
    r"|ขอให้|อยากให้|ขอฟ้อง|ถูกโกง|ถูกทำร้าย|พลเมืองดี|ช่วยเหลือ|ตรวจสอบ|เรียกรับเงิน|ยาเสพติด|ยาบ้า"
    r"|ชำรุด|เสียหาย|รบกวน|เหม็น|เสียงดัง|น้ำท่วม|ไม่ไหล|ไฟ(?:ฟ้า)?ดับ|เป็นหลุม|ถูกปิด|อันตราย"
)
_INTAKE = re.compile(
    r"ผู้แจ้ง(?:ประสงค์|ว่า|ชื่อ|\s|:)|สายด่วน\s?(?:1567|๑๕๖๗)|วันที่รับแจ้ง|ผู้ร้อง(?:เรียน|ทุกข์)?\s*:"
)
_BOX = re.compile(r"ตู้ราชสีห์|ตู้รับ(?:เรื่อง|ฟัง|ความ)|บัตรสนเท่ห์")
_WRITTEN_AT = re.compile(r"(?:เขียนที่|อยู่บ้านเลขที่|เลขประจำตัวประชาชน|เลขที่บัตรประชาชน)")
_RESULT = unmarked(
    r"รายงานความ(?:คืบ|ก้าว)หน้า|ตอบ(?:ข้อ|คำ|เรื่อง)?ร้อง(?:เรียน|ทุกข์)|(?:รายงาน|แจ้ง|ขอส่ง|ส่ง|ขอรายงาน)\s?ผล|ชี้แจง(?:ข้อเท็จจริง|ผล)"
    r"|ผลการ(?:ดำเนิน|ตรวจสอบ|แก้ไข|ไกล่เกลี่ย|พิจารณา|สอบ|ช่วยเหลือ|ติดตาม|เจรจา|ปฏิบัติ|สำรวจ)"
    r"|รายงาน(?:การ(?:ดำเนิน|แก้ไข|ตรวจสอบ|ช่วยเหลือ|ไกล่เกลี่ย|สอบ)|ข้อเท็จจริง)"
)
_ABOUT = unmarked(
    r"คำร้อง|ร้องว่า|ร้องขอ|ขอความเป็นธรรม|สนเท่ห์|ข้อกล่าวหา|กล่าวหา|ร้องเรียน|ร้องทุกข์|ผู้ร้อง"
    r"|ผู้แจ้ง|สายด่วน\s?(?:1567|1111|๑๕๖๗|๑๑๑๑)|แจ้งเหตุ|ยื่นหนังสือ|คัดค้าน|โทรมา|โทรศัพท์มา|ใช้(?:นาม|ชื่อ)ว่า"
    r"|ศูนย์ดำรงธรรม|ข้อพิพาท|เดือดร้อน|ไกล่เกลี่ย|กล่าวโทษ"
)
# แจ้งผลเบื้องต้นกรณี…: the case is named, though nobody is said to have complained.
_CASE = unmarked(r"(?:รายงาน|แจ้ง)ผล.{0,20}กรณี")
_ASKS = unmarked(
    r"(?:ขอ)?ให้(?:ท่าน)?(?:ทำคำ)?ชี้แจง|(?:ให้|ขอให้|เร่งรัด|แจ้งให้|เตือน)(?:.{0,20})(?:รายงานผล|ผลการ"
    r"|แจ้งผล)|เร่งรัด|ติดตามผล|แนวทาง"
)
_OUTCOME = unmarked(
    r"(?:ได้ดำเนินการ|ดำเนินการแก้ไข).{0,60}(?:เรียบร้อยแล้ว|แล้วเสร็จ|เสร็จสิ้น)|อยู่ระหว่างดำเนินการ|ไม่ติดใจ"
    r"|ผู้ร้อง(?:พึงพอใจ|พอใจ)|จึง(?:เห็นควร)?ยุติเรื่อง|ขอถอน(?:เรื่อง|คำร้อง)|ถือว่าเรื่องยุติ|ยุติเรื่องแล้ว|ได้ข้อยุติ"
    r"|ขอเรียนว่า.{0,80}ตรวจสอบ|เรื่องจึง(?:ยังไม่)?ยุติ"
)
_POSITION = re.compile(
    r"^\W*(?:นายอำเภอ|ปลัดอำเภอ|ปลัดจังหวัด|(?:รอง)?ผู้ว่าราชการ|นายก(?:เทศมนตรี|องค์การ)|หัวหน้า|ผู้อำนวยการ"
    r"|อธิบดี|เจ้าพนักงาน|ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการ)"
)
_PROCLAIMS = re.compile(r"^\W{0,3}(?:(?P<told>ประกาศ)|(?:สั่ง|สัง))\s?ณ\s")
_REQUESTS = unmarked(r"\W*(?:เรื่อง)?\s*(?:ขอ(?!ราย|แจ้งผล)|ส่ง|ติดตาม|แจ้งให้|ให้|เชิญ|มอบหมาย)")
# The boxes of a note that takes a complaint in, each on a line of its own.
_TAKEN_IN = re.compile(
    r"^\W*(?:(?:ชื่อ)?ผู้ร้อง(?:เรียน|ทุกข์)?|ผู้แจ้ง|ผู้โทร|เบอร์ติดต่อ|เลขที่เรื่อง|ช่องทาง|เรื่องที่ร้อง|รายละเอียด"
    r"|สิ่งที่ต้องการ|ความประสงค์"
    r"|ผู้รับ(?:สาย|เรื่อง|แจ้ง)|ใบรับ(?:โทรศัพท์|แจ้ง|เรื่อง)|วัน(?:เวลา)?ที่รับ|ที่อยู่|ผู้ถูกร้อง"
    r"|หน่วยงานรับผิดชอบ|ลำดับที่|การดำเนินการเบื้องต้น|คู่กรณี|ชื่อ\s?-\s?(?:นาม)?สกุล|ข้อความ)(?![ก-๎])"
)
_BOXES = 2
_DECREES = (LetterKind.ORDER, LetterKind.ANNOUNCEMENT)
_ORDERED = unmarked(r"ตามหนังสือ|ตามที่.{0,200}นั้น|ตามคำสั่ง|ตามบันทึก|ตามคำร้อง")
_REPORTS = unmarked(r"ขอรายงานผล|ขอแจ้งผล|ขอเรียนผล")
_ORDERS_OUT = unmarked(r"ปรับสถานะ|ทุกอำเภอ|ทุกจังหวัด|ทุกแห่ง|ถือปฏิบัติ")


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a letter with its confidence (0..1), and the form that it is written in."""

    kind: LetterKind
    confidence: float
    form: LetterKind


def tell_kind(
    letter: Letter, reference: Reference | None, *, numbered: bool, text_confidence: float
) -> Kind:
    """Return the kind; a report of a result about a complaint is one whatever its form.

    ``numbered`` tells that a reference number stands in the head, though it was not read.
    """
    form, sure = _form(letter, reference, numbered=numbered)
    paper = paper_of(letter) if form is LetterKind.OTHER else None
    if paper is Paper.SETTLEMENT:
        # A record of how a case ended, though no letter: an officer is to confirm it.
        return Kind(LetterKind.RESULT_REPORT, 0.75 * text_confidence, form)
    if paper is not None:
        return Kind(form, sure * text_confidence, form)
    official = form not in (LetterKind.COMPLAINT, LetterKind.OTHER)
    if _ORDERS_OUT.search(bare(join(letter.rows(Part.ADDRESSEE)))):
        return Kind(form, sure * text_confidence, form)  # what goes to all reports on no one case
    if _reports_result(letter, official=official):
        return Kind(LetterKind.RESULT_REPORT, min(sure, 0.85) * text_confidence, form)
    if official and form not in _DECREES and _answers(letter):
        return Kind(LetterKind.RESULT_REPORT, min(sure, 0.72) * text_confidence, form)
    if official and form not in _DECREES and _may_report(letter):
        sure = min(sure, 0.78)
    return Kind(form, sure * text_confidence, form)


def is_message(letter: Letter) -> bool:
    """Tell whether the letter is a military message form (กระดาษเขียนข่าว)."""
    return any(_MESSAGE.search(row.text) for row in title_rows(letter)[:8])


def is_about_complaint(letter: Letter, kind: LetterKind) -> bool:
    """Tell whether an office's letter is about one complaint, and no order to everybody."""
    if kind in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.OTHER):
        return False
    addressed = bare(join(letter.rows(Part.ADDRESSEE)))
    text = bare(join(letter.rows(Part.SUBJECT, Part.BODY)))
    about = kind is LetterKind.RESULT_REPORT or _ABOUT.search(text) is not None
    return about and not _ORDERS_OUT.search(addressed)


def is_memo_title(text: str) -> bool:
    """Tell whether the row is the title บันทึกข้อความ, alone or behind a mark of urgency."""
    return any(is_title(part, "บันทึกข้อความ") for part in (text, *_tails(text)))


def is_order_title(text: str) -> bool:
    """Tell whether the row is the title of an order or a rule."""
    return _ORDER.match(text) is not None and len(text) <= 90


def is_announcement_title(text: str) -> bool:
    """Tell whether the row is the title of an announcement."""
    return _ANNOUNCEMENT.match(text) is not None and len(text) <= 90


def _tails(text: str) -> tuple[str, ...]:
    words = text.split(" ")
    return tuple(" ".join(words[n:]) for n in range(1, min(len(words), 6)))


def _form(
    letter: Letter, reference: Reference | None, *, numbered: bool
) -> tuple[LetterKind, float]:
    top = title_rows(letter)
    if any(is_memo_title(row.text) for row in top) or letter.has(Part.OFFICE):
        return LetterKind.MEMO, 0.95
    if is_message(letter):
        return LetterKind.MESSAGE, 0.93
    for row in top[:6]:
        if is_order_title(row.text):
            return LetterKind.ORDER, 0.93
        if is_announcement_title(row.text):
            return LetterKind.ANNOUNCEMENT, 0.93
    if reference is not None and reference.letters:
        return _official(letter)
    if paper_of(letter) is not None:
        return LetterKind.OTHER, 0.9
    if sum(_TAKEN_IN.match(at.row.text) is not None for at in letter.located) >= _BOXES:
        return LetterKind.COMPLAINT, 0.87
    speaks = _FIRST_PERSON.search(join([at.row for at in letter.located])) is not None
    told = None if speaks else _proclaims(letter)
    if told is not None:
        return told, 0.7
    marks = _marks_of_office(letter) + numbered
    if marks >= 3 or (marks == 2 and not speaks):
        form, sure = _official(letter)
        return form, min(sure, 0.8)
    return _unofficial(letter)


def _marks_of_office(letter: Letter) -> int:
    """Count what only an office writes: its name at the top, its officer's and owner's below."""
    foot = [row for row in letter.rows(Part.FOOT) if len(row.text) < 60]
    top = [row.text for row in title_rows(letter) if not label_at_start(row.text)]
    headed = any(is_office(text) for text in top)
    signed = any(_POSITION.match(row.text) for row in foot)
    owned = any(is_office(row.text) and not _POSITION.match(row.text) for row in foot)
    return headed + signed + owned


def _proclaims(letter: Letter) -> LetterKind | None:
    """Return the kind that ประกาศ ณ or สั่ง ณ at the end gives away."""
    for row in letter.rows(Part.BODY, Part.FOOT):
        match = _PROCLAIMS.match(row.text)
        if match:
            return LetterKind.ANNOUNCEMENT if match["told"] else LetterKind.ORDER
    return None


def _official(letter: Letter) -> tuple[LetterKind, float]:
    addressed = [at.label for at in letter.part(Part.ADDRESSEE) if at.label]
    respects = any("ขอแสดงความนับถือ" in row.text for row in letter.rows(Part.BODY, Part.FOOT))
    if addressed and addressed[0].word == "ถึง" and not letter.has(Part.SUBJECT):
        return (LetterKind.EXTERNAL, 0.5) if respects else (LetterKind.STAMPED, 0.93)
    if addressed:
        return LetterKind.EXTERNAL, 0.92 if letter.has(Part.SUBJECT) else 0.75
    return LetterKind.EXTERNAL, 0.6


def _unofficial(letter: Letter) -> tuple[LetterKind, float]:
    text = join([at.row for at in letter.located])
    if not text:
        return LetterKind.OTHER, 0.3
    speaks = _FIRST_PERSON.search(text) is not None
    score = speaks + bool(_GRIEVANCE.search(text)) + bool(_WRITTEN_AT.search(text))
    if _INTAKE.search(text) and not _ORDERS_OUT.search(bare(text)):
        score += 2
    offices = [at for at in letter.part(Part.ADDRESSEE) if at.label and at.label.word == "ถึง"]
    hidden = is_anonymous(text) or _BOX.search(text)
    if offices and not speaks and not hidden:
        return LetterKind.STAMPED, 0.5
    score += 1 if hidden else 0
    if score >= 2:
        return LetterKind.COMPLAINT, 0.9 if score >= 3 else 0.8
    if score == 1 and not _ORDERS_OUT.search(bare(text)):
        return LetterKind.COMPLAINT, 0.5
    return LetterKind.OTHER, 0.5


def _may_report(letter: Letter) -> bool:
    """Tell whether a letter refers to another about a complaint and asks for nothing itself."""
    subject = bare(join(letter.rows(Part.SUBJECT)))
    text = f"{subject} {bare(join(letter.rows(Part.BODY)))}"
    asks = _ASKS.search(text) or _REQUESTS.match(subject)
    return letter.has(Part.REFERS) and _ABOUT.search(text) is not None and not asks


def _answers(letter: Letter) -> bool:
    """Tell whether a letter answers an order and says what came of the matter."""
    told = passage(letter.rows(Part.BODY))
    body = bare(told.text)
    answers = _ORDERED.search(body) or (letter.has(Part.REFERS) and _ABOUT.search(body))
    if not answers or _ASKS.search(body):
        return False
    return any(judge(sentence.text) for sentence in sentences(told))


def _of_a_case(letter: Letter, subject: str) -> bool:
    """Tell whether a letter that answers another reports on one case, without the word ร้องเรียน."""
    return letter.has(Part.REFERS) and _CASE.search(subject) is not None


def _reports_result(letter: Letter, *, official: bool) -> bool:
    subject = bare(" ".join(at.text for at in letter.part(Part.SUBJECT)))
    text = join([at.row for at in letter.located])
    if _FIRST_PERSON.search(text) and not official:
        return False
    if subject:
        about = _ABOUT.search(subject) or (_ABOUT.search(bare(text)) and official)
        if _ASKS.search(subject):
            return False
        return bool(about and _RESULT.search(subject)) or (official and _of_a_case(letter, subject))
    rows = letter.rows(Part.BODY, Part.TOP)
    opening = bare(" ".join(row.text for row in rows if not label_at_start(row.text)))
    reports = _REPORTS.search(opening) or _OUTCOME.search(opening)
    asked = _ASKS.search(opening) or _ORDERS_OUT.search(opening)
    return bool(reports and (official or _OUTCOME.search(opening)) and not asked)
