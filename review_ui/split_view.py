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
from models.parting import locked_by
from models.rearrangements import (
    Rearrangement,
    live_drafts,
    rearrangements_of,
    why_not_undone,
)
from models.terms import FieldName
from review_ui import words
from review_ui.dates import moment
from review_ui.desk import Desk
from review_ui.page_view import picture_url
from review_ui.pictures import has_picture

_LOCKED = {DraftState.CONFIRMED: "บันทึกลงทะเบียนแล้ว", DraftState.REJECTED: "ตีกลับแล้ว"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page in the row; ``fixed`` says in Thai why no letter may begin or stop beginning here.

    ``url`` is None where there is no picture; ``opens`` is the letter that begins here now.
    """

    number: int
    at: str
    url: str | None
    begins: bool
    fixed: str
    blank: bool
    opens: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All pages of one scan, its live drafts, and what of its rearrangements can be undone."""

    draft: Draft
    live: tuple[Draft, ...]
    pages: Mapping[int, OcrPage]
    standings: Mapping[int, Standing]
    undoable: tuple[Rearrangement, ...]

    @property
    def home(self) -> Draft:
        """Return the live draft that holds the first page of the draft that was asked for."""
        begun = (each for each in self.live if each.first_page <= self.draft.first_page)
        return max(begun, key=lambda each: each.first_page)

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
    )


def leaves(desk: Desk, bundle: Bundle, cuts: Collection[int]) -> tuple[Leaf, ...]:
    """Return the row of pages with letters beginning at these cuts, as far as they may."""
    locked = locked_by(bundle.live)
    found: list[Leaf] = []
    for draft in bundle.live:
        for number in draft.page_numbers:
            fixed = _fixed(number, locked, first=not found)
            begins = number in (bundle.cuts if fixed else cuts) or not found
            there = has_picture(desk, draft.sha256, number)
            leaf = Leaf(
                number=number,
                at=f"/drafts/{draft.id}/pages/{number}",
                url=_url(draft, number, bundle) if there else None,
                begins=begins,
                fixed=fixed,
                blank=bundle.pages[number].state is PageState.BLANK,
                opens=_title(draft) if number == draft.first_page else "",
            )
            found.append(leaf)
    return tuple(found)


def _url(draft: Draft, number: int, bundle: Bundle) -> str:
    return picture_url(draft.sha256, number, bundle.standings[number], small=True)


def _fixed(number: int, locked: Mapping[int, Draft], *, first: bool) -> str:
    if number in locked:
        return f"{_LOCKED[locked[number].state]} แบ่งใหม่ไม่ได้"
    if first:
        return "หน้าแรกเริ่มเรื่องเสมอ"
    return "เริ่มเรื่องเสมอ เพราะหน้าก่อนตัดสินไปแล้ว" if number - 1 in locked else ""


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
