"""The grammar of reference numbers (domain: grammar of reference numbers).

reference = letters [(committee)] agency {sub} / [ว] running;  order = [พิเศษ] n / BE year
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.agency import agency_doubts, dotted_agency
from extract.months import ABBREVIATED, FULL
from extract.provinces import is_known
from extract.text import fold, mixed_scripts

_D = r"[0-9oOQlI|\u0e4d@]"  # a digit, or what scanners read for ๐ and ๑
_REFERENCE = re.compile(
    r"(?<![ก-๎.])(?P<letters>[ก-ฮ]\s?\.?\s?[ก-ฮ]{1,3})\.?\s*"
    r"(?:\(\s*(?P<committee>[ก-ฮ][ก-ฮ.\s]{0,14})\)\s*)?"
    rf"(?P<agency>{_D}(?:\s?{_D}){{3,4}})"
    rf"(?P<subs>(?:\s*[.,:]\s*{_D}{{1,3}}|\s*\([ก-ฮ0-9]{{1,4}}\))*)"
    r"\s*(?P<slash>/|\\|(?=[วจ][\s.]*[0-9])|(?<=\s)(?=[0-9]{2}))\s*"
    r"(?:(?P<circular>[วจ)])[\s.)]*(?P<secret>\(\s*ล\s*\))?\s*)?"
    rf"(?P<running>{_D}{{1,6}}(?![0-9])|(?=\s*$))"
)
# A sub number and the / behind it melted into one digit: ๐๑๑๘ . ๗๓๓๑๔ for ๐๑๑๘.๓/๓๓๑๔.
_MELTED = re.compile(
    r"(?P<letters>[ก-ฮ]\s?[ก-ฮ])\s*(?P<agency>[0-9](?:\s?[0-9]){3})\s?[.]?\s?[78]"
    r"(?P<circular>\s?ว[\s.]?)?(?P<running>[0-9]{2,5})(?![0-9/.])"
)
_SUBS = (3, 1, 2)  # what melts, the likeliest first
_ORDER = re.compile(
    r"(?P<special>พิเศษ\s*)?(?P<number>[0-9]{1,5})\s*/\s*(?P<year>2[45][0-9]{2}|2\s?[0-9]{3,4})(?![0-9])"
)
# Digits behind a gap belong to the number, unless they are the day of a date.
_GOES_ON = re.compile(
    rf"\s[0-9]{{1,5}}(?![0-9])(?!\s*(?:เดือน|{ABBREVIATED}|{'|'.join(FULL)}|[/.-]\s?[0-9]))"
)
_GLUED = re.compile(r"[^\sท0-9(|,.;:/](?!ันท)")  # what was not read as a digit may be one
_NOT_UNDERSTOOD = "อ่านเลขที่หนังสือไม่ออก โปรดดูจากภาพ"


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
    for match in _REFERENCE.finditer(rest):
        letters = re.sub(r"[\s.]", "", match["letters"])
        if not (match["slash"] or match["circular"] or lost):
            continue
        if not 2 <= len(letters) <= 4 or _false_friend(rest, match, letters):
            continue
        raw = text[start + match.start() : start + match.end()]
        found = _read(match, letters, raw, rest[match.end() :])
        return replace(found, start=found.start + start, end=found.end + start)
    return None


def find_melted(text: str, start: int) -> Reference | None:
    """Return the likeliest reading of a number behind its label whose / melted into a digit."""
    match = _MELTED.match(fold(text), start)
    if match is None:
        return None
    letters, agency = (re.sub(r"\s", "", match[part]) for part in ("letters", "agency"))
    circular = "ว " if match["circular"] else ""
    rests = [f"{agency}.{sub}/{circular}{match['running']}" for sub in _SUBS]
    others = tuple(f"{letters} {rest}" for rest in rests[1:])
    doubts: tuple[str, ...] = ("อ่านเครื่องหมาย / ไม่พบ และเลขหน้าเครื่องหมายไม่ชัด โปรดเทียบกับภาพ",)
    if not is_known(letters):
        doubts = (*doubts, f"ไม่รู้จักรหัสตัวพยัญชนะ {letters}")
    value = f"{letters} {rests[0]}"
    return Reference(value, letters, rests[0], match.start(), match.end(), doubts, 0.5, others)


def find_order_number(text: str, start: int = 0) -> Reference | None:
    """Return the number of an order or announcement, for example 125/2568."""
    match = _ORDER.search(fold(text), start)
    if match is None:
        return None
    special = "พิเศษ " if match["special"] else ""
    year, doubts = _order_year(match["year"])
    if year is None:
        return None
    value = f"{special}{int(match['number'])}/{year}"
    doubts = (*_script_doubts(text[match.start() : match.end()]), *doubts)
    if re.search(r"[0-9]\s?$", fold(text)[: match.start()]):
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


def _read(match: re.Match[str], letters: str, raw: str, after: str) -> Reference:
    doubts = list(_script_doubts(raw))
    agency, running = _digits(match["agency"]), _digits(match["running"])
    subs = re.sub(r"\s", "", match["subs"]).replace(",", ".").replace(":", ".")
    if not match["slash"]:
        subs = subs.rstrip("lI|")  # the / itself, standing straight
    subs = _digits(subs)
    committee = re.sub(r"\s", "", match["committee"] or "")
    strength = 0.96
    if re.search(r"[oOQlI|@\u0e4d,:]", match["agency"] + match["subs"] + match["running"]):
        doubts.append("มีตัวอักษรที่คล้ายตัวเลขในเลขที่หนังสือ โปรดตรวจเลข")
    if not match["slash"] or match["slash"] == "\\":
        doubts.append("อ่านเครื่องหมาย / ในเลขที่หนังสือไม่ชัด")
    circular = ""
    if match["circular"]:
        circular = "ว (ล) " if match["secret"] else "ว "
        if match["circular"] != "ว":
            doubts.append(f"อ่านได้ {match['circular']} ซึ่งน่าจะเป็น ว (หนังสือเวียน)")
    if not is_known(letters):
        doubts.append(f"ไม่รู้จักรหัสตัวพยัญชนะ {letters}")
    doubts += agency_doubts(letters, agency)
    prefix = f"({committee}) " if committee else ""
    tail = f"/{circular}{running}"
    goes_on = _GOES_ON.match(after)
    others: list[str] = []
    if goes_on and len(running) + len(more := goes_on[0].strip()) <= 6:
        # The gap is in the number: no date follows, and nothing else is written there.
        others.append(f"{letters} {prefix}{agency}{subs}{tail}")
        tail += more
    if goes_on or _GLUED.match(after):
        doubts.append("มีตัวอักษรหรือตัวเลขต่อท้ายเลขที่หนังสือ อาจอ่านไม่ครบ")
    if not match["slash"] and subs in (".7", ".8"):
        others += [f"{letters} {prefix}{agency}.{sub}{tail}" for sub in _SUBS]
    whole, dotted = dotted_agency(letters, agency, subs)
    others += [f"{letters} {prefix}{other}{tail}" for other in dotted]
    rest = f"{prefix}{whole}{tail}"
    value: str | None = f"{letters} {rest}"
    if not running:
        value = None
        doubts.append("ไม่พบเลขทะเบียนส่งหลังเครื่องหมาย /")
    start, end = match.span()
    return Reference(value, letters, rest, start, end, tuple(doubts), strength, tuple(others))


def _false_friend(folded: str, match: re.Match[str], letters: str) -> bool:
    """Tell land documents, telephones, years and mere addresses from references."""
    before = folded[: match.start()].rstrip()
    if letters in {"พศ", "คศ", "โทร", "มค", "กพ", "มีค"} and not match["running"]:
        return True
    if letters in {"พศ", "คศ", "นส", "สปก", "โฉนด"} and "." in match["letters"]:
        return True
    after = folded[match.end() : match.end() + 2].lstrip()
    return after.startswith("/") or before.endswith(("พ.ร.บ", "โทร", "โทร.", "น.ส", "เลขที่"))


def _digits(text: str) -> str:
    swapped = re.sub(r"[oOQ\u0e4d@]", "0", re.sub(r"[lI|]", "1", text))
    return re.sub(r"\s", "", swapped)


def _script_doubts(raw: str) -> tuple[str, ...]:
    if mixed_scripts(raw):
        return ("เลขไทยปนกับเลขอารบิกในเลขเดียวกัน อาจอ่านผิด",)
    return ()
