"""An officer's decision on a draft, carried out in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from models.database import writing
from models.drafts import Action, Decision, Draft, StaleDraft, decide, get_draft, pages_of_draft
from models.matters import relate_confirmed
from models.records import answers, confirm
from models.waiting import Order, next_waiting
from review_ui import words
from review_ui.answers import Typed, check
from review_ui.desk import Desk


class Refused(Exception):
    """The decision lacks something; ``problems`` says in Thai what, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems.values()))
        self.problems = problems


def carry_out(
    desk: Desk,
    draft_id: int,
    action: Action,
    typed: Typed,
    officer: str,
    order: Order = Order.OLDEST,
) -> str:
    """Write the decision down and return the address of what to look at next in that order.

    Raises:
        DraftGone: there is no such draft.
        StaleDraft: somebody changed it since it was opened.
        WrongState: the action is not possible now.
        Refused: the form lacks something.
    """
    with writing(desk.engine) as connection:
        draft = get_draft(connection, draft_id)
        if draft.version != typed.version:  # before complaining about what was typed
            raise StaleDraft
        if action is Action.CONFIRM:
            _confirm(connection, desk, draft, typed, officer)
        else:
            _put_aside(connection, desk, draft, action, typed, officer)
        following = draft_id if action is Action.RETURN else next_waiting(connection, order=order)
    done = f"done={action.value}&was={draft_id}"
    return f"/queue?{done}" if following is None else f"/drafts/{following}?{done}"


def _confirm(connection: Connection, desk: Desk, draft: Draft, typed: Typed, officer: str) -> None:
    answer, problems = check(typed, draft.fields, desk.codes)
    if problems:
        raise Refused(problems)
    text = "\n".join(page.text for page in pages_of_draft(connection, draft))
    confirm(connection, draft, typed.version, answer, officer=officer, now=desk.now(), text=text)
    relate_confirmed(connection, draft.id, answer.values, desk.now())


def _put_aside(
    connection: Connection, desk: Desk, draft: Draft, action: Action, typed: Typed, officer: str
) -> None:
    """Park, reject or return; what was typed so far is kept with the decision."""
    reason = {Action.PARK: typed.park_reason, Action.REJECT: typed.reject_reason}.get(action)
    if reason is not None:
        _check_reason(action, reason, typed.note)
    said = None
    if reason is not None:
        said = answers(draft, check(typed, draft.fields, desk.codes)[0])
    decision = Decision(action, officer, desk.now(), reason, typed.note or None, said)
    decide(connection, draft, typed.version, decision)


def _check_reason(action: Action, reason: str, note: str) -> None:
    if reason not in words.REASONS[action]:
        raise Refused({action.value: f"เลือกเหตุผลที่{words.ACTIONS[action]}"})
    if reason == words.OTHER and not note:
        raise Refused({"note": "เหตุผล “อื่น ๆ” ต้องเขียนอธิบาย"})
    if len(note) > 500:
        raise Refused({"note": "คำอธิบายยาวเกินไป ใส่ได้ไม่เกิน 500 ตัวอักษร"})
