from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, func, select

from models.database import looking, open_database, writing
from models.decisions import Decision, decide, decisions_of
from models.draft_states import Action, DraftState
from models.drafts import Draft, add_draft, drafts_of_scan, get_draft, pages_of_draft
from models.letters import Reading
from models.pages import add_page, get_pages
from models.parting import part
from models.rearrangements import (
    CannotUndo,
    PagesLost,
    live_drafts,
    rearrange,
    rearrangements_of,
    undo,
    why_not_undone,
)
from models.schema import upgrade
from models.tables import drafts
from models.versions import StaleDraft
from tests.conftest import NOW
from tests.models.letters import keep_scan, make_page, make_reading

ME = "สมหญิง ตั้งใจ"


def reading_of(pages: Sequence[int], letter: int = 1) -> Reading:
    return replace(make_reading(letter), pages=tuple(make_page(number) for number in pages))


def scan_of(engine: Engine, *letters: Sequence[int]) -> int:
    """A scan whose pages the machine has parted into these letters."""
    with writing(engine) as connection:
        many = connection.scalar(select(func.count()).select_from(drafts)) or 0
        scan_id = keep_scan(connection, f"{many:064x}")
        for number, pages in enumerate(letters, start=1):
            reading = reading_of(pages, number)
            for page in reading.pages:
                add_page(connection, scan_id, page, NOW)
            add_draft(connection, scan_id, reading, NOW)
    return scan_id


def cut(connection: Connection, scan_id: int, *cuts: int) -> int:
    """Let letters begin at these pages; return the rearrangement."""
    parting = part(live_drafts(connection, scan_id), cuts)
    readings = [reading_of(pages) for pages in parting.new]
    return rearrange(connection, parting.old, readings, scan_id=scan_id, officer=ME, now=NOW).id


def spans(connection: Connection, scan_id: int) -> list[tuple[int, int]]:
    return [(each.first_page, each.last_page) for each in live_drafts(connection, scan_id)]


def test_a_letter_is_split_and_the_others_keep_their_drafts(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 2, 3], [4])
    with writing(engine) as connection:
        old, kept = live_drafts(connection, scan_id)
        cut(connection, scan_id, 3, 4)
        assert spans(connection, scan_id) == [(1, 2), (3, 3), (4, 4)]
        live = live_drafts(connection, scan_id)
        assert live[-1] == kept
        assert [draft.letter for draft in live] == [3, 4, 2]
        assert get_draft(connection, old.id).state is DraftState.REPLACED
        (decision,) = decisions_of(connection, [old.id])[old.id]
        assert (decision.action, decision.officer) == (Action.REPLACE, ME)
        (done,) = rearrangements_of(connection, scan_id)
        assert done.before == (old.id,)
        assert done.after == (live[0].id, live[1].id)


def test_letters_are_merged_and_that_is_undone(engine: Engine) -> None:
    scan_id = scan_of(engine, [1], [2, 3], [4])
    with writing(engine) as connection:
        before = live_drafts(connection, scan_id)
        done = cut(connection, scan_id, 4)
        assert spans(connection, scan_id) == [(1, 3), (4, 4)]
        assert undo(connection, done, officer=ME, now=NOW).undone_by == ME
        after = live_drafts(connection, scan_id)
        assert [(each.id, each.fields, each.state) for each in after] == [
            (each.id, each.fields, each.state) for each in before
        ]
        with pytest.raises(CannotUndo, match="ไปแล้ว"):
            undo(connection, done, officer=ME, now=NOW)


@pytest.mark.parametrize("action", [Action.PARK, Action.REJECT, Action.CONFIRM])
def test_what_somebody_decided_since_is_not_undone(engine: Engine, action: Action) -> None:
    scan_id = scan_of(engine, [1, 2])
    with writing(engine) as connection:
        done = cut(connection, scan_id, 2)
        second = live_drafts(connection, scan_id)[1]
        decide(connection, second, second.version, Decision(action, ME, NOW, "other"))
        with pytest.raises(CannotUndo, match="มีผู้ทำงาน"):
            undo(connection, done, officer=ME, now=NOW)
        assert spans(connection, scan_id) == [(1, 1), (2, 2)]


def test_one_undo_after_the_other_leads_back_to_the_beginning(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 2, 3])
    with writing(engine) as connection:
        (first,) = live_drafts(connection, scan_id)
        one = cut(connection, scan_id, 2)
        two = cut(connection, scan_id, 2, 3)
        assert why_not_undone(connection, rearrangements_of(connection, scan_id)[1])
        undo(connection, two, officer=ME, now=NOW)
        undo(connection, one, officer=ME, now=NOW)
        assert [draft.id for draft in live_drafts(connection, scan_id)] == [first.id]


def test_pages_can_be_neither_lost_nor_made_up(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 2])
    with writing(engine) as connection:
        old = live_drafts(connection, scan_id)
        for wrong in ([1], [1, 2, 3], [1, 1, 2]):
            with pytest.raises(PagesLost):
                rearrange(
                    connection, old, [reading_of(wrong)], scan_id=scan_id, officer=ME, now=NOW
                )


def test_a_draft_that_changed_meanwhile_is_not_replaced(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 2])
    with looking(engine) as connection:
        (seen,) = live_drafts(connection, scan_id)
    with writing(engine) as connection:
        decide(connection, seen, seen.version, Decision(Action.PARK, ME, NOW, "other"))
    halves = [reading_of([1]), reading_of([2])]
    with pytest.raises(StaleDraft), writing(engine) as connection:
        rearrange(connection, [replace(seen)], halves, scan_id=scan_id, officer=ME, now=NOW)
    with looking(engine) as connection:
        assert spans(connection, scan_id) == [(1, 2)]


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.REJECT])
def test_a_decided_letter_keeps_its_pages_whatever_the_cuts_say(
    engine: Engine, action: Action
) -> None:
    scan_id = scan_of(engine, [1, 2], [3, 4], [5, 6])
    with writing(engine) as connection:
        decided = live_drafts(connection, scan_id)[1]
        decide(connection, decided, 1, Decision(action, ME, NOW, "other"))
        assert part(live_drafts(connection, scan_id), {4}).new == ()
        cut(connection, scan_id, 2, 4, 6)
        assert spans(connection, scan_id) == [(1, 1), (2, 2), (3, 4), (5, 5), (6, 6)]


PAGES = 5
CUTS = st.tuples(st.just("cut"), st.sets(st.integers(1, PAGES)))
UNDO = st.tuples(st.just("undo"), st.integers(0, 3))
DECIDE = st.tuples(
    st.sampled_from([Action.PARK, Action.REJECT, Action.CONFIRM, Action.RETURN]),
    st.integers(0, PAGES),
)


def live_at(connection: Connection, scan_id: int, place: int) -> Draft:
    live = live_drafts(connection, scan_id)
    return live[place % len(live)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.sets(st.integers(2, PAGES)),
    steps=st.lists(st.one_of(CUTS, UNDO, DECIDE), max_size=9),
)
@example(first=set(), steps=[("cut", {2}), ("cut", {3}), ("undo", 0), ("undo", 1), ("undo", 1)])
def test_every_page_belongs_to_exactly_one_live_draft_after_anything(
    first: set[int], steps: list[tuple[object, object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/office.sqlite3")
        upgrade(engine)
        starts = [1, *sorted(first), PAGES + 1]
        scan_id = scan_of(engine, *(range(a, b) for a, b in itertools.pairwise(starts)))
        with looking(engine) as connection:
            kept = get_pages(connection, scan_id)
        drafts_before = 0
        for name, what in steps:
            with writing(engine) as connection:
                step(connection, scan_id, name, what)
            with looking(engine) as connection:
                live = live_drafts(connection, scan_id)
                held = [page for draft in live for page in draft.page_numbers]
                assert held == list(range(1, PAGES + 1))
                assert get_pages(connection, scan_id) == kept
                every = len(drafts_of_scan(connection, scan_id))
                assert every >= drafts_before  # nothing is ever deleted
                drafts_before = every
        engine.dispose()


def step(connection: Connection, scan_id: int, name: object, what: object) -> None:
    """Do one thing, as far as it can be done now."""
    if name == "cut":
        assert isinstance(what, set)
        parting = part(live_drafts(connection, scan_id), what)
        if parting.old:
            readings = [reading_of(pages) for pages in parting.new]
            rearrange(connection, parting.old, readings, scan_id=scan_id, officer=ME, now=NOW)
        return
    assert isinstance(what, int)
    if name == "undo":
        done = rearrangements_of(connection, scan_id)
        if done and not why_not_undone(connection, chosen := done[what % len(done)]):
            undo(connection, chosen.id, officer=ME, now=NOW)
        return
    assert isinstance(name, Action)
    draft = live_at(connection, scan_id, what)
    possible = {
        DraftState.WAITING: (Action.PARK, Action.REJECT, Action.CONFIRM),
        DraftState.PARKED: (Action.REJECT, Action.CONFIRM, Action.RETURN),
        DraftState.REJECTED: (Action.RETURN,),
    }
    if name in possible.get(draft.state, ()):
        decide(connection, draft, draft.version, Decision(name, ME, NOW, "other"))


def test_a_letter_with_a_gap_keeps_it_through_cuts_and_undoing(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 2], [4, 5])
    with writing(engine) as connection:
        add_page(connection, scan_id, make_page(3), NOW)
        joined = cut(connection, scan_id, 1)
        (live,) = live_drafts(connection, scan_id)
        assert (live.page_numbers, live.left_out) == ((1, 2, 4, 5), (3,))
        assert [page.number for page in pages_of_draft(connection, live)] == [1, 2, 4, 5]
        undo(connection, joined, officer=ME, now=NOW)
        assert spans(connection, scan_id) == [(1, 2), (4, 5)]


def test_a_page_of_no_letter_may_become_a_letter_of_its_own_beside_decided_ones(
    engine: Engine,
) -> None:
    scan_id = scan_of(engine, [2])
    with writing(engine) as connection:
        for number in (1, 3):
            add_page(connection, scan_id, make_page(number), NOW)
        (old,) = live_drafts(connection, scan_id)
        decide(connection, old, old.version, Decision(Action.REJECT, ME, NOW, "blank"))
        live = live_drafts(connection, scan_id)
        parting = part(live, (), kept=(1, 3))
        assert (parting.old, parting.new) == ((), ((1,), (3,)))
        readings = [reading_of(pages) for pages in parting.new]
        done = rearrange(connection, (), readings, scan_id=scan_id, officer=ME, now=NOW)
        assert spans(connection, scan_id) == [(1, 1), (2, 2), (3, 3)]
        undo(connection, done.id, officer=ME, now=NOW)
        assert spans(connection, scan_id) == [(2, 2)]


def test_what_a_decided_letter_left_out_cannot_be_put_into_it(engine: Engine) -> None:
    scan_id = scan_of(engine, [1, 3])
    with writing(engine) as connection:
        add_page(connection, scan_id, make_page(2), NOW)
        (old,) = live_drafts(connection, scan_id)
        decide(connection, old, old.version, Decision(Action.REJECT, ME, NOW, "blank"))
        assert part(live_drafts(connection, scan_id), (), kept=(2,)).new == ()
