"""Puts the review page together from the draft, the form and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Connection

from models.claims import Claim, holder
from models.decisions import Decision, decisions_of
from models.draft_states import OPEN_STATES
from models.drafts import Draft, get_draft
from models.records import Record, record_of_draft
from models.terms import LetterKind
from models.unfinished import Unfinished, kept
from review_ui.alarm_view import alarm_views
from review_ui.answers import (
    Typed,
    touched_json,
    typed_from_draft,
    typed_from_form,
    typed_from_record,
)
from review_ui.category_choice import category_view, kind_doubt, second_view
from review_ui.checking import check
from review_ui.desk import Desk
from review_ui.differences import differences
from review_ui.extras import extras
from review_ui.field_groups import field_groups
from review_ui.field_view import SURE
from review_ui.matters import MatterViews, matter_views
from review_ui.page_view import PageView, crops, page_views
from review_ui.pile import Pile, open_pile, sheet_category, without_blanks
from review_ui.rendering import frame, render


@dataclass(frozen=True, slots=True)
class Review:
    """All that is known of a draft when its page is opened; ``held`` is another officer's claim."""

    draft: Draft
    pages: tuple[PageView, ...]
    pile: Pile
    history: list[Decision]
    record: Record | None
    unfinished: Unfinished | None
    held: Claim | None
    matters: MatterViews
    officer: str
    frame: Mapping[str, Any]

    def typed(self, desk: Desk) -> Typed:
        """Return the form as it first stands."""
        if self.record:
            return typed_from_record(self.record, self.draft.version)
        start = typed_from_draft(self.draft, desk, self.history)
        return typed_from_form(self.unfinished.form, start, desk) if self.unfinished else start

    @property
    def editable(self) -> bool:
        """Tell whether the officer may work on it."""
        return self.draft.state in OPEN_STATES and self.held is None


@dataclass(frozen=True, slots=True)
class Notice:
    """What just happened: ``done`` to draft ``was``; and whether a supervisor looks on."""

    done: str = ""
    was: int = 0
    supervisor: bool = False


def open_review(request: Request, connection: Connection, draft_id: int, desk: Desk) -> Review:
    """Return all that the page needs of the database.

    Raises:
        DraftGone: there is no such draft.
    """
    draft = get_draft(connection, draft_id)
    around = frame(request, connection)
    held = holder(connection, draft_id, desk.now())
    return Review(
        draft=draft,
        pages=page_views(desk, connection, draft),
        pile=open_pile(connection, draft),
        history=decisions_of(connection, [draft_id])[draft_id],
        record=record_of_draft(connection, draft_id),
        unfinished=kept(connection, draft_id),
        held=held if held and held.officer != around["officer"] else None,
        matters=matter_views(connection, draft_id),
        officer=around["officer"],
        frame=around,
    )


def _letter(desk: Desk, review: Review) -> dict[str, Any]:
    """Return what the page shows of the letter itself."""
    draft, shown = review.draft, without_blanks(review.pages)
    return {
        **review.frame,
        "draft": draft,
        "record": review.record,
        "last": review.history[-1] if review.history else None,
        "held": review.held,
        "pages": shown,
        "skipped": len(review.pages) - len(shown),
        "crops": crops(draft, review.pages),
        "alarms": alarm_views(draft.alarms),
        "matters": review.matters,
        "lease_seconds": int(desk.lease.total_seconds()),
    }


def review_page(
    desk: Desk,
    review: Review,
    typed: Typed,
    notice: Notice,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Return the page with the form as it was typed."""
    draft, problems = review.draft, problems or {}
    doubt = kind_doubt(draft, typed.kind)
    unsure = draft.fields.kind_confidence < SURE or doubt
    kind_state = "edited" if typed.kind != draft.fields.kind else "doubt" if unsure else "sure"
    rules = check(typed, draft.fields, desk.codes, desk.today()).rules
    others_work = review.unfinished and review.unfinished.officer != review.officer
    context = {
        **_letter(desk, review),
        "typed": typed,
        "touched": touched_json(typed),
        "notice": notice,
        "problems": problems,
        "editable": review.editable,
        "others_work": review.unfinished if others_work else None,
        "proposal": review.pile.proposal,
        "sheet_category": sheet_category(review.pile, desk),
        "kinds": list(LetterKind),
        "kind_state": kind_state,
        "kind_doubt": doubt,
        "category": category_view(draft, typed, desk, problems),
        "second": second_view(draft, typed, desk, problems),
        "groups": field_groups(draft, typed, problems, rules, desk.today()),
        "extras": extras(draft.fields),
    }
    return render("review.html", context, status)


def stale_page(desk: Desk, review: Review, typed: Typed) -> Response:
    """Return the page that shows both versions of a letter, for the officer to choose.

    Somebody else changed the letter since it was opened, or works on it now.
    """
    latest = review.typed(desk)
    context = {
        **_letter(desk, review),
        "typed": typed,
        "latest": latest,
        "differences": differences(typed, latest, desk),
        "by": _who_changed(review),
        "editable": review.editable,
    }
    return render("stale.html", context, 412)


def _who_changed(review: Review) -> str:
    """Return who has the letter or changed it last, "" where it is not known."""
    if review.held:
        return review.held.officer
    if review.unfinished:
        return review.unfinished.officer
    return review.history[-1].officer if review.history else ""
