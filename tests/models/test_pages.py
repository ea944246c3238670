from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action, WrongState
from models.drafts import get_draft
from models.letters import Box
from models.pages import Standing, get_pages, readings_before, replace_reading, standings, turn_page
from models.redrafting import redraft
from models.tables import drafts
from models.terms import FieldName, LetterKind
from models.turning import TURNS, turned
from models.versions import StaleDraft
from tests.conftest import NOW
from tests.models.letters import make_draft, make_page, make_reading

SIDE = st.floats(0, 0.5)
LATER = NOW + dt.timedelta(hours=1)


def test_a_corner_of_the_page_goes_round_clockwise() -> None:
    corner = Box(0.0, 0.0, 0.2, 0.1)  # upper left
    assert turned(corner, 90) == Box(0.9, 0.0, 0.1, 0.2)  # upper right
    assert turned(corner, 180) == Box(0.8, 0.9, 0.2, 0.1)
    assert turned(corner, 270) == Box(0.0, 0.8, 0.1, 0.2)
    with pytest.raises(ValueError, match="45"):
        turned(corner, 45)


@given(box=st.builds(Box, SIDE, SIDE, SIDE, SIDE), turn=st.sampled_from(TURNS))
def test_what_is_turned_on_to_a_full_turn_stands_where_it_stood(box: Box, turn: int) -> None:
    back = turned(turned(box, turn), (360 - turn) % 360)
    assert (back.left, back.top, back.width, back.height) == pytest.approx(
        (box.left, box.top, box.width, box.height)
    )


def test_a_page_is_turned_by_quarters_and_its_reading_stays(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        assert standings(connection, draft.scan_id) == {1: Standing()}
        turns = [turn_page(connection, draft.scan_id, 1) for _ in range(5)]
        assert turns == [90, 180, 270, 0, 90]
        assert standings(connection, draft.scan_id) == {1: Standing(90)}
        assert get_pages(connection, draft.scan_id) == [make_page()]


def test_a_page_that_is_read_again_keeps_what_was_read_before(engine: Engine) -> None:
    draft = make_draft(engine)
    second, third = (replace(make_page(), read_by=f"อ่านครั้งที่ {n}") for n in (2, 3))
    with writing(engine) as connection:
        turn_page(connection, draft.scan_id, 1)
        for page in (second, third):
            replace_reading(connection, draft.scan_id, page, officer="มานี", now=LATER)
    with looking(engine) as connection:
        assert get_pages(connection, draft.scan_id) == [third]
        assert readings_before(connection, draft.scan_id, 1) == [make_page(), second]
        assert standings(connection, draft.scan_id) == {1: Standing(0, 2)}


def test_a_draft_that_waits_is_read_again_whole(engine: Engine) -> None:
    draft = make_draft(engine)
    reading = make_reading(subject="ขอให้ซ่อมถนน", urgency="ด่วน")
    reading = replace(
        reading, suggestion=None, fields=replace(reading.fields, kind=LetterKind.MEMO)
    )
    with writing(engine) as connection:
        assert redraft(connection, draft, reading) == 2
        again = get_draft(connection, draft.id)
    subject = again.fields.get(FieldName.SUBJECT)
    assert subject is not None
    assert subject.value == "ขอให้ซ่อมถนน"
    assert (again.fields.kind, again.suggestion, again.urgent) == (LetterKind.MEMO, None, True)
    assert (again.version, again.state, again.letter) == (2, draft.state, draft.letter)


def test_a_draft_that_is_read_again_is_stored_as_one_that_is_read_first(engine: Engine) -> None:
    draft = make_draft(engine, urgency="ด่วน")
    with writing(engine) as connection:
        first = dict(connection.execute(select(drafts)).one()._mapping)
        redraft(connection, draft, make_reading(urgency="ด่วน"))
        assert dict(connection.execute(select(drafts)).one()._mapping) == first | {"version": 2}


def test_a_draft_that_changed_or_was_decided_is_not_read_again(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        decide(connection, draft, 1, Decision(Action.REJECT, "มานี", NOW, "empty"))
        with pytest.raises(StaleDraft):
            redraft(connection, draft, make_reading())
        with pytest.raises(WrongState):
            redraft(connection, get_draft(connection, draft.id), make_reading())
