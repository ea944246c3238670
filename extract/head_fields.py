"""The fields of the head: reference, date, subject, addressee, sender, urgency, secrecy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from extract.dates import find_dates, only_date
from extract.heads import OwnDate, OwnReference
from extract.kinds import is_announcement_title, is_memo_title, is_message, is_order_title
from extract.labels import Part
from extract.marks import Mark, find_secrecy, find_urgency
from extract.offices import TELEPHONE, is_office, rest_of_office, tidy
from extract.parts import Letter, Located, title_rows
from extract.references import find_reference, normal_form, not_understood
from extract.rows import Row, Span, whole
from extract.seal import sealed_sender
from extract.second_readings import SECOND, against_second
from extract.spacing import close_up
from extract.text import loosely
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName, LetterKind

_SPEECH = re.compile(r"\s(?=(?:ข้าพเจ้า|กระผม|ดิฉัน|ผม(?:เป็น|ชื่อ|ขอ)|ด้วย|ตามที่|เนื่องจาก))")
_ANY_DAY = dt.date(2024, 1, 1)  # only whether there is a date matters here
_RECIPIENT = re.compile(rf"^\W*{loosely('ผู้รับปฏิบัติ')}[\s:]*")
_FULL = 0.8  # of the page's width: where a line ends that was filled
_FULL_LETTERS = 60
_ALIGNED = 0.05  # of the page's width between the beginnings of two lines of one name
_NAME_OF_OFFICE = 8  # letters: no office has a shorter name
_WORDY = 80  # letters: an addressee is shorter
_CRUMB = "มีตัวอักษรเกินหน้าชื่อส่วนราชการ โปรดเทียบกับภาพ"
_THAI = re.compile(r"[ก-๛0-9]")
_FROM = re.compile(r"^\W*จาก[\s:]+")


def reference_field(own: OwnReference | None) -> Field | None:
    """Return the reference number in its normal form."""
    if own is None:
        return None
    if own.reference is None:
        return make_field(None, [own.span], 0.3, doubts=[not_understood()])
    reference = own.reference
    doubts = [*reference.doubts, *([SECOND] if own.second else [])]
    strength = reference.strength if own.labelled else 0.85
    field = make_field(
        reference.value, [own.span], strength, doubts=doubts, alternatives=reference.others
    )
    return against_second(field, [own.span], normal_form)


def date_field(own: OwnDate | None, form: LetterKind, today: dt.date) -> Field | None:
    """Return the letter's own date; a memo's without its label วันที่ is doubted."""
    if own is None:
        return None
    if own.reading is None:
        return make_field(None, [own.span], 0.3, doubts=["อ่านวันที่ไม่ออก โปรดดูจากภาพ"])
    found = own.reading
    doubts = [*found.doubts, *([SECOND] if own.second else [])]
    if form is LetterKind.MEMO and not own.labelled:
        doubts.append("ไม่พบคำว่า “วันที่” หน้าวันที่นี้")
    field = make_field(
        found.value,
        [own.span],
        0.95 if own.labelled else 0.92,
        doubts=doubts,
        alternatives=found.alternatives,
        precision=found.precision,
    )
    return against_second(field, [own.span], lambda text: only_date(text, today))


def find_marks(letter: Letter) -> tuple[Mark | None, Mark | None]:
    """Return the marks of urgency and of secrecy."""
    head = title_rows(letter)
    foot = [row for row in letter.rows(Part.FOOT) if len(row.text) < 14]
    return find_urgency(head), find_secrecy(head, foot)


def head_fields(letter: Letter, form: LetterKind, kind: LetterKind) -> Mapping[FieldName, Field]:
    """Return subject, addressee and sender as far as they are found."""
    found = {
        FieldName.SUBJECT: _subject(letter, form),
        FieldName.ADDRESSEE: _addressee(letter),
        FieldName.SENDER: None if kind is LetterKind.COMPLAINT else _sender(letter, form),
    }
    return {name: field for name, field in found.items() if field is not None}


def mark_field(mark: Mark | None) -> Field | None:
    """Return a mark of urgency or secrecy."""
    return None if mark is None else make_field(mark.value, [mark.span], 0.95, doubts=mark.doubts)


def _subject(letter: Letter, form: LetterKind) -> Field | None:
    located = letter.part(Part.SUBJECT)
    if located:
        text = close_up(tidy(_joined(located)))
        if not text:
            return None
        doubts = ["คำว่า “เรื่อง” อ่านไม่ชัด"] if located[0].label and located[0].label.cost > 1 else []
        spans = [_span(at) for at in located]
        if len(_THAI.findall(text)) * 2 < len(text.replace(" ", "")):
            return make_field(None, spans, 0.2, doubts=["อ่านเรื่องไม่ออก โปรดดูจากภาพ"])
        return make_field(text, spans, 0.94, doubts=doubts)
    if form in (LetterKind.EXTERNAL, LetterKind.MEMO) and not is_message(letter):
        return _unlabelled_subject(letter)
    return None


def _joined(located: Sequence[Located]) -> str:
    """Return the lines of a subject as one; a full line breaks amid a phrase, without a space."""
    text = ""
    full = False
    for at in located:
        text += ("" if full or not text else " ") + at.text
        box = at.row.box
        full = box.right > _FULL if box else len(at.text) > _FULL_LETTERS
    return text


def _unlabelled_subject(letter: Letter) -> Field | None:
    """Return the long line right above the addressee where the word เรื่อง was lost."""
    addressee = letter.part(Part.ADDRESSEE)
    if not addressee:
        return None
    above = [r for r in letter.rows(Part.TOP) if r.order == addressee[0].row.order - 1]
    for row in above:
        text = tidy(row.text)
        plain = not find_dates(row.text, _ANY_DAY) and find_reference(row.text) is None
        if len(text) >= 15 and plain and not is_office(text) and not is_memo_title(text):
            doubt = "ไม่พบคำว่า “เรื่อง” ใช้บรรทัดเหนือคำขึ้นต้น"
            return make_field(text, [whole(row)], 0.5, doubts=[doubt])
    return None


def _addressee(letter: Letter) -> Field | None:
    located = letter.part(Part.ADDRESSEE)
    if not located:
        return None
    spans = [_span(located[0])]
    text = _RECIPIENT.sub("", _SPEECH.split(located[0].text)[0])
    text = tidy(text)
    label = located[0].label
    doubts = ["คำขึ้นต้นอ่านไม่ชัด"] if label and label.cost >= 1 else []
    if len(text) > _WORDY:
        doubts.append("ข้อความในคำขึ้นต้นยาวผิดปกติ อาจมีเนื้อเรื่องปนอยู่")
    return make_field(text, spans, 0.93, doubts=doubts) if text else None


def _sender(letter: Letter, form: LetterKind) -> Field | None:
    office = letter.part(Part.OFFICE)
    if office:
        text = tidy(TELEPHONE.sub("", office[0].text))
        span, telephone = _span(office[0]), TELEPHONE.search(office[0].row.text)
        if telephone is not None and telephone.start() > span.start:
            span = Span(span.row, span.start, telephone.start())
        return make_field(text, [span], 0.92) if text else None
    top = letter.rows(Part.TOP)
    if form in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT):
        return _proclaimer(top)
    for number, row in enumerate(top):
        if _FROM.match(row.text) and is_message(letter):
            text = tidy(_FROM.sub("", row.text))
            return make_field(text, [whole(row)], 0.9) if text else None
        found = find_reference(row.text)
        start = found.end if found else 0
        if is_office(row.text[start:]) and not is_memo_title(row.text):
            span = Span(row, start, len(row.text))
            spans = [span, *_second_line(span, top[number + 1 : number + 2])]
            return make_field(tidy(" ".join(s.text for s in spans)), spans, 0.92)
    if form is LetterKind.STAMPED:
        return sealed_sender(letter)
    return _beside_reference(top) if form is LetterKind.EXTERNAL else None


def _second_line(first: Span, below: Sequence[Row]) -> list[Span]:
    """Return where a long name of an office goes on: right under its beginning."""
    for row in below:
        rest = rest_of_office(row.text)
        begun, box = first.box, row.box
        aligned = begun is None or box is None or abs(box.left - begun.left) <= _ALIGNED
        if rest and aligned and not find_dates(rest, _ANY_DAY):
            return [Span(row, 0, len(rest))]
    return []


def _beside_reference(top: Sequence[Row]) -> Field | None:
    """Return what stands right of the reference or under it: the office, whatever it is called."""
    for number, row in enumerate(top):
        found = find_reference(row.text)
        if found is None:
            continue
        behind = tidy(row.text[found.end :])
        if len(behind) >= _NAME_OF_OFFICE and not find_dates(behind, _ANY_DAY):
            return make_field(behind, [Span(row, found.end, len(row.text))], 0.85)
        for below in top[number + 1 : number + 2]:
            text = tidy(below.text)
            plain = not find_dates(text, _ANY_DAY) and not re.match("ถนน|ด่วน|ลับ", text)
            if len(text) >= _NAME_OF_OFFICE and plain:
                return make_field(text, [whole(below)], 0.8)
    return None


def _proclaimer(top: Sequence[Row]) -> Field | None:
    """Return the office that the title of an order or an announcement names."""
    for row in top:
        if is_order_title(row.text) or is_announcement_title(row.text):
            text = re.sub(
                r"^\W*(?:[คดต]ำ\s?ส[ัิี]?[่้]?ง|[ปบ]ระกา[ศสค]|แถลงการณ์|ระเบียบ|ข้อบังคับ|ข้อบัญญัติ)\s*",
                "",
                row.text,
            )
            text = tidy(re.split(r"\sที่\s|\sเรื่อง\s", text)[0])
            crumb = re.match(r"[ก-๎\W]{1,2}(?=อำเภอ|จังหวัด|กรม|เทศบาล|องค์การ)", text)
            if crumb and not is_office(text):
                text = text[crumb.end() :]
                return make_field(text, [whole(row)], 0.6, doubts=[_CRUMB])
            return make_field(text, [whole(row)], 0.9) if text else None
    return None


def _span(at: Located) -> Span:
    return Span(at.row, at.label.end if at.label else 0, len(at.row.text))
