"""Where a paper stands in the life of a complaint, and the sentence that says so.

Domain 3.8: judged sentence by sentence; a negation, a plan or an order in the same sentence cancels
what it says to be finished; the last outcome wins. A circular is a notice whatever it mentions.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.dates import DateReading, as_date, find_dates
from extract.labels import Part
from extract.parts import Letter
from extract.passages import Passage, passage
from extract.text import bare
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName, LetterKind, Outcome

# All patterns are written without the marks that scanners lose: they are matched on bare text.
_FINISHED = re.compile(
    r"แลวเสรจ|เสรจสนเมอ|เปนอน(?:แกไข|ระงบ|ยต|จบ)|(?:ขอกลาวหา|เรอง)[ก-ฮเ-ไาำะ ]{0,6}ไมมมล|ปดเรอง"
    r"|ยอมความกน|ไมเรยกรอง(?:เพม|ใด)|ไมประสงค(?:จะ)?(?:รอง|ให.{0,24}ดำเนน).{0,12}ตอ|ยตการสบสวน"
    r"|เสรจสนแลว|เสรจเรยบรอย|(?:ดำเนนการ|แกไข|ซอมแซม|ตดตง|ปรบปรง|ระงบเหต|ชวยเหลอ"
    r"|จาย).{0,70}เรยบรอย"
    r"|ผรอง(?:(?!ไม).){0,24}พอใจ|ม.{0,4}พงพอใจ|ไมตดใจ|ถอวาเรอง.{0,14}ยต|เหนควรยต|(?<!ไม)ยตเรอง"
    r"|ไดขอยต"
    r"|เรอง(?:นจง|จง|ได)?ยต|ตกลงกนได|ทำบนทกขอตกลง|ทำสญญาประนประนอม|ขอถอน(?:คำรอง|เรองรอง|การรอง)"
    r"|แจง(?:ผล)?ให?ผรอง.{0,16}ทราบ(?:เรยบรอย)?แลว|แจงผรอง.{0,10}ทราบแลว|จำหนายเรอง|ไมมมลความจรง"
    r"|ไมพบการกระทำ"
)
_UNDER_WAY = re.compile(
    r"ยงไม(?:ได)?ยต|ผอนเวลา|ขอเลอน|ยงขาด|(?:ตอง|รอ)(?:ขอ)?งบประมาณ|ผลเปนประการใด|ไมทนกำหนด"
    r"|ไมตรงกบขอเทจจรง|ยงมได|ไมอาจถอ|ไมพอใจ|ไมพงพอใจ|ยงไมแลวเสรจ|ยงไมได.{0,20}(?:ดำเนนการ|ขอยต)"
    r"|อยระหวาง|คาดวาจะ|จะดำเนนการ"
    r"|จะไดดำเนนการ"
    r"|จะรายงานผล|จะแจงผล|ขอขยาย(?:ระยะ)?เวลา|รอ(?:งบประมาณ|ผล|การจดสรร|การพจารณา)"
    r"|ไมสามารถ.{0,30}แลวเสรจ"
    r"|อยในขนตอน|กำลง(?:ดำเนนการ|ตรวจสอบ|แกไข|ซอมแซม|สำรวจ)"
)
# An order or a condition says nothing about what was done.
_CANCELS = re.compile(
    r"ถา.{0,12}ตกลง|เมอ.{0,40}(?:แลว|เสรจ)\s?(?:ให|ขอให|จะ|โปรด)|เพอ(?:ทำบนทก|ตกลง|ทำสญญา)|(?:หาก"
    r"|เมอใด|ถา).{0,30}(?:แลวเสรจ|ยต|เสรจ|พอใจ|เรยบรอย)|เมอ(?:ไดดำเนนการ"
    r"|ดำเนนการ)?แลวเสรจ.{0,12}(?:ให"
    r"|ขอให|จะ|โปรด)"
    r"|จนกวา.{0,30}(?:แลวเสรจ|ยต)"
    r"|ใหแลวเสรจ|ให(?:ดำเนนการ|แกไข|ซอมแซม).{0,12}แลวเสรจภายใน|เรงรด|ปรบสถานะ|ใหเปน\s?ยตเรอง"
    r"|ทยงไมยต|ขอให(?!ถอ)|โปรด(?:ตรวจสอบ|ดำเนนการ|แจง|รายงาน)"
    r"|กำชบ|ถอปฏบต|พจารณายตเรอง|เพอ.{0,12}ยตเรอง|ไมเปนไป|ตองการให|อยากให|วอนขอ|ประสงคให"
)
_FOLLOWS_UP = re.compile(
    r"ทวงถาม(?!หน)|เงยบหาย|ไมมใครตอบ|ตดตาม(?:ผล|เรอง|ความคบหนา|ความคนหนา|การดำเนนการ|การแกไข)"
    r"|ขอทราบ(?:ผล|ความคบหนา|ความคนหนา)"
    r"|(?:หนงสอ|แจง|ขอ|เปนการ)เตอน|เตอนครง|เรงรด(?:ผล|การดำเนน|เรอง|รายงาน)"
    r"|ยงไมได(?:รบ)?(?:แจง|รายงาน|รบแจง|คำตอบ|รบการ)|ยงไมไดรบรายงาน|ยงไมไดรบแจง|(?:เคย"
    r"|ได)รอง(?:เรยน|ทกข).{0,60}(?:แลว|ไป)"
    r"|เคยแจง|ครงกอน|ตามทขาพเจาได(?:ยน|รอง)|เรองเดมทรอง|จนบดนยงไม|ยงไมมความคบหนา|ยงเงยบ"
)
_PASSES_ON = re.compile(
    r"(?:สง|ขอสง|นำสง|สงตอ|โอน)(?:เรอง|คำ)?(?:ราว)?(?:รอง|หนงสอรอง)|(?:ได)?รบ(?:เรอง|แจง"
    r"|หนงสอ).{0,20}รอง(?:เรยน|ทกข)"
    r"|(?:รอง(?:เรยน|ทกข)|ขอความ(?:ชวยเหลอ|เปนธรรม|อนเคราะห)).{0,90}(?:ตรวจสอบ|พจารณา|ดำเนนการ"
    r"|ขอเทจจรง)"
    r"|ตรวจสอบขอเทจจรง(?:กรณ|เรอง|ตาม)|ม(?:ผ|ราษฎร|ประชาชน).{0,40}รอง(?:เรยน|ทกข)|ผแจง|ประสงคปกปด"
)
_ABOUT = re.compile(
    r"คำรอง|รองวา|รองขอ|ขอความเปนธรรม|สนเทห|ขอกลาวหา|กลาวหา|คกรณ|รองเรยน|รองทกข|ผรอง|ขอพพาท"
    r"|เดอดรอน|ไกลเกลย|กลาวโทษ|ดำรงธรรม|เบาะแส"
)
_WITHDRAWN = re.compile(r"ขอถอน|ไมตดใจ")
_TO_ALL = re.compile(r"ทก(?:อำเภอ|จงหวด|แหง|ตำบล|หนวย|สวนราชการ|หมบาน|ทาน)|ถอปฏบต")
# Clauses that begin a sentence of their own.
_BEGINS = re.compile(
    r"\s(?=(?:จงเ?|ดงนน|ทงน|ตอมา|ขณะน|บดน|อยางไรกตาม|ในการน|อนง|ปรากฏวา|ผลการ|ผรอง|เมอวนท|โดยเมอ"
    r"|แต(?!ง)|"
    r"ในสวน|สำหรบ|ซง(?:ได|ผ|ข|บด|ป)|อำเภอ(?:ได|จง|ขอ)|เทศบาล|องคการ"
    r"|[0-9๐-๙]{1,2}\s?[.)]\s?[ก-ฮเ-ไ]|และจะ|เรองจง|พรอม))"
)
_LIKELY = "ไม่พบประโยคที่บอกว่าเรื่องอยู่ขั้นใด โปรดอ่านหนังสือ"
_OF_COMPLAINT = re.compile(r"ร้องเรียน|ร้องทุกข์|รับเรื่อง|รับแจ้ง|หนังสือ|ลงวันที่")
_DENIES = re.compile(
    r"ไม(?!ตด|ประสงค|พบ|ม|เรยก)|มได|ยง(?!คง)|จะ|หาก|แผน|กำหนด.{0,3}$|(?<!ถก)ตอง.{0,3}$"
    r"|(?:ใกล|เกอบ|พยายาม).{0,4}$"
)
_DENIES_WITHIN = re.compile("(?:ไม|จะ)(?!ตดใจ)|มได|ยง(?!คง)")
_LIMITED = re.compile(r"(?:\s|ไป|แลว|ได|เพยง){0,4}(?:รอยละ|บางสวน|บางราย|บางจด)")
_NEAR = 14  # letters before an end in which a negation denies it
_BACK = 3  # sentences before the last one that may name the day
_COMPLAINS = (LetterKind.COMPLAINT, LetterKind.OTHER)
_REPORTS = re.compile(
    r"(?:รายงาน|แจง|ขอสง|เรยน)ผล|ผลการ(?:ดำเนน|ตรวจ|แกไข|ไกล)|รายงานความ(?:คบ|คน)หนา"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the letter and where it stands in the passage's text."""

    text: str
    start: int
    end: int


def outcome_fields(letter: Letter, kind: LetterKind, today: dt.date) -> dict[FieldName, Field]:
    """Return the outcome with its sentence, and the day on which the matter was finished."""
    body = passage(letter.rows(Part.BODY))
    if kind in _COMPLAINS or (not body.text and not letter.rows(Part.SUBJECT)):
        body = passage(letter.rows(Part.BODY, Part.FOOT, Part.TOP))
    subject = passage(letter.rows(Part.SUBJECT))
    told = _told(letter, kind, subject, body)
    if told is None:
        return {}
    outcome, where, sentence, strength, doubts = told
    spans = where.spans(sentence.start, sentence.end)
    found = {
        FieldName.OUTCOME: make_field(
            outcome.value, spans, strength, doubts=doubts, raw=sentence.text
        )
    }
    if outcome is Outcome.FINISHED:
        found |= _finished_date(where, sentence, today)
    return found


_Told = tuple[Outcome, Passage, Sentence, float, list[str]]


def _told(letter: Letter, kind: LetterKind, subject: Passage, body: Passage) -> _Told | None:
    if kind in (LetterKind.ORDER, LetterKind.ANNOUNCEMENT):
        where = subject if subject.text else body
        return (Outcome.NOTICE, where, _whole(where), 0.9, []) if where.text else None
    everyone = passage(letter.rows(Part.ADDRESSEE))
    circulates = _TO_ALL.search(bare(everyone.text))
    if circulates:
        return Outcome.NOTICE, everyone, _whole(everyone), 0.93, []
    told = _last_outcome(body)
    if kind in _COMPLAINS:
        return _of_complaint(kind, subject, body, told)
    return _of_office(kind, subject, body, told)


def _of_complaint(
    kind: LetterKind, subject: Passage, body: Passage, told: tuple[Outcome, Sentence] | None
) -> _Told | None:
    if told and told[0] is Outcome.FINISHED and _WITHDRAWN.search(bare(told[1].text)):
        return Outcome.FINISHED, body, told[1], 0.85, []
    for where in (subject, body):
        if again := _first(_FOLLOWS_UP, where):
            return Outcome.FOLLOW_UP, where, again, 0.88, []
    if kind is LetterKind.COMPLAINT:
        where = subject if subject.text else body
        return Outcome.NEW, where, _whole(where) if subject.text else _opening(body), 0.9, []
    return (told[0], body, told[1], 0.85, []) if told else None


def _of_office(
    kind: LetterKind, subject: Passage, body: Passage, told: tuple[Outcome, Sentence] | None
) -> _Told | None:
    if _UNDER_WAY.search(bare(subject.text)):
        return Outcome.IN_PROGRESS, subject, _whole(subject), 0.85, []
    about = kind is LetterKind.RESULT_REPORT or _ABOUT.search(bare(f"{subject.text} {body.text}"))
    if not about:
        return _notice(subject)
    reports = kind is LetterKind.RESULT_REPORT or _REPORTS.search(bare(subject.text))
    asked = _first(_FOLLOWS_UP, subject)
    chased = asked or (None if reports else _first(_FOLLOWS_UP, body))
    if chased and not (told and reports):
        return Outcome.FOLLOW_UP, subject if asked else body, chased, 0.88, []
    if told is not None:
        doubts = [] if reports else ["ไม่ใช่หนังสือรายงานผลโดยตรง โปรดอ่านประโยคนี้"]
        return told[0], body, told[1], 0.9, doubts
    for where in () if reports else (body, subject):
        if passed := _first(_PASSES_ON, where):
            return Outcome.NEW, where, passed, 0.8, [_LIKELY]
    if reports and not body.text:
        return None  # the head alone says what the letter is about, not how it ended
    if reports:
        doubt = "เป็นรายงานผล แต่ไม่พบประโยคที่บอกว่าแล้วเสร็จ"
        return Outcome.IN_PROGRESS, body, _opening(body), 0.5, [doubt]
    return _notice(subject)


def _notice(subject: Passage) -> _Told | None:
    """Return a notice for a letter that says nothing of a case, doubted: words may be lost."""
    return (Outcome.NOTICE, subject, _whole(subject), 0.8, [_LIKELY]) if subject.text else None


def _last_outcome(body: Passage) -> tuple[Outcome, Sentence] | None:
    found: tuple[Outcome, Sentence] | None = None
    for sentence in sentences(body):
        outcome = judge(sentence.text)
        if outcome is not None:
            found = outcome, sentence
    return found


def judge(sentence: str) -> Outcome | None:
    """Return what a sentence says of a case: finished, under way, or nothing."""
    plain = bare(sentence)
    if _UNDER_WAY.search(plain):
        return None if re.search(r"ให.{0,20}รายงานผล", plain) else Outcome.IN_PROGRESS
    if _CANCELS.search(plain):
        return None
    ends = [m for m in _FINISHED.finditer(plain) if not _is_denied(plain, m)]
    return Outcome.FINISHED if ends else None


def _is_denied(plain: str, end: re.Match[str]) -> bool:
    """Tell whether the words right before an end deny or plan it, or those behind it limit it."""
    before = plain[max(0, end.start() - _NEAR) : end.start()].rpartition(" ")[2]
    # Within the words of the end too: ซ่อมแซม … ไม่ … เรียบร้อย.
    denied = _DENIES.search(before) or _DENIES_WITHIN.search(end[0][4:])
    return bool(denied or _LIMITED.match(plain[end.end() :]))


def sentences(where: Passage) -> Iterator[Sentence]:
    """Give the sentences of a passage: Thai sets no full stop, so they end where one begins."""
    text = where.text
    plain = _bare_with_places(text)
    cuts = [plain.places[m.start()] for m in _BEGINS.finditer(plain.text)]
    begin = 0
    for cut in sorted({*cuts, *_paragraphs(where), len(text)}):
        part = text[begin:cut]
        if part.strip():
            shift = len(part) - len(part.lstrip())
            yield Sentence(part.strip(), begin + shift, begin + len(part.rstrip()))
        begin = cut


@dataclass(frozen=True, slots=True)
class _Bare:
    text: str
    places: Sequence[int]


def _bare_with_places(text: str) -> _Bare:
    kept = [(n, letter) for n, letter in enumerate(text) if bare(letter)]
    return _Bare("".join(letter for _, letter in kept), [*(n for n, _ in kept), len(text)])


def _paragraphs(where: Passage) -> Iterator[int]:
    """Give where rows begin that are set in: a new paragraph is a new sentence."""
    boxes = [row.box for row in where.rows if row.box is not None]
    left = min((box.left for box in boxes), default=0.0)
    at = 0
    for row in where.rows:
        if row.box is None or row.box.left > left + 0.05:
            yield at
        at += len(row.text) + 1


def _first(pattern: re.Pattern[str], where: Passage) -> Sentence | None:
    for sentence in sentences(where):
        if pattern.search(bare(sentence.text)):
            return sentence
    return None


def _whole(where: Passage) -> Sentence:
    return Sentence(where.text, 0, len(where.text))


def _opening(where: Passage) -> Sentence:
    return next(sentences(where), _whole(where))


def _finished_date(where: Passage, sentence: Sentence, today: dt.date) -> dict[FieldName, Field]:
    """Return the day of the end: the last of its sentence, or doubted of one right before."""
    dates = _dates_of(sentence, today)
    doubts: list[str] = []
    if not dates:
        # The day may stand in a sentence right before: แล้วเสร็จเมื่อวันที่ … ผู้ร้องพึงพอใจ.
        before = [s for s in sentences(where) if s.end <= sentence.start][-_BACK:]
        dated = [(s, found) for s in before if (found := _dates_of(s, today))]
        if not dated:
            return {}
        sentence, dates = dated[-1]
        if judge(sentence.text) is not Outcome.FINISHED:
            doubts.append("วันที่อยู่ในประโยคอื่น โปรดตรวจว่าเป็นวันที่แล้วเสร็จ")
    last = dates[-1]
    if len(dates) > 1 or _OF_COMPLAINT.search(sentence.text[: last.start]):
        doubts.append("วันที่ในประโยคนี้อาจเป็นวันอื่น โปรดอ่านประโยค")
    day = as_date(last.value)
    if day is not None and day > today:
        doubts.append("วันที่แล้วเสร็จอยู่หลังวันนี้ อาจเป็นกำหนดการ หรืออ่านผิด")
    field = make_field(
        last.value,
        where.spans(sentence.start + last.start, sentence.start + last.end),
        0.9,
        doubts=[*last.doubts, *doubts],
        alternatives=[d.value for d in dates[:-1] if d.value],
        precision=last.precision,
    )
    return {FieldName.FINISHED_DATE: field}


def _dates_of(sentence: Sentence, today: dt.date) -> list[DateReading]:
    return [d for d in find_dates(sentence.text, today) if d.value and not d.others]
