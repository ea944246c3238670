"""The pages of a scan in a row, where letters begin, and what may not be moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.decisions import decisions_of
from models.draft_states import DraftState
from models.drafts import Draft, get_draft
from models.letters import OcrPage, PageState
from models.pages import Standing, get_pages, standings
from models.parting import enclosed, locked_by, loose_pages
from models.rearrangements import (
    Rearrangement,
    live_drafts,
    rearrangements_of,
    why_not_undone,
)
from models.sheet_codes import Separator, separator_of
from models.stacked import proposed_cuts
from models.terms import FieldName
from review_ui import words
from review_ui.dates import moment
from review_ui.desk import Desk
from review_ui.page_view import picture_url
from review_ui.pictures import has_picture

_HEAD = "เครื่องเสนอให้แบ่งที่นี่ เพราะพบหัวหนังสือ"
_LOCKED = {DraftState.CONFIRMED: "บันทึกลงทะเบียนแล้ว", DraftState.REJECTED: "ตีกลับแล้ว"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in the row; ``fixed`` says in Thai why no letter may begin or stop beginning here.

    ``url`` is None where there is no picture; ``opens`` is the letter that begins here now.
    ``loose`` is a page of no letter, with ``kept`` where it shall be one; ``why`` says in Thai why
    the machine lets a letter begin here, or what a separator says.
    """

    number: int
    at: str
    url: str | None
    begins: bool
    fixed: str
    blank: bool
    opens: str
    loose: bool = False
    separator: bool = False
    kept: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All pages of one scan, its live drafts, and what of its rearrangements can be undone."""

    draft: Draft
    live: tuple[Draft, ...]
    pages: Mapping[int, OcrPage]
    standings: Mapping[int, Standing]
    undoable: tuple[Rearrangement, ...]
    proposed: frozenset[int] = frozenset()

    @property
    def loose(self) -> tuple[int, ...]:
        """Return the pages that belong to no letter."""
        return loose_pages(self.live, self.pages)

    @property
    def marked(self) -> frozenset[int]:
        """Return the pages that are marked when the page is opened: cuts, and proposals."""
        return self.cuts | self.proposed

    def separator_before(self, number: int) -> Separator | None:
        """Return what the last separator before a page says that says anything."""
        before = (separator_of(self.pages[page]) for page in sorted(self.pages) if page < number)
        return next((each for each in reversed([*before]) if each and each != Separator()), None)

    @property
    def home(self) -> Draft:
        """Return the live draft that holds the first page of the draft that was asked for."""
        begun = [each for each in self.live if each.first_page <= self.draft.first_page]
        return max(begun, key=lambda each: each.first_page, default=self.live[0])

    @property
    def seen(self) -> str:
        """Return what the officer saw: every live draft with its version."""
        return versions_of(self.live)

    @property
    def cuts(self) -> frozenset[int]:
        """Return the pages at which letters begin now."""
        return frozenset(draft.first_page for draft in self.live)


def versions_of(live: Collection[Draft]) -> str:
    """Return drafts with their versions in a line, as the page sends them back."""
    return ",".join(f"{draft.id}:{draft.version}" for draft in live)


def open_bundle(connection: Connection, draft_id: int) -> Bundle:
    """Return the scan that a draft came from.

    Raises:
        DraftGone: there is no such draft.
    """
    draft = get_draft(connection, draft_id)
    done = rearrangements_of(connection, draft.scan_id)
    live = live_drafts(connection, draft.scan_id)
    return Bundle(
        draft=draft,
        live=tuple(live),
        pages={page.number: page for page in get_pages(connection, draft.scan_id)},
        standings=standings(connection, draft.scan_id),
        undoable=tuple(each for each in done if not why_not_undone(connection, each)),
        # Once an officer has parted the scan, the machine proposes nothing more.
        proposed=frozenset() if done else proposed_cuts(connection, draft.scan_id),
    )


def leaves(
    desk: Desk, bundle: Bundle, cuts: Collection[int], kept: Collection[int] = ()
) -> tuple[Leaf, ...]:
    """Return the row of pages with letters beginning at these cuts, as far as they may."""
    owners = {number: draft for draft in bundle.live for number in draft.page_numbers}
    return tuple(
        _leaf(desk, bundle, number, owners[number], number in cuts)
        if number in owners
        else _loose_leaf(desk, bundle, number, number in kept)
        for number in sorted(bundle.pages)
    )


def _leaf(desk: Desk, bundle: Bundle, number: int, draft: Draft, marked: bool) -> Leaf:
    first = number == bundle.live[0].first_page
    fixed = _fixed(number, bundle, first=first)
    page = bundle.pages[number]
    return Leaf(
        number=number,
        at=f"/drafts/{draft.id}/pages/{number}",
        url=_url(desk, draft, number, bundle),
        begins=(number in bundle.cuts if fixed else marked) or first,
        fixed=fixed,
        blank=page.state is PageState.BLANK,
        opens=_title(draft) if number == draft.first_page else "",
        separator=page.state is PageState.SEPARATOR,
        why=_HEAD if number in bundle.proposed else "",
    )


def _loose_leaf(desk: Desk, bundle: Bundle, number: int, kept: bool) -> Leaf:
    around = enclosed(bundle.live).get(number)
    page = bundle.pages[number]
    return Leaf(
        number=number,
        at="",
        url=_url(desk, bundle.draft, number, bundle),
        begins=False,
        fixed=f"อยู่ในเรื่องที่{_LOCKED[around.state]}" if around else "",
        blank=page.state is PageState.BLANK,
        opens="",
        loose=True,
        separator=page.state is PageState.SEPARATOR,
        kept=kept,
        why=_said(separator_of(page)),
    )


def _said(separator: Separator | None) -> str:
    """Return what a separator says that needs no list of names."""
    return f"ชุด {separator.batch}" if separator and separator.batch else ""


def _url(desk: Desk, draft: Draft, number: int, bundle: Bundle) -> str | None:
    if not has_picture(desk, draft.sha256, number):
        return None
    return picture_url(draft.sha256, number, bundle.standings[number], small=True)


def _fixed(number: int, bundle: Bundle, *, first: bool) -> str:
    locked = locked_by(bundle.live)
    if number in locked:
        return f"{_LOCKED[locked[number].state]} แบ่งใหม่ไม่ได้"
    if first:
        return "หน้าแรกเริ่มเรื่องเสมอ"
    held = (page for draft in bundle.live for page in draft.page_numbers if page < number)
    return "เริ่มเรื่องเสมอ เพราะหน้าก่อนตัดสินไปแล้ว" if max(held) in locked else ""


def _title(draft: Draft) -> str:
    """Return what an officer knows a letter by."""
    for name in (FieldName.REFERENCE_NO, FieldName.SUBJECT):
        field = draft.fields.get(name)
        if field and field.value:
            return field.value
    return f"เรื่องที่ {draft.letter}"


def titles(drafts: Collection[Draft]) -> dict[int, str]:
    """Return what officers know these letters by, by their ids."""
    return {draft.id: _title(draft) for draft in drafts}


def what_happened(connection: Connection, bundle: Bundle) -> str:
    """Return in Thai who last did what to a letter of the scan, "" where nobody did anything."""
    history = decisions_of(connection, [draft.id for draft in bundle.live])
    every = [decision for decisions in history.values() for decision in decisions]
    replaced = rearrangements_of(connection, bundle.draft.scan_id)
    told = [(each.decided_at, each.officer, words.ACTIONS[each.action]) for each in every]
    told += [(each.done_at, each.officer, "แบ่งเรื่องใหม่") for each in replaced]
    if not told:
        return ""
    at, officer, what = max(told)
    return f"{officer} ทำรายการ “{what}” ในไฟล์นี้เมื่อ {moment(at)}"
