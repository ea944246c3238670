"""Letters of the same matter: what pairs them, what does not, and that an officer's word stays."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from models import matters
from models.alike import Reason
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.drafts import DraftGone, get_draft
from models.marks import FAR, RUNS, Marks, bands, bits_apart, marks_of, seen
from models.matters import Verdict, judge, pair_of, pairs_of, relate, relate_again
from models.tables import drafts
from models.terms import FieldName
from tests.conftest import NOW
from tests.models.letters import make_draft

Add = Callable[..., int]
LATER = NOW + dt.timedelta(hours=1)
LOOK = "0f1e2d3c4b5a6978"


@pytest.fixture
def add(engine: Engine) -> Add:
    """Take a letter in with these marks, and pair it."""
    numbers = itertools.count()

    def add_letter(**marks: object) -> int:
        draft = make_draft(engine, hashlib.sha256(str(next(numbers)).encode()).hexdigest())
        with writing(engine) as connection:
            relate(connection, draft.id, Marks(**marks), NOW)  # type: ignore[arg-type]
        return draft.id

    return add_letter


def reasons(engine: Engine, draft_id: int) -> dict[int, tuple[Reason, ...]]:
    with looking(engine) as connection:
        return {pair.other_id: pair.reasons for pair in pairs_of(connection, draft_id)}


def undecided(engine: Engine) -> int:
    with looking(engine) as connection:
        return matters.count_undecided(connection)


def runs_from(first: int, many: int = RUNS) -> tuple[int, ...]:
    return tuple(range(first, first + many))


def look_with(*flipped: int) -> str:
    return f"{int(LOOK, 16) ^ sum(1 << bit for bit in flipped):016x}"


def test_the_same_reference_of_the_same_day_pairs_letters_in_both_directions(
    engine: Engine, add: Add
) -> None:
    first = add(reference="สน0018.1/456", date="2024-11-13")
    second = add(reference="สน0018.1/456", date="2024-11-13")
    assert reasons(engine, first) == {second: (Reason.REFERENCE,)}
    assert reasons(engine, second) == {first: (Reason.REFERENCE,)}
    assert undecided(engine) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"reference": "สน0018.1/456", "date": "2025-11-13"},  # numbers begin anew each year
        {"reference": "สน0018.1/456"},
        {"reference": "สน0018.1/457", "date": "2024-11-13"},
        {"date": "2024-11-13"},
    ],
)
def test_a_reference_or_a_date_alone_pairs_nothing(
    engine: Engine, add: Add, other: dict[str, str]
) -> None:
    add(reference="สน0018.1/456", date="2024-11-13")
    assert reasons(engine, add(**other)) == {}
    assert undecided(engine) == 0


@pytest.mark.parametrize(
    ("place", "paired"),
    [
        ({"subdistrict": "ธาตุเชิงชุม", "district": "เมืองสกลนคร"}, True),
        ({"district": "เมืองสกลนคร"}, True),  # one letter leaves out what the other says
        ({"subdistrict": "ธาตุเชิงชุม"}, True),
        ({"subdistrict": "งิ้วด่อน", "district": "เมืองสกลนคร"}, False),
        ({"subdistrict": "ธาตุเชิงชุม", "district": "กุสุมาลย์"}, False),
        ({}, False),
    ],
)
def test_the_same_complainant_pairs_only_letters_of_the_same_place(
    engine: Engine, add: Add, place: dict[str, str], paired: bool
) -> None:
    first = add(complainant="สมศรีใจดี", subdistrict="ธาตุเชิงชุม", district="เมืองสกลนคร")
    found = reasons(engine, add(complainant="สมศรีใจดี", **place))
    assert found == ({first: (Reason.COMPLAINANT,)} if paired else {})


def test_letters_that_share_no_part_of_a_place_are_not_of_one_place(
    engine: Engine, add: Add
) -> None:
    add(complainant="สมศรีใจดี", subdistrict="ธาตุเชิงชุม")
    assert reasons(engine, add(complainant="สมศรีใจดี", district="เมืองสกลนคร")) == {}


def test_a_cover_letter_and_its_complaint_in_one_file_are_not_raised(
    engine: Engine, add: Add
) -> None:
    marks = Marks(complainant="สมศรีใจดี", district="เมืองสกลนคร")
    first = add(complainant="สมศรีใจดี", district="เมืองสกลนคร")
    with writing(engine) as connection:
        draft = get_draft(connection, first)
        row = dict(connection.execute(select(drafts).where(drafts.c.id == first)).one()._mapping)
        row |= {"id": first + 100, "letter": draft.letter + 1}
        connection.execute(drafts.insert().values(row))
        relate(connection, first + 100, marks, NOW)
    assert reasons(engine, first) == {}


def test_nearly_the_same_words_pair_letters_and_other_words_do_not(
    engine: Engine, add: Add
) -> None:
    first = add(runs=runs_from(0))
    misread = add(runs=(*runs_from(0, RUNS * 6 // 10), *runs_from(500, RUNS * 4 // 10)))
    assert reasons(engine, misread) == {first: (Reason.TEXT,)}
    quoting = add(runs=(*runs_from(0, RUNS * 3 // 10), *runs_from(900, RUNS * 7 // 10)))
    assert reasons(engine, quoting) == {}


def test_a_few_shared_runs_of_a_very_short_text_are_chance(engine: Engine, add: Add) -> None:
    add(runs=runs_from(0, 4))
    assert reasons(engine, add(runs=runs_from(0, 4))) == {}


def test_words_that_stand_in_every_letter_pair_nothing(engine: Engine, add: Add) -> None:
    form = runs_from(0, RUNS - 6)
    many = [add(runs=(*form, *runs_from(1000 * n, 6))) for n in range(1, 70)]
    assert reasons(engine, many[-1]) == {}
    again = add(runs=(*form, *runs_from(1000, 6)))
    assert reasons(engine, again) == {many[0]: (Reason.TEXT,)}


def test_a_first_page_that_looks_alike_pairs_letters(engine: Engine, add: Add) -> None:
    first = add(look=LOOK)
    assert reasons(engine, add(look=look_with(*range(0, 60, 10)))) == {first: (Reason.LOOK,)}
    assert bits_apart(LOOK, look_with(*range(7))) == FAR + 1
    assert first not in reasons(engine, add(look=look_with(1, 11, 21, 31, 41, 51, 61)))


def test_the_words_of_two_letters_on_one_form_belie_their_look(engine: Engine, add: Add) -> None:
    add(look=LOOK, runs=runs_from(0))
    assert reasons(engine, add(look=LOOK, runs=runs_from(100))) == {}


def test_a_page_that_could_not_be_read_is_told_by_its_look(engine: Engine, add: Add) -> None:
    first = add(look=LOOK, runs=runs_from(0))
    assert reasons(engine, add(look=LOOK)) == {first: (Reason.LOOK,)}


def test_what_looks_like_a_whole_pile_is_a_form_and_pairs_nothing(engine: Engine, add: Add) -> None:
    pile = [add(look=LOOK) for _ in range(11)]
    assert len(reasons(engine, pile[-1])) == 10
    assert reasons(engine, add(look=LOOK)) == {}


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=FAR))
def test_any_two_looks_within_reach_share_a_band(number: int, flipped: set[int]) -> None:
    other = number ^ sum(1 << bit for bit in flipped)
    look, near = f"{number:016x}", f"{other:016x}"
    assert bits_apart(look, near) == len(flipped)
    assert set(bands(look)) & set(bands(near))


@given(st.integers(0, 2**64 - 1))
def test_the_opposite_look_shares_no_band(number: int) -> None:
    assert not set(bands(f"{number:016x}")) & set(bands(f"{number ^ 2**64 - 1:016x}"))


def test_relating_twice_changes_nothing(engine: Engine, add: Add) -> None:
    marks = {"reference": "สน0018.1/456", "date": "2024-11-13", "look": LOOK, "runs": runs_from(0)}
    first, second = add(**marks), add(**marks)
    with writing(engine) as connection:
        before = pairs_of(connection, first)
        for draft_id in (second, first):
            relate(connection, draft_id, Marks(**marks), LATER)  # type: ignore[arg-type]
        assert pairs_of(connection, first) == before
    assert reasons(engine, first) == {second: (Reason.REFERENCE, Reason.TEXT, Reason.LOOK)}


def test_the_best_pairs_come_first_and_there_are_ten_at_most(engine: Engine, add: Add) -> None:
    strong = add(reference="สน0018.1/456", date="2024-11-13")
    weak = [add(complainant="สมศรีใจดี", district="เมืองสกลนคร") for _ in range(12)]
    last = add(
        reference="สน0018.1/456",
        date="2024-11-13",
        complainant="สมศรีใจดี",
        district="เมืองสกลนคร",
    )
    found = list(reasons(engine, last))
    assert len(found) == 10
    assert found[0] == strong
    assert found[1:] == weak[:2:-1]


def test_what_is_judged_is_counted_no_more_and_not_raised_again(engine: Engine, add: Add) -> None:
    marks = {"reference": "สน0018.1/456", "date": "2024-11-13"}
    first, second = add(**marks), add(**marks)
    with writing(engine) as connection:
        judge(connection, second, first, Verdict.DIFFERENT, "มานี", LATER)
        (before,) = pairs_of(connection, first)
        for draft_id in (first, second):  # now they share more than what was judged
            more = Marks(**marks, complainant="สมศรีใจดี", district="เมืองสกลนคร")
            relate(connection, draft_id, more, LATER)
        (pair,) = pairs_of(connection, first)
    assert pair == before
    assert (pair.verdict, pair.officer, pair.decided_at) == (Verdict.DIFFERENT, "มานี", LATER)
    assert pair.found_at == NOW
    assert undecided(engine) == 0


def test_a_verdict_can_be_changed_from_either_letter(engine: Engine, add: Add) -> None:
    marks = {"reference": "สน0018.1/456", "date": "2024-11-13"}
    first, second = add(**marks), add(**marks)
    with writing(engine) as connection:
        judge(connection, first, second, Verdict.DIFFERENT, "มานี", NOW)
        judge(connection, second, first, Verdict.FOLLOW_UP, "ปิติ", LATER)
        (pair,) = pairs_of(connection, first)
    assert (pair.verdict, pair.officer, pair.decided_at) == (Verdict.FOLLOW_UP, "ปิติ", LATER)


def test_an_officer_may_judge_letters_that_the_machine_did_not_pair(
    engine: Engine, add: Add
) -> None:
    first, second = add(), add()
    with writing(engine) as connection:
        assert pair_of(connection, first, second) is None
        judge(connection, first, second, Verdict.OTHER_CHANNEL, "มานี", NOW)
        pair = pair_of(connection, second, first)
    assert pair is not None
    assert (pair.other_id, pair.reasons, pair.verdict) == (first, (), Verdict.OTHER_CHANNEL)


@pytest.mark.parametrize("action", [Action.REJECT, Action.PARK])
def test_only_waiting_letters_are_counted_but_others_are_still_found(
    engine: Engine, add: Add, action: Action
) -> None:
    marks = {"reference": "สน0018.1/456", "date": "2024-11-13"}
    first = add(**marks)
    with writing(engine) as connection:
        draft = get_draft(connection, first)
        decision = Decision(action, "มานี", NOW, reason="duplicate")
        decide(connection, draft, draft.version, decision)
    second = add(**marks)
    assert reasons(engine, second) == {first: (Reason.REFERENCE,)}
    assert undecided(engine) == 1
    with looking(engine) as connection:
        open_ids = connection.scalars(select(drafts.c.id).where(matters.has_undecided_pair())).all()
    assert list(open_ids) == [first, second]


def test_a_letter_is_paired_again_by_what_the_officer_mended(engine: Engine, add: Add) -> None:
    first = add(reference="สน0018.1/456", date="2024-11-13", look=LOOK)
    misread = add(reference="สน0018.1/436", date="2024-11-13")
    assert reasons(engine, misread) == {}
    values = {FieldName.REFERENCE_NO: "ที่ สน ๐๐๑๘.๑/๔๕๖", FieldName.DATE: "2024-11-13"}
    with writing(engine) as connection:
        relate_again(connection, misread, values, LATER)
    assert reasons(engine, misread) == {first: (Reason.REFERENCE,)}
    with writing(engine) as connection:  # what its page looks like is still known
        relate_again(connection, first, {}, LATER)
    assert reasons(engine, add(look=LOOK)) == {first: (Reason.LOOK,)}


def test_a_draft_of_an_older_version_has_no_marks_and_can_be_confirmed(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        relate_again(connection, draft.id, {FieldName.DATE: "2024-11-13"}, NOW)
        assert pairs_of(connection, draft.id) == []
        assert matters.draft_of(connection, draft.scan_id, draft.letter) == draft.id
        with pytest.raises(DraftGone):
            matters.draft_of(connection, draft.scan_id, 9)


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ({"reference_no": "ที่ สน ๐๐๑๘.๑ / ๔๕๖"}, Marks(reference="สน0018.1/456")),
        ({"reference_no": "สน 0018.1/"}, Marks()),  # a draft that got no number yet
        ({"reference_no": "ด่วน"}, Marks()),
        ({"date": "2024-11"}, Marks(date="2024-11")),
        ({"date": "2024"}, Marks()),
        ({"complainant": "นางสาว สมศรี  ใจดี"}, Marks(complainant="สมศรีใจดี")),
        ({"complainant": "นายสมชาย ใจดี และพวกรวม 5 คน"}, Marks(complainant="สมชายใจดี")),
        ({"complainant": "นางสมศรี ใจดี", "anonymous": "yes"}, Marks()),
        ({"complainant": "สมศรี"}, Marks(complainant="สมศรี")),
        ({"complainant": "นายดำ"}, Marks()),
        ({"complainant": None, "district": None}, Marks()),
        (
            {"subdistrict": "ธาตุเชิงชุม", "district": "เมือง สกลนคร"},
            Marks(subdistrict="ธาตุเชิงชุม", district="เมืองสกลนคร"),
        ),
    ],
)
def test_values_are_folded_into_marks(values: dict[str, str | None], marks: Marks) -> None:
    assert marks_of({FieldName(name): value for name, value in values.items()}) == marks


def test_a_sketch_is_cut_to_its_smallest_runs() -> None:
    marks = seen(Marks(date="2024-11"), LOOK, frozenset(range(100)))
    assert marks == replace(Marks(date="2024-11"), look=LOOK, runs=tuple(range(RUNS)))
