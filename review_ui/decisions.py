"""An officer's decision on a draft, carried out in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models import records, second_readings
from models.claims import claim, holder
from models.database import writing
from models.decisions import Decision, decide, decisions_of
from models.draft_states import Action, DraftState
from models.drafts import Draft, get_draft, pages_of_draft
from models.matters import relate_again
from models.versions import StaleDraft
from models.vouching import Answer, How, answers
from models.waiting import next_best
from review_ui import words
from review_ui.answers import Typed
from review_ui.checking import check
from review_ui.desk import Desk
from review_ui.sifting import View

_MORE_OFTEN = 3


class Refused(Exception):
    """The decision lacks something; ``problems`` says in Thai what, by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer's page says of the next letter: one it has fetched, some passed over."""

    prefer: int | None = None
    skip: tuple[int, ...] = ()


NO_WISH = Wish()


def carry_out(
    desk: Desk,
    draft_id: int,
    action: Action,
    typed: Typed,
    officer: str,
    view: View,
    wish: Wish,
) -> str:
    """Write the decision down and return the address of what to look at next in that view.

    Raises:
        DraftGone: there is no such draft.
        StaleDraft: somebody changed it since it was opened, or works on it now.
        WrongState: the action is not possible now.
        Refused: the form lacks something.
    """
    with writing(desk.engine) as connection:
        draft = get_draft(connection, draft_id)
        if action is Action.CONFIRM and _done_already(connection, desk, draft, typed, officer):
            # The lost answer named a letter that the officer has claimed since: that one.
            following = claim_next(connection, desk, officer, view, wish=wish)
            return address_after(following, action, draft_id)
        held = holder(connection, draft_id, desk.now())
        # Before complaining about what was typed.
        if draft.version != typed.version or (held and held.officer != officer):
            raise StaleDraft
        if action is Action.CONFIRM:
            _confirm(connection, desk, draft, typed, officer)
        else:
            _put_aside(connection, desk, draft, action, typed, officer)
        if action is Action.RETURN:
            following = draft_id
        else:
            following = claim_next(connection, desk, officer, view, draft_id, wish)
    return address_after(following, action, draft_id)


def _done_already(
    connection: Connection, desk: Desk, draft: Draft, typed: Typed, officer: str
) -> bool:
    """Tell whether this very form was confirmed before: its answer may have got lost on its way."""
    if draft.state is not DraftState.CONFIRMED or draft.version != typed.version + 1:
        return False
    record = records.record_of_draft(connection, draft.id)
    if record is None or decisions_of(connection, [draft.id])[draft.id][-1].officer != officer:
        return False
    said = check(typed, draft.fields, desk.codes, desk.today()).answer
    same = (said.kind, said.category, said.second_category, dict(said.values))
    kept = {name: record.values.get(name) for name in said.values}
    return same == (record.kind, record.category, record.second_category, kept)


def claim_next(
    connection: Connection,
    desk: Desk,
    officer: str,
    view: View,
    beside: int | None = None,
    wish: Wish = NO_WISH,
) -> int | None:
    """Claim what the officer should look at next, None where nothing waits."""
    now = desk.now()
    found = next_best(
        connection,
        officer,
        now,
        order=view.order,
        sieve=view.sieve(now),
        beside=beside,
        prefer=wish.prefer,
        skip=wish.skip if beside is None else (*wish.skip, beside),
    )
    if found is not None:
        claim(connection, found, officer, now, desk.lease)
    return found


def address_after(following: int | None, action: Action, was: int) -> str:
    """Return the address of the draft to look at next, or the queue's."""
    done = f"done={action.value}&was={was}"
    return f"/queue?{done}" if following is None else f"/drafts/{following}?{done}"


def undo(desk: Desk, draft_id: int, officer: str) -> Action:
    """Take the last decision on a draft back; return what was done: undone, or returned.

    Raises:
        DraftGone: there is no such draft.
        TooLate: it is the decision of somebody else, or too old.
        WrongState: there is nothing to undo.
        StaleDraft: somebody was faster.
    """
    with writing(desk.engine) as connection:
        draft = get_draft(connection, draft_id)
        if draft.state is DraftState.CONFIRMED:
            records.undo(connection, draft, officer, desk.now())
            second_readings.withdraw(connection, draft_id)
            return Action.UNDO
        decision = Decision(Action.RETURN, officer, desk.now())
        decide(connection, draft, draft.version, decision)
        return Action.RETURN


def _confirm(connection: Connection, desk: Desk, draft: Draft, typed: Typed, officer: str) -> None:
    checked = check(typed, draft.fields, desk.codes, desk.today())
    if checked.in_the_way:
        raise Refused(checked.in_the_way)
    text = "\n".join(page.text for page in pages_of_draft(connection, draft))
    records.confirm(
        *(connection, draft, typed.version, checked.answer),
        officer=officer,
        now=desk.now(),
        text=text,
    )
    relate_again(connection, draft.id, checked.answer.values, desk.now())
    _draw_for_second_reading(connection, desk, draft.id, checked.answer)


def _draw_for_second_reading(
    connection: Connection, desk: Desk, draft_id: int, answer: Answer
) -> None:
    """Draw lots; letters with values that were accepted together are drawn three times as often."""
    together = any(touch.how is How.ACCEPTED for touch in answer.touches.values())
    chance = min(desk.second_share * (_MORE_OFTEN if together else 1), 1.0)
    if desk.lot() >= chance:
        return
    record = records.record_of_draft(connection, draft_id)
    assert record is not None  # it was made a moment ago
    second_readings.draw(connection, record, 1 / chance, desk.now())


def _put_aside(
    connection: Connection, desk: Desk, draft: Draft, action: Action, typed: Typed, officer: str
) -> None:
    """Park, reject or return; what was typed so far is kept with the decision."""
    reason = {Action.PARK: typed.park_reason, Action.REJECT: typed.reject_reason}.get(action)
    said, active_ms = None, None
    if reason is not None:
        _check_reason(action, reason, typed.note)
        answer = check(typed, draft.fields, desk.codes, desk.today()).answer
        said = answers(draft.fields, draft.suggestion, answer)
        active_ms = answer.active_ms
    decision = Decision(action, officer, desk.now(), reason, typed.note or None, said, active_ms)
    decide(connection, draft, typed.version, decision)


def _check_reason(action: Action, reason: str, note: str) -> None:
    if reason not in words.REASONS[action]:
        raise Refused({action.value: f"เลือกเหตุผลที่{words.ACTIONS[action]}"})
    if reason == words.OTHER and not note:
        raise Refused({"note": "เหตุผล “อื่น ๆ” ต้องเขียนอธิบาย"})
    if len(note) > 500:
        raise Refused({"note": "คำอธิบายยาวเกินไป ใส่ได้ไม่เกิน 500 ตัวอักษร"})
