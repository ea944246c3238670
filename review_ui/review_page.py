"""Puts the review page together from the draft, the form and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Connection

from models.drafts import Decision, Draft, DraftState, decisions_of, get_draft, pages_of_draft
from models.letters import OcrPage
from models.records import Record, record_of_draft
from models.terms import LetterKind
from review_ui.alarm_view import alarm_views
from review_ui.answers import Typed, typed_from_draft, typed_from_record
from review_ui.category_choice import category_view, kind_doubt, second_view
from review_ui.desk import Desk
from review_ui.extras import extras
from review_ui.field_groups import field_groups
from review_ui.field_view import SURE
from review_ui.page_view import crops, page_views
from review_ui.rendering import frame, render

_OPEN = (DraftState.WAITING, DraftState.PARKED)


@dataclass(frozen=True, slots=True)
class Review:
    """All that is known of a draft when its page is opened."""

    draft: Draft
    pages: list[OcrPage]
    history: list[Decision]
    record: Record | None
    frame: Mapping[str, Any]

    def typed(self, desk: Desk) -> Typed:
        """Return the form as it first stands."""
        if self.record:
            return typed_from_record(self.record, self.draft.version)
        return typed_from_draft(self.draft, desk, self.history)


@dataclass(frozen=True, slots=True)
class Notice:
    """What just happened; ``done`` to draft ``was``, or the form is of an older version."""

    done: str = ""
    was: int = 0
    stale: bool = False


def open_review(request: Request, connection: Connection, draft_id: int) -> Review:
    """Return all that the page needs of the database.

    Raises:
        DraftGone: there is no such draft.
    """
    draft = get_draft(connection, draft_id)
    return Review(
        draft=draft,
        pages=pages_of_draft(connection, draft),
        history=decisions_of(connection, [draft_id])[draft_id],
        record=record_of_draft(connection, draft_id),
        frame=frame(request, connection),
    )


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
    views = page_views(desk, draft, review.pages)
    doubt = kind_doubt(draft, typed.kind)
    unsure = draft.fields.kind_confidence < SURE or doubt
    kind_state = "edited" if typed.kind != draft.fields.kind else "doubt" if unsure else "sure"
    context = {
        **review.frame,
        "draft": draft,
        "record": review.record,
        "last": review.history[-1] if review.history else None,
        "typed": typed,
        "notice": notice,
        "problems": problems,
        "editable": draft.state in _OPEN and not notice.stale,
        "open": draft.state in _OPEN,
        "pages": views,
        "crops": crops(draft, views),
        "kinds": list(LetterKind),
        "kind_state": kind_state,
        "kind_doubt": doubt,
        "alarms": alarm_views(draft.alarms),
        "category": category_view(draft, typed, desk, problems),
        "second": second_view(draft, typed, desk, problems),
        "groups": field_groups(draft, typed, problems, desk.today()),
        "extras": extras(draft.fields),
    }
    return render("review.html", context, status)
