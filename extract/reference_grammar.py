"""Reads a reference number through noise: the grammar leads, misread glyphs cost.

letters [(committee)] agency {sub} / [ว [(ล)]] running   (domain: grammar of reference numbers 1.6)

A beam of part readings goes over the text; each sign is taken for what the grammar expects next, at
the cost of the confusion (๐ for o, 0, อ; ว for จ; / for | and 1). The cheapest readings win.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any

from extract.agency import agency_doubts
from extract.misread_signs import CIRCULARS, DIGITS, MELTED, SLASHES
from extract.provinces import PROVINCES, is_known
from extract.text import MARKS

_GAP = 0.05  # of a space; ten gaps are as bad as one misread digit
_BEAM = 24
_LONGEST = 70  # letters
_OPEN = 6.0  # the dearest part reading that is followed
_LOST_SLASH = 1.6
_NO_SLASH = 2.3
_MELT = 2.4
_ONE = 2.2  # of a / read as 1


class Stage(IntEnum):
    """Where in the grammar a part reading stands."""

    LETTERS = 0
    COMMITTEE = 1
    AGENCY = 2
    SUB = 3
    BRACKET = 4
    AFTER_SLASH = 5
    SECRET = 6
    RUNNING = 7


class Note(IntEnum):
    """What was not as it should be; each becomes a doubt."""

    GLYPH = 1  # a letter stands for a digit
    SLASH = 2  # the / was lost or read as something else
    CIRCULAR = 3  # ว was read as something else
    MELTED = 4  # a sub number and its / came as one digit


@dataclass(frozen=True, slots=True)
class Parse:
    """A reading of a reference number, or of its beginning; ``end`` is behind its last sign."""

    start: int
    end: int
    cost: float = 0.0
    stage: Stage = Stage.LETTERS
    letters: str = ""
    committee: str = ""
    agency: str = ""
    subs: str = ""
    slashed: bool = False
    circular: str = ""
    running: str = ""
    spaced: bool = False  # a gap stands right before
    dotted: bool = False  # a dot stands between the letters
    notes: tuple[Note, ...] = ()

    def after(
        self,
        end: int,
        cost: float,
        stage: Stage | None = None,
        note: Note | None = None,
        **parts: Any,
    ) -> Parse:
        """Return the reading one sign further."""
        kept = {"stage": self.stage if stage is None else stage, "notes": self.notes, **parts}
        if note is not None and note not in self.notes:
            kept["notes"] = (*self.notes, note)
        return replace(self, end=end, cost=self.cost + cost, spaced=False, **kept)


@lru_cache(maxsize=2048)
def parse_reference(text: str, start: int, *, lost: bool = False) -> tuple[Parse, ...]:
    """Return the readings of a reference that begins at ``start``, the cheapest first.

    ``text`` has Arabic digits. ``lost`` allows a / that left no trace or melted into a digit:
    only where a label says that a number stands here.
    """
    beam = [Parse(start, start)]
    complete: list[Parse] = []
    for place in range(start, min(len(text), start + _LONGEST)):
        sign = text[place]
        following: dict[tuple[object, ...], Parse] = {}
        for parse in beam:
            for step in _steps(parse, sign, place + 1, lost=lost):
                if step.cost > _OPEN:
                    continue
                key = (step.stage, step.letters, step.committee, step.agency, step.subs,
                       step.slashed, step.circular, step.running)  # fmt: skip
                if key not in following or step.cost < following[key].cost:
                    following[key] = step
        beam = sorted(following.values(), key=lambda p: p.cost)[:_BEAM]
        if not beam:
            break
        complete += [p for p in beam if p.end == place + 1 and _is_whole(p)]
    return _best(complete, text)


def _is_whole(parse: Parse) -> bool:
    return parse.slashed and (parse.stage is Stage.RUNNING or parse.stage is Stage.AFTER_SLASH)


def _best(complete: list[Parse], text: str) -> tuple[Parse, ...]:
    """Return one reading for each value, cheapest first; what is left of its digits costs."""
    values: dict[tuple[str, ...], Parse] = {}
    for parse in complete:
        rest = text[parse.end : parse.end + 1]
        if parse.stage is Stage.AFTER_SLASH and text[parse.end :].strip():
            continue  # a number left blank is blank to the end of its line
        cost = parse.cost + (3.0 if rest.isdigit() else 0.6 if rest in DIGITS and rest else 0.0)
        cost += _unlikely(parse)
        if re.match(r"[./][^ ]", text[parse.end :]):
            cost += 1.5  # a number goes on where this reading ends
        key = (parse.letters, parse.committee, parse.agency, parse.subs, parse.circular,
               parse.running)  # fmt: skip
        if key not in values or cost < values[key].cost:
            values[key] = replace(parse, cost=cost)
    return tuple(sorted(values.values(), key=lambda p: (p.cost, -p.end)))


def _unlikely(parse: Parse) -> float:
    """Return what speaks against the number as a whole: an unknown code, odd digits."""
    cost = 0.0 if is_known(parse.letters) else 1.0
    if parse.running.startswith("0"):
        cost += 2.5 if Note.SLASH in parse.notes else 0.8
    guessed = Note.SLASH in parse.notes
    if guessed and re.fullmatch(r"\.[6-9]", parse.subs):
        cost += 0.6  # such a high sub is oftener a sub and its / in one sign
    if guessed and parse.letters in PROVINCES and len(parse.running) > 4:
        cost += 0.3
    return cost + (0.7 if agency_doubts(parse.letters, parse.agency) else 0.0)


def _steps(parse: Parse, sign: str, end: int, *, lost: bool) -> Iterator[Parse]:
    if sign == " " and parse.stage is not Stage.COMMITTEE:
        # A gap keeps the reading's end: what follows may belong to it no more.
        if parse.stage is Stage.LETTERS and not parse.letters:
            return
        if not (parse.stage is Stage.RUNNING and parse.running):
            yield replace(parse, cost=parse.cost + _GAP, spaced=True)
        return
    match parse.stage:
        case Stage.LETTERS:
            yield from _in_letters(parse, sign, end)
        case Stage.COMMITTEE:
            yield from _in_committee(parse, sign, end)
        case Stage.AGENCY | Stage.SUB:
            yield from _in_number(parse, sign, end, lost=lost)
        case Stage.BRACKET:
            yield from _in_bracket(parse, sign, end)
        case Stage.AFTER_SLASH | Stage.SECRET:
            yield from _behind_slash(parse, sign, end)
        case Stage.RUNNING:
            yield from _in_running(parse, sign, end)


def _digit(sign: str) -> tuple[str, float, Note | None] | None:
    if sign not in DIGITS:
        return None
    digit, cost = DIGITS[sign]
    return digit, cost, None if sign == digit else Note.GLYPH


def _in_letters(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    count = len(parse.letters)
    if "ก" <= sign <= "ฮ" and count:
        yield parse.after(end, 2.0)  # a stray sign amid the code
    if "ก" <= sign <= "ฮ" and count < 4:
        gap = 0.4 if parse.spaced and count > 1 else 0.0
        yield parse.after(end, gap + (0.4 if count > 1 else 0.0), letters=parse.letters + sign)
    if count and sign in MARKS:
        yield parse.after(end, 0.8)
    if count and sign == ".":
        yield parse.after(end, 0.1, dotted=parse.dotted or count == 1)
    if count < 2:
        return
    if sign == "(" and not parse.committee:
        yield parse.after(end, 0.0, Stage.COMMITTEE)
    # อ may be ๐, but not as the third letter of a code.
    read = _digit(sign)
    if read is not None:
        yield parse.after(end, read[1], Stage.AGENCY, read[2], agency=read[0])


def _in_committee(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    if sign == ")" and parse.committee:
        yield parse.after(end, 0.0, Stage.AGENCY)
    elif ("ก" <= sign <= "๎" or sign in ". ") and len(parse.committee) < 15:
        yield parse.after(end, 0.0, committee=parse.committee + sign.strip())


def _in_number(parse: Parse, sign: str, end: int, *, lost: bool) -> Iterator[Parse]:
    """Follow the office's number and its subs, up to the slash."""
    subbed = parse.stage is Stage.SUB
    last = parse.subs.rpartition(".")[2] if subbed else ""
    closed = parse.subs.endswith(")")
    whole = len(parse.agency) >= 4 and (not subbed or bool(last))
    read = _digit(sign)
    if read is not None:
        digit, cost, note = read
        if not subbed and len(parse.agency) < 5:
            yield parse.after(end, cost, None, note, agency=parse.agency + digit)
        if subbed and not closed and len(last) < 3:
            rare = (0.0, 0.15, 0.75)[len(last)] + 0.3 * parse.spaced
            yield parse.after(end, cost + rare, None, note, subs=parse.subs + digit)
        if whole and lost:
            # A gap is all that is left of the slash, or not even that.
            gone = _LOST_SLASH if parse.spaced else _NO_SLASH
            yield parse.after(end, cost + gone, Stage.RUNNING, Note.SLASH, slashed=True,
                              running=digit)  # fmt: skip
    if "ก" <= sign <= "ฮ" and lost and not subbed and re.fullmatch("[0-9]{2}1", parse.agency):
        # A sign that is no digit, where every district and province writes ..18.
        yield parse.after(end, 2.0, None, Note.GLYPH, agency=parse.agency + "8")
    if subbed and not last and sign == ".":
        yield parse.after(end, 0.3)
    if sign in ".,:" and len(parse.agency) >= 4 and not (subbed and not last):
        cost, note = (0.0, None) if sign == "." else (0.5, Note.GLYPH)
        yield parse.after(end, cost, Stage.SUB, note, subs=parse.subs + ".")
    if sign == "(" and len(parse.agency) >= 4:
        yield parse.after(end, 0.0, Stage.BRACKET, subs=parse.subs + "(")
    if lost and sign in MELTED and len(parse.agency) >= 4 and not last:
        yield from _melted(parse, sign, end)
    if sign in SLASHES and not whole and subbed and lost and not last:
        yield parse.after(
            end, 1.6, Stage.AFTER_SLASH, Note.MELTED, subs=parse.subs[:-1], slashed=True
        )
    if not whole:
        return
    if sign in SLASHES:
        note = None if sign == "/" else Note.SLASH
        yield parse.after(end, SLASHES[sign], Stage.AFTER_SLASH, note, slashed=True)
    if sign in "วจ":
        note = Note.CIRCULAR if sign == "จ" else Note.SLASH
        yield parse.after(end, _LOST_SLASH + CIRCULARS[sign], Stage.AFTER_SLASH, note,
                          slashed=True, circular="ว ")  # fmt: skip
    if sign == "1" and parse.agency and lost:
        yield parse.after(end, _ONE, Stage.AFTER_SLASH, Note.SLASH, slashed=True)


def _melted(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    stem = parse.subs or "."
    for rank, sub in enumerate(MELTED[sign]):
        yield parse.after(end, _MELT + 0.1 * rank, Stage.AFTER_SLASH, Note.MELTED, slashed=True,
                          subs=stem + sub)  # fmt: skip


def _in_bracket(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    inner = parse.subs.rpartition("(")[2]
    if sign == ")" and inner:
        yield parse.after(end, 0.0, Stage.SUB, subs=parse.subs + ")")
    elif ("ก" <= sign <= "ฮ" or sign.isdigit()) and len(inner) < 4:
        yield parse.after(end, 0.0, subs=parse.subs + sign)
    elif (read := _digit(sign)) is not None and len(inner) < 4:
        yield parse.after(end, read[1], None, read[2], subs=parse.subs + read[0])


def _behind_slash(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    if parse.stage is Stage.SECRET:
        if sign == "ล" and not parse.circular.endswith("(ล"):
            yield parse.after(end, 0.0, circular="ว (ล")
        elif sign == ")" and parse.circular.endswith("(ล"):
            yield parse.after(end, 0.0, Stage.AFTER_SLASH, circular="ว (ล) ")
        return
    if sign in CIRCULARS and not parse.circular:
        note = None if sign == "ว" else Note.CIRCULAR
        yield parse.after(end, CIRCULARS[sign], None, note, circular="ว ")
    if parse.circular and sign in ".)":
        yield parse.after(end, 0.02)
    if parse.circular == "ว " and sign == "(":
        yield parse.after(end, 0.0, Stage.SECRET)
    read = _digit(sign)
    if read is not None:
        yield parse.after(end, read[1], Stage.RUNNING, read[2], running=read[0])


def _in_running(parse: Parse, sign: str, end: int) -> Iterator[Parse]:
    read = _digit(sign)
    if read is not None and len(parse.running) < 6:
        # อ behind a number is the next word far oftener than a nought.
        dear = 3.0 if sign == "อ" else 0.0
        yield parse.after(end, read[1] + dear, None, read[2], running=parse.running + read[0])
