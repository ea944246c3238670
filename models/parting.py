"""Where letters begin in a scan: cuts between its pages, and what new cuts mean for its drafts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.draft_states import DraftState
from models.drafts import Draft

_DECIDED = (DraftState.CONFIRMED, DraftState.REJECTED)


@dataclass(frozen=True, slots=True)
class Parting:
    """The drafts that new cuts do away with, and the pages of each letter in their place."""

    old: tuple[Draft, ...]
    new: tuple[tuple[int, ...], ...]


def locked_by(live: Sequence[Draft]) -> dict[int, Draft]:
    """Return, by page, the drafts that were decided: their pages stay where they are."""
    decided = (draft for draft in live if draft.state in _DECIDED)
    return {page: draft for draft in decided for page in draft.page_numbers}


def loose_pages(live: Sequence[Draft], pages: Collection[int]) -> tuple[int, ...]:
    """Return those of a scan's pages that belong to no letter: separators, blank ones by them."""
    held = {page for draft in live for page in draft.page_numbers}
    return tuple(sorted(set(pages) - held))


def enclosed(live: Sequence[Draft]) -> dict[int, Draft]:
    """Return, by page, the drafts that were decided and left it out: it cannot be put into them."""
    decided = (draft for draft in live if draft.state in _DECIDED)
    return {page: draft for draft in decided for page in draft.left_out}


def part(live: Sequence[Draft], cuts: Collection[int], kept: Collection[int] = ()) -> Parting:
    """Return what changes when a letter begins at each of these pages, and at the first one.

    ``live`` are the drafts of a scan in the order of their pages; between them may stand pages of
    no letter, of which those ``kept`` become pages of the letter before, or of the first one. A
    letter that was decided keeps its pages whatever the cuts say.
    """
    locked = locked_by(live)
    held = {locked[page].id: page for page in locked}  # its last page
    groups: list[list[int]] = []
    own = {page for draft in live for page in draft.page_numbers}
    first = min(own)
    for page in sorted(own | (set(kept) - enclosed(live).keys())):
        before = groups[-1][-1] if groups else None
        if page in locked:
            begins = page == locked[page].first_page
        else:
            after_locked = before in locked and held[locked[before].id] == before
            begins = after_locked or (page in cuts and page != first)
        if before is None or begins:
            groups.append([page])
        else:
            groups[-1].append(page)
    wanted = [tuple(group) for group in groups]
    there = {tuple(draft.page_numbers): draft for draft in live}
    return Parting(
        old=tuple(draft for pages, draft in there.items() if pages not in wanted),
        new=tuple(group for group in wanted if group not in there),
    )
