"""Where a paper stands in the life of a complaint, and the sentence that says so.

Domain 3.8: judged sentence by sentence; a negation, a plan or an order in the same sentence cancels
what it says to be finished; the last outcome wins. A circular is a notice whatever it mentions.
"""

from __future__ import annotations

import datetime as dt
import re

from extract.dates import DateReading, as_date, find_dates
from extract.labels import Part
from extract.outcome_words import (
    ABOUT,
    FOLLOWS_UP,
    PASSES_ON,
    REPORTS,
    TO_ALL,
    UNDER_WAY,
    WITHDRAWN,
    judge,
    tells_of_deeds,
)
from extract.papers import Paper, paper_of
from extract.parts import Letter
from extract.passages import Passage, passage
from extract.sentences import Sentence, sentences
from extract.text import bare
from extract.values import make_field
from models.letters import Field
from models.terms import FieldName, LetterKind, Outcome

_LIKELY = "ไม่พบประโยคที่บอกว่าเรื่องอยู่ขั้นใด โปรดอ่านหนังสือ"
_NO_CASE = "หนังสือไม่ได้กล่าวถึงเรื่องร้องเรียน โปรดอ่านว่าเป็นเรื่องใด"
_ONLY_DONE = "บอกว่าทำแล้ว แต่ไม่ได้เขียนว่าเรื่องยุติ โปรดอ่านประโยค"
_CITED = re.compile(r"(?:ลงวันที่|ลง|ลว\.?)\s*$")
_OF_COMPLAINT = re.compile(r"ร้องเรียน|ร้องทุกข์|รับเรื่อง|รับแจ้ง|หนังสือ|ลงวันที่")
_BACK = 3  # sentences before the last one that may name the day
_COMPLAINS = (LetterKind.COMPLAINT, LetterKind.OTHER)


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
    if kind is LetterKind.OTHER and paper_of(letter) in (Paper.CERTIFICATE, Paper.MINUTES):
        return Outcome.NOTICE, body, _opening(body), 0.9, []
    everyone = passage(letter.rows(Part.ADDRESSEE))
    circulates = TO_ALL.search(bare(everyone.text))
    if circulates:
        return Outcome.NOTICE, everyone, _whole(everyone), 0.93, []
    told = _last_outcome(body)
    if kind in _COMPLAINS:
        return _of_complaint(kind, subject, body, told)
    return _of_office(kind, subject, body, told)


def _of_complaint(
    kind: LetterKind, subject: Passage, body: Passage, told: tuple[Outcome, Sentence] | None
) -> _Told | None:
    if told and told[0] is Outcome.FINISHED and WITHDRAWN.search(bare(told[1].text)):
        return Outcome.FINISHED, body, told[1], 0.85, []
    for where in (subject, body):
        if again := _first(FOLLOWS_UP, where):
            return Outcome.FOLLOW_UP, where, again, 0.88, []
    if kind is LetterKind.COMPLAINT:
        where = subject if subject.text else body
        return Outcome.NEW, where, _whole(where) if subject.text else _opening(body), 0.9, []
    return (told[0], body, told[1], 0.85, []) if told else None


def _of_office(
    kind: LetterKind, subject: Passage, body: Passage, told: tuple[Outcome, Sentence] | None
) -> _Told | None:
    about = kind is LetterKind.RESULT_REPORT or ABOUT.search(bare(f"{subject.text} {body.text}"))
    if UNDER_WAY.search(bare(subject.text)):
        doubts = [] if about else [_NO_CASE]
        return Outcome.IN_PROGRESS, subject, _whole(subject), 0.85, doubts
    if not about:
        return _notice(subject, body)
    reports = kind is LetterKind.RESULT_REPORT or REPORTS.search(bare(subject.text))
    asked = _first(FOLLOWS_UP, subject)
    chased = asked or (None if reports else _first(FOLLOWS_UP, body))
    if chased and not (told and reports):
        return Outcome.FOLLOW_UP, subject if asked else body, chased, 0.88, []
    if told is not None:
        doubts = [] if reports else ["ไม่ใช่หนังสือรายงานผลโดยตรง โปรดอ่านประโยคนี้"]
        return told[0], body, told[1], 0.9, doubts
    for where in () if reports else (body, subject):
        if passed := _first(PASSES_ON, where):
            return Outcome.NEW, where, passed, 0.8, [_LIKELY]
    if reports and not body.text:
        return None  # the head alone says what the letter is about, not how it ended
    if reports and (done := _deed(body)):
        return Outcome.FINISHED, body, done, 0.6, [_ONLY_DONE]
    if reports:
        doubt = "เป็นรายงานผล แต่ไม่พบประโยคที่บอกว่าแล้วเสร็จ"
        return Outcome.IN_PROGRESS, body, _opening(body), 0.5, [doubt]
    return _notice(subject, body)


def _notice(subject: Passage, body: Passage) -> _Told | None:
    """Return a notice for a letter that says nothing of a case, doubted: words may be lost."""
    if subject.text:
        return Outcome.NOTICE, subject, _whole(subject), 0.8, [_LIKELY]
    return (Outcome.NOTICE, body, _opening(body), 0.6, [_LIKELY]) if body.text else None


def _last_outcome(body: Passage) -> tuple[Outcome, Sentence] | None:
    found: tuple[Outcome, Sentence] | None = None
    for sentence in sentences(body):
        outcome = judge(sentence.text)
        if outcome is not None:
            found = outcome, sentence
    return found


def _deed(body: Passage) -> Sentence | None:
    told = [s for s in sentences(body) if tells_of_deeds(s.text)]
    return told[-1] if told else None


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
    """Return the dates of a sentence, but for those of other letters."""
    found = [d for d in find_dates(sentence.text, today) if d.value and not d.others]
    return [d for d in found if not _CITED.search(sentence.text[: d.start])]
