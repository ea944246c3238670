"""How a field came out: right, right but flagged, wrong but flagged, silently wrong, not found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benchmarks.error_rate import plain
from models.letters import Field, Fields
from models.terms import FieldName, LetterKind
from review_ui.field_view import SURE, is_doubtful

NEARLY = 0.95  # edit similarity from which a text counts as right
_TEXTS = frozenset(
    {FieldName.SUBJECT, FieldName.ADDRESSEE, FieldName.SENDER, FieldName.SIGNATORY,
     FieldName.POSITION}
)  # fmt: skip
# Two clerks copy another stretch of the same sentence: its core must be there, and little more.
_STRETCHES = frozenset({FieldName.WISH, FieldName.RESPONDENT_ROLE})
_CORE = 95.0  # percent of the core that must stand in what was found
_ROOM = 30  # letters that may stand around the core (a place behind a role, จึง before ขอให้)
KIND = "kind"


class Verdict(StrEnum):
    """How a value came out; the words are the headings of the tables."""

    RIGHT = "ถูก"
    RIGHT_FLAGGED = "ถูก+สงสัย"
    WRONG_FLAGGED = "ผิด+สงสัย"
    SILENTLY_WRONG = "ผิดเงียบ"
    NOT_FOUND = "ไม่พบ"
    EMPTY = "ว่างถูก"


@dataclass(frozen=True, slots=True)
class WantedCitation:
    """Another letter that the text names; a part that is None is not judged."""

    reference: str | None = None
    date: str | None = None
    office: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class WantedReceipt:
    """A receiving stamp; a part that is None is not judged, "" must not be read."""

    office: str | None = None
    number: str | None = None
    date: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful clerk reads in a letter; what is not in here is not judged.

    Any one of a field's values is right, () means that there must be none; likewise ``kinds``,
    where () is not judged. ``citations`` and ``receipts`` are None where they are not judged.
    """

    kinds: tuple[LetterKind, ...] = ()
    fields: Mapping[FieldName, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    citations: tuple[WantedCitation, ...] | None = None
    receipts: tuple[WantedReceipt, ...] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one value; ``key`` is a field's name, kind, citations or receipts.

    ``confidence`` is what the machine said (0..1), None where it said nothing.
    """

    key: str
    verdict: Verdict
    wanted: str
    found: str
    confidence: float | None = None
    doubts: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Tell whether a value was found that is not there."""
        return self.verdict in (Verdict.WRONG_FLAGGED, Verdict.SILENTLY_WRONG)

    def __str__(self) -> str:
        sure = "" if self.confidence is None else f" ({self.confidence:.2f})"
        return f"{self.key} [{self.verdict}]: {self.wanted} ≠ {self.found}{sure}"


def is_flagged(name: FieldName, found: Field) -> bool:
    """Tell whether an officer is shown the value as doubtful: the one place that says so."""
    del name
    return is_doubtful(found)


def judge_letter(expected: Expected, fields: Fields) -> Iterator[Judged]:
    """Give the verdict on all that is expected of a letter."""
    if expected.kinds:
        yield judge_kind(expected.kinds, fields)
    for name, wanted in expected.fields.items():
        yield judge_field(name, wanted, fields.get(name))
    if expected.citations is not None:
        found = [
            _Parts((_part(FieldName.REFERENCE_NO, c.reference), _part(FieldName.DATE, c.date),
                    _Part(c.office), _Part(c.urgency)))
            for c in fields.citations
        ]  # fmt: skip
        wanted_parts = [(c.reference, c.date, c.office, c.urgency) for c in expected.citations]
        yield from _judge_items("citations", wanted_parts, found)
    if expected.receipts is not None:
        found = [
            _Parts((_Part(r.office), _part(FieldName.RECEIVED_NO, r.number),
                    _part(FieldName.RECEIVED_DATE, r.date), _part(FieldName.RECEIVED_TIME, r.time)))
            for r in fields.receipts
        ]  # fmt: skip
        wanted_parts = [(r.office, r.number, r.date, r.time) for r in expected.receipts]
        yield from _judge_items("receipts", wanted_parts, found)


def judge_kind(wanted: tuple[LetterKind, ...], fields: Fields) -> Judged:
    """Tell how the kind came out; an officer sees it as doubtful below ``SURE``."""
    verdict = _verdict(fields.kind in wanted, flagged=fields.kind_confidence < SURE)
    words = " / ".join(kind.value for kind in wanted)
    return Judged(KIND, verdict, words, fields.kind.value, fields.kind_confidence)


def judge_field(name: FieldName, wanted: tuple[str, ...], found: Field | None) -> Judged:
    """Tell how a field came out; a value where there is none is wrong."""
    words = " / ".join(wanted) or "–"
    if found is None or found.value is None:
        verdict = Verdict.NOT_FOUND if wanted else Verdict.EMPTY
        doubts = found.doubts if found else ()
        return Judged(name.value, verdict, words, "–", None, doubts)
    right = any(is_same(name, each, found.value) for each in wanted)
    verdict = _verdict(right, flagged=is_flagged(name, found))
    return Judged(name.value, verdict, words, found.value, found.confidence, found.doubts)


def is_same(name: FieldName, wanted: str, found: str) -> bool:
    """Tell whether a value is the wanted one: numbers and names to the letter, texts nearly."""
    one, other = plain(wanted), plain(found)
    if one == other:
        return True
    if name in _STRETCHES:
        near = fuzz.partial_ratio(one, other) >= _CORE
        return near and 0.8 * len(one) <= len(other) <= len(one) + _ROOM
    if name in _TEXTS:
        return Levenshtein.normalized_similarity(one, other) >= NEARLY
    return False


def _verdict(right: bool, *, flagged: bool) -> Verdict:
    if right:
        return Verdict.RIGHT_FLAGGED if flagged else Verdict.RIGHT
    return Verdict.WRONG_FLAGGED if flagged else Verdict.SILENTLY_WRONG


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a citation or a receipt as it was found ("": not found)."""

    value: str
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found of one citation or receipt, in the order of the wanted parts."""

    parts: tuple[_Part, ...]

    def faults(self, wanted: tuple[str | None, ...]) -> list[_Part]:
        """Return the parts that are not the wanted ones."""
        pairs = zip(wanted, self.parts, strict=True)
        return [part for each, part in pairs if each is not None and not _like(each, part.value)]

    @property
    def flagged(self) -> bool:
        return any(part.flagged for part in self.parts)

    def __str__(self) -> str:
        return " · ".join(part.value for part in self.parts if part.value) or "–"


def _part(name: FieldName, found: Field | None) -> _Part:
    if found is None:
        return _Part("")
    return _Part(found.value or "", is_flagged(name, found))


def _like(wanted: str, found: str) -> bool:
    """Compare parts; names of offices have no confidence of their own and may differ a little."""
    one, other = plain(wanted), plain(found)
    if one == other or not one or not other or any(letter.isdigit() for letter in one):
        return one == other
    return one in other or Levenshtein.normalized_similarity(one, other) >= 0.8


def _judge_items(
    key: str, wanted: Sequence[tuple[str | None, ...]], found: Sequence[_Parts]
) -> Iterator[Judged]:
    """Judge a list: every wanted item finds its like, then the nearest; the rest is too much.

    An item that lacks a part but says nothing false counts as not found.
    """
    if not wanted and not found:
        yield Judged(key, Verdict.EMPTY, "–", "–")
    pairs = sorted(
        (len(item.faults(each)), w, f)
        for w, each in enumerate(wanted)
        for f, item in enumerate(found)
    )
    matched: dict[int, int] = {}
    for _, w, f in pairs:
        if w not in matched and f not in matched.values():
            matched[w] = f
    for w, each in enumerate(wanted):
        words = " · ".join(part for part in each if part)
        if w not in matched:
            yield Judged(key, Verdict.NOT_FOUND, words, "–")
            continue
        item = found[matched[w]]
        faults = item.faults(each)
        if faults and not any(part.value for part in faults):
            yield Judged(key, Verdict.NOT_FOUND, words, str(item))
        else:
            yield Judged(key, _verdict(not faults, flagged=item.flagged), words, str(item))
    for f, item in enumerate(found):
        if f not in matched.values():
            yield Judged(key, _verdict(False, flagged=item.flagged), "–", str(item))
