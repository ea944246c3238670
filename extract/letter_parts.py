"""The parts of a letter with their lines and places: every row is in one of them, none is lost.

Order and names: ระเบียบงานสารบรรณ ข้อ 11-27 (domain: parts of each kind 1.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.foot import Foot
from extract.kinds import is_announcement_title, is_memo_title, is_order_title
from extract.labels import Part
from extract.marks import Mark
from extract.offices import TELEPHONE, is_office
from extract.parts import Letter, Located
from extract.rows import Row, Span
from extract.stamps import Stamp
from models.letters import LetterPart
from models.terms import PartKind

_PAGE_NUMBER = re.compile(r"^[\s\-–—(]*[0-9๐-๙]{1,3}[\s\-–—)]*$|^/[ก-๎]")
_KINDS = {
    Part.OFFICE: PartKind.OFFICE,
    Part.SUBJECT: PartKind.SUBJECT,
    Part.ADDRESSEE: PartKind.ADDRESSEE,
    Part.REFERS: PartKind.REFERS,
    Part.ENCLOSED: PartKind.ENCLOSED,
}
_LABELLED = (PartKind.REFERENCE, PartKind.DATE)  # what stands right before them is their label
_LABEL = 18  # letters: ประกาศ ณ วันที่ is the longest


@dataclass(frozen=True, slots=True)
class Marked:
    """Where in the letter the values of its head and foot stand, as far as they were found."""

    reference: Span | None
    date: Span | None
    urgency: Mark | None
    secrecy: Mark | None
    foot: Foot


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: PartKind
    span: Span
    group: int  # pieces of one stamp stay together, those of two do not


def letter_parts(
    rows: Sequence[Row], letter: Letter, stamps: Sequence[Stamp], routing: frozenset[int],
    marked: Marked,
) -> tuple[LetterPart, ...]:  # fmt: skip
    """Return the parts in page order; ``rows`` are all rows of the letter, stamps among them."""
    located = {at.row.order: at for at in letter.located}
    pieces: list[_Piece] = []
    for row in rows:
        stamp = next((n for n, stamp in enumerate(stamps) if row.order in stamp.rows), None)
        if stamp is not None:
            pieces.append(_Piece(PartKind.STAMP, _whole(row), stamp + 1))
        elif row.order in routing:
            pieces.append(_Piece(PartKind.ROUTING, _whole(row), 0))
        else:
            pieces += _cut(row, _kind(located[row.order], marked), marked)
    return _grouped(pieces)


def _whole(row: Row) -> Span:
    return Span(row, 0, len(row.text))


def _kind(at: Located, marked: Marked) -> PartKind:
    """Return what a row is as a whole; values within it are cut out of it afterwards."""
    row, foot = at.row, marked.foot
    if _PAGE_NUMBER.match(row.text):
        return PartKind.PAGE_NUMBER
    for kind, rows in (
        (PartKind.CLOSING, foot.closing),
        (PartKind.SIGNATORY, foot.signatory),
        (PartKind.POSITION, foot.position),
        (PartKind.TELEPHONE, foot.telephone),
        (PartKind.OWNER, foot.owner),
    ):
        if row in rows:
            return kind
    if at.part in _KINDS:
        return _KINDS[at.part]
    if at.part is Part.BODY:
        return PartKind.BODY
    if at.part is Part.FOOT:
        return PartKind.OFFICE if is_office(row.text) else PartKind.OTHER
    titled = is_memo_title(row.text) or is_order_title(row.text) or is_announcement_title(row.text)
    return PartKind.TITLE if titled else PartKind.OFFICE


def _cut(row: Row, kind: PartKind, marked: Marked) -> list[_Piece]:
    """Return the row in pieces: its marks, reference and date, and what is left between them."""
    values = [
        (PartKind.URGENCY, marked.urgency.span if marked.urgency else None),
        (PartKind.SECRECY, marked.secrecy.span if marked.secrecy else None),
        (PartKind.TELEPHONE, _telephone(row, kind)),
        (PartKind.REFERENCE, marked.reference),
        (PartKind.DATE, marked.date),
    ]
    inside = sorted(
        ((span.start, span.end, which) for which, span in values if span and _on(span, row)),
        key=lambda cut: cut[0],
    )
    pieces: list[_Piece] = []
    at = 0
    for start, end, which in inside:
        if start < at:
            continue
        # A label before its value belongs to it: ที่, วันที่.
        begin = at if which in _LABELLED and start - at <= _LABEL else start
        if row.text[at:begin].strip():
            pieces.append(_Piece(kind, Span(row, at, begin), 0))
        pieces.append(_Piece(which, Span(row, begin, end), 0))
        at = end
    if row.text[at:].strip() or not pieces:
        pieces.append(_Piece(kind, Span(row, at, len(row.text)), 0))
    return pieces


def _telephone(row: Row, kind: PartKind) -> Span | None:
    """Return where the telephone stands that a memo names behind its office."""
    match = TELEPHONE.search(row.text) if kind is PartKind.OFFICE else None
    return Span(row, match.start(), match.end()) if match and match.start() else None


def _on(span: Span, row: Row) -> bool:
    return span.row.order == row.order and span.end <= len(row.text)


def _grouped(pieces: Iterable[_Piece]) -> tuple[LetterPart, ...]:
    """Return pieces that follow each other on one page as one part."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        same = (
            last is not None
            and (last.kind, last.group) == (piece.kind, piece.group)
            and last.span.row.page == piece.span.row.page
        )
        if same:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(
        LetterPart(
            group[0].kind,
            "\n".join(piece.span.text for piece in group),
            group[0].span.row.page,
            tuple(box for piece in group if (box := piece.span.box) is not None),
        )
        for group in groups
    )
