"""Where a draft is on its way, and what can be done with it.

            +---b---> PARKED ---d--+
            |                      v
--a--> WAITING <------------------ +
            |  ^
            |  +--d-- REJECTED <--c-- (WAITING or PARKED)
            |  +--f-- CONFIRMED <--e-- (the only way to a record; from WAITING or PARKED)
            |  +--h-- REPLACED <--g-- (WAITING or PARKED)

a  the pipeline writes it, once per letter of a scan
b  park: not now, with a reason        c  reject: no record will be made, with a reason
d  return: look again                  e  confirm: an officer vouches for every field
f  undo: the record is taken back, within minutes of its making
g  replace: its pages went into other drafts, for they were one letter more or less
h  restore: that was wrong, the other drafts are replaced instead

Whoever takes over a letter (WAITING or PARKED) from another officer leaves its state as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never


class DraftState(StrEnum):
    """Where a draft is on its way; the letters are the arrows above."""

    WAITING = "waiting"
    PARKED = "parked"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    REPLACED = "replaced"


OPEN_STATES = (DraftState.WAITING, DraftState.PARKED)  # an officer may work on these


class Action(StrEnum):
    """What an officer can do with a draft."""

    CONFIRM = "confirm"
    PARK = "park"
    REJECT = "reject"
    RETURN = "return"
    UNDO = "undo"
    TAKE_OVER = "take_over"
    REPLACE = "replace"
    RESTORE = "restore"


CLOSING = (Action.CONFIRM, Action.REJECT)  # after these nothing is left to do


class WrongState(Exception):
    """The action is not possible from the draft's state."""


def next_state(state: DraftState, action: Action) -> DraftState:
    """Return where an action leads.

    Raises:
        WrongState: the action is not possible from this state.
    """
    match action:
        case Action.CONFIRM if state in OPEN_STATES:
            return DraftState.CONFIRMED
        case Action.PARK if state is DraftState.WAITING:
            return DraftState.PARKED
        case Action.REJECT if state in OPEN_STATES:
            return DraftState.REJECTED
        case Action.RETURN if state in (DraftState.PARKED, DraftState.REJECTED):
            return DraftState.WAITING
        case Action.UNDO if state is DraftState.CONFIRMED:
            return DraftState.WAITING
        case Action.TAKE_OVER if state in OPEN_STATES:
            return state
        case Action.REPLACE if state in OPEN_STATES:
            return DraftState.REPLACED
        case Action.RESTORE if state is DraftState.REPLACED:
            return DraftState.WAITING
        case (
            Action.CONFIRM
            | Action.PARK
            | Action.REJECT
            | Action.RETURN
            | Action.UNDO
            | Action.TAKE_OVER
            | Action.REPLACE
            | Action.RESTORE
        ):
            raise WrongState("เรื่องนี้อยู่ในสถานะที่ทำรายการนี้ไม่ได้ กรุณากลับไปที่คิวแล้วเปิดใหม่")
        case _:
            assert_never(action)
