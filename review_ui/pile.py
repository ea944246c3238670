"""What an officer must know of the pile that a letter was scanned in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from models.drafts import Draft
from models.letters import PageState
from models.rearrangements import live_drafts, rearrangements_of
from models.sheet_codes import Separator
from models.stacked import proposed_cuts, separator_before
from review_ui.answers import code_in_use
from review_ui.desk import Category, Desk
from review_ui.page_view import PageView


@dataclass(frozen=True, slots=True)
class Proposal:
    """Into how many letters the machine would part the file, and in Thai what is so already."""

    letters: int
    told: str


@dataclass(frozen=True, slots=True)
class Pile:
    """The proposal that nobody looked at yet, and what the separator before the letter says."""

    proposal: Proposal | None
    separator: Separator | None


def open_pile(connection: Connection, draft: Draft) -> Pile:
    """Return what is known of the pile of a draft."""
    separator = separator_before(connection, draft.scan_id, draft.first_page)
    return Pile(_proposal(connection, draft.scan_id), separator)


def _proposal(connection: Connection, scan_id: int) -> Proposal | None:
    proposed = proposed_cuts(connection, scan_id)
    if not proposed or rearrangements_of(connection, scan_id):
        return None
    cuts = {each.first_page for each in live_drafts(connection, scan_id)}
    wanted = cuts | proposed
    pages = ", ".join(str(number) for number in sorted(proposed))
    if wanted == cuts:
        return Proposal(len(wanted), f"และแบ่งไว้ให้แล้ว เพราะพบหัวหนังสือที่หน้า {pages}")
    return Proposal(len(wanted), f"ขณะนี้มี {len(cuts)} เรื่อง ยังไม่ได้แบ่งที่หน้า {pages} ซึ่งมีหัวหนังสือ")


def without_blanks(pages: Sequence[PageView]) -> tuple[PageView, ...]:
    """Return the pages that an officer leafs through; all of them where all are blank."""
    written = tuple(page for page in pages if page.state is not PageState.BLANK)
    return written or tuple(pages)


def sheet_category(pile: Pile, desk: Desk) -> Category | None:
    """Return the category that the separator names, if it is in use; it is only ever shown."""
    if pile.separator is None or not pile.separator.category:
        return None
    code = code_in_use(pile.separator.category, desk)
    return next((each for each in desk.categories if each.code == code), None)
