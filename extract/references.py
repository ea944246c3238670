"""Reference numbers found in a row of text, with their doubts and other readings.

The grammar itself is in ``reference_grammar``; order = [พิเศษ] n / BE year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.agency import agency_doubts, dotted_agency
from extract.months import ABBREVIATED, FULL
from extract.provinces import is_known
from extract.reference_grammar import Note, Parse, parse_reference
from extract.text import fold, mixed_scripts

_SIGN = r"[0-9oOQlI|\u0e4d@อ]"
# Two letters and a run of digits behind them: nothing else is worth the grammar's time.
_START = re.compile(
    r"(?<![ก-๎.])[ก-ฮ][\u0e31-\u0e4e]?\s?\.?\s?[ก-ฮ](?=[ก-ฮ\u0e31-\u0e4e.\s]{0,5}(?:\([^)]{1,15}\))?[\s.]*"
    rf"{_SIGN}(?:\s*{_SIGN}){{2}})"
)
_LABEL = re.compile(r"(?<![ก-๎])ท[ีิึ]?[่้]\s?(?=[ก-ฮ]\s?\.?[ก-ฮ])")
_ORDER = re.compile(
    r"(?P<special>พิเศษ\s*)?(?P<number>[0-9]{1,5}"
    r"|[0-9]{1,2}\s[0-9]{1,2})\s*/\s*(?P<year>2[45][0-9]{2}"
    r"|2\s?[0-9]{3,4})(?![0-9])"
)
_ORDER_LOST = re.compile(
    r"[\s.:]*(?P<special>พิเศษ\s*)?(?P<number>[0-9]{1,4}?)\s?"
    r"(?:(?P<year>2\s?5[0-9]\s?[0-9])|/\s?(?P<part>5[0-9]{2}))(?![0-9])"
)
# Digits behind a gap belong to the number, unless they are the day of a date.
_MONTHS = "|".join((ABBREVIATED, *FULL))
_GOES_ON = re.compile(
    r"(?:(?:\s[0-9](?![0-9]))+|\s[0-9]{1,5}(?![0-9]))"
    rf"(?!\s*(?:เดือน|{_MONTHS}|[/.)-]))"
)
_GLUED = re.compile(r"[^\sท0-9(|,.;:/](?!ันท)")  # what was not read as a digit may be one
_NOT_UNDERSTOOD = "อ่านเลขที่หนังสือไม่ออก โปรดดูจากภาพ"
_DOUBTS = {
    Note.GLYPH: "มีตัวอักษรที่คล้ายตัวเลขในเลขที่หนังสือ โปรดตรวจเลข",
    Note.SLASH: "อ่านเครื่องหมาย / ในเลขที่หนังสือไม่ชัด",
    Note.CIRCULAR: "ตัว ว (หนังสือเวียน) ในเลขที่หนังสืออ่านไม่ชัด",
    Note.MELTED: "อ่านเครื่องหมาย / ไม่พบ และเลขหน้าเครื่องหมายไม่ชัด โปรดเทียบกับภาพ",
}
_DEAREST = 5.0  # behind a label that says that a number stands here
_DEAR = 2.6  # where nothing says so
_NEAR = 2.0  # dearer readings than the best by no more are worth showing


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference number read by the grammar; ``value`` is None where its number is blank."""

    value: str | None
    letters: str
    rest: str  # the reference without its letters, to offer it under another code
    start: int
    end: int
    doubts: tuple[str, ...]
    strength: float
    others: tuple[str, ...] = ()  # other normal forms of the same digits


def find_reference(text: str, start: int = 0, *, lost: bool = False) -> Reference | None:
    """Return the first reference number in the text at or after ``start``.

    ``lost`` accepts one whose / was not read: only where a label says that it is one.
    """
    folded = fold(text)
    # Cut, not started there: ที่ may stand right before the letters.
    rest = folded[start:]
    for match in _START.finditer(rest):
        parses = [p for p in parse_reference(rest, match.start(), lost=lost) if _fits(p, lost=lost)]
        if parses and not _false_friend(rest, parses[0]):
            return _read(parses, text[start:], rest, start)
    return None


def find_references(text: str) -> tuple[Reference, ...]:
    """Return all reference numbers of the text in order."""
    found: list[Reference] = []
    start = 0
    while start < len(text):
        reference = find_reference(text, start)
        label = _LABEL.search(text, start, reference.start if reference else len(text))
        if label is not None:
            # Where the word ที่ stands before it, a number is one though its / was lost.
            behind = find_reference(text[: label.end() + 40], label.end(), lost=True)
            if behind is not None and behind.start - label.end() <= 1:
                reference = behind
            elif reference is None:
                start = label.end()
                continue
        if reference is None:
            break
        found.append(reference)
        start = reference.end
    return tuple(found)


def find_order_number(text: str, start: int = 0, *, lost: bool = False) -> Reference | None:
    """Return the number of an order or announcement, for example 125/2568.

    ``lost`` accepts one whose / was not read: only where a title says that it is one.
    """
    match = _ORDER.search(fold(text), start)
    faint: tuple[str, ...] = ()
    if match is None and lost:
        match, faint = _ORDER_LOST.match(fold(text), start), (_DOUBTS[Note.SLASH],)
    if match is None:
        return None
    special = "พิเศษ " if match["special"] else ""
    part = match.groupdict().get("part")
    year, doubts = _order_year(match["year"] or f"2{part}")
    if year is None:
        return None
    value = f"{special}{int(match['number'].replace(' ', ''))}/{year}"
    doubts = (*_script_doubts(text[match.start() : match.end()]), *doubts, *faint)
    if " " in match["number"] or re.search(r"[0-9]\s?$", fold(text)[: match.start()]):
        doubts = (*doubts, "มีตัวเลขอยู่หน้าเลขที่คำสั่ง อาจอ่านไม่ครบ")
    return Reference(value, "", value, match.start(), match.end(), doubts, 0.95)


def _order_year(digits: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the year behind the / of an order; of five digits one was read twice."""
    year = digits.replace(" ", "")
    if len(year) == 4:
        return (year, ()) if year[1] in "45" else (None, ())
    fits = {f"{year[:n]}{year[n + 1 :]}" for n in range(5)}
    likely = [fit for fit in fits if fit.startswith("25")]
    doubt = f"ปีของเลขที่อ่านได้ห้าหลัก “{year}” โปรดเทียบกับภาพ"
    return (likely[0], (doubt,)) if len(likely) == 1 else (None, ())


def not_understood() -> str:
    """Return the doubt for a place where a number stands that could not be read."""
    return _NOT_UNDERSTOOD


def normal_form(text: str) -> str | None:
    """Return the normal form of a whole reference or order number, None where it is none."""
    found = find_reference(text) or find_order_number(text)
    return found.value if found else None


def _fits(parse: Parse, *, lost: bool) -> bool:
    if not 2 <= len(parse.letters) <= 4 or len(parse.agency) < 4:
        return False
    return parse.cost <= (_DEAREST if lost else _DEAR)


def _read(parses: Sequence[Parse], text: str, folded: str, shift: int) -> Reference:
    best = parses[0]
    rest, others = _rest_of(best), []
    doubts = [*_script_doubts(text[best.start : best.end]), *(_DOUBTS[n] for n in best.notes)]
    if not is_known(best.letters):
        doubts.append(f"ไม่รู้จักรหัสตัวพยัญชนะ {best.letters}")
    doubts += agency_doubts(best.letters, best.agency)
    goes_on = _GOES_ON.match(folded[best.end :])
    if goes_on and len(best.running) + len(more := goes_on[0].replace(" ", "")) <= 6:
        # The gap is in the number: no date follows, and nothing else is written there.
        others.append(f"{best.letters} {rest}")
        rest += more
    if goes_on or _GLUED.match(folded[best.end :]):
        doubts.append("มีตัวอักษรหรือตัวเลขต่อท้ายเลขที่หนังสือ อาจอ่านไม่ครบ")
    whole, dotted = dotted_agency(best.letters, best.agency, best.subs)
    stem = f"{best.agency}{best.subs}"
    others += [f"{best.letters} {rest.replace(stem, other, 1)}" for other in dotted]
    rest = rest.replace(stem, whole, 1)
    if len(parses) > 1 and (best.notes or parses[1].cost - best.cost < 0.5):
        near = [p for p in parses[1:] if p.cost - best.cost <= _NEAR]
        others += [f"{p.letters} {_rest_of(p)}" for p in near[:4]]
    value: str | None = f"{best.letters} {rest}"
    if not best.running:
        value = None
        doubts.append("ไม่พบเลขทะเบียนส่งหลังเครื่องหมาย /")
    strength = 0.5 if Note.MELTED in best.notes else 0.96
    start, end = best.start + shift, best.end + shift
    seen = tuple(dict.fromkeys(other for other in others if other != value))
    return Reference(value, best.letters, rest, start, end, tuple(doubts), strength, seen)


def _rest_of(parse: Parse) -> str:
    committee = f"({parse.committee}) " if parse.committee else ""
    return f"{committee}{parse.agency}{parse.subs}/{parse.circular}{parse.running}"


def _false_friend(folded: str, parse: Parse) -> bool:
    """Tell land documents, telephones, years and mere addresses from references."""
    before = folded[: parse.start].rstrip()
    if parse.letters in {"พศ", "คศ", "โทร", "มค", "กพ", "มีค"} and not parse.running:
        return True
    if parse.letters in {"พศ", "คศ", "นส", "สปก", "โฉนด"} and parse.dotted:
        return True
    after = folded[parse.end : parse.end + 2].lstrip()
    return after.startswith("/") or before.endswith(("พ.ร.บ", "โทร", "โทร.", "น.ส", "เลขที่"))


def _script_doubts(raw: str) -> tuple[str, ...]:
    if mixed_scripts(raw):
        return ("เลขไทยปนกับเลขอารบิกในเลขเดียวกัน อาจอ่านผิด",)
    return ()
