from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from models import unfinished
from models.batches import BatchOrigin, open_batch
from models.claims import (
    ClaimedByAnother,
    claim,
    give_back,
    holder,
    holders,
    renew,
    take_over,
)
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.drafts import get_draft
from models.versions import StaleDraft
from models.waiting import Order, Pile, Sieve, count_in, districts_in, list_drafts, next_best
from tests.conftest import NOW
from tests.models.letters import make_draft

LEASE = dt.timedelta(minutes=15)
SOMJAI, MALEE = "สมใจ", "มาลี"


def later(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def make_batch(engine: Engine) -> int:
    with writing(engine) as connection:
        return open_batch(connection, BatchOrigin("กล่อง 4", "test"), NOW)


def test_a_letter_is_with_one_officer_until_the_claim_runs_out(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        claim(connection, draft.id, SOMJAI, NOW, LEASE)
        with pytest.raises(ClaimedByAnother, match=SOMJAI) as refused:
            claim(connection, draft.id, MALEE, later(14), LEASE)
        assert refused.value.claim.until == later(15)
        claim(connection, draft.id, MALEE, later(15), LEASE)
        held = holder(connection, draft.id, later(16))
    assert held is not None
    assert (held.officer, held.until) == (MALEE, later(30))


def test_work_renews_a_claim_even_one_that_ran_out_as_long_as_nobody_took_it(
    engine: Engine,
) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        claim(connection, draft.id, SOMJAI, NOW, LEASE)
        assert renew(connection, [draft.id], SOMJAI, later(20), LEASE) == [draft.id]
        assert holder(connection, draft.id, later(34)) is not None
        assert renew(connection, [draft.id], MALEE, later(20), LEASE) == []
        claim(connection, draft.id, MALEE, later(40), LEASE)
        assert renew(connection, [draft.id], SOMJAI, later(41), LEASE) == []


def test_only_ones_own_letters_are_given_back(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        claim(connection, draft.id, SOMJAI, NOW, LEASE)
        give_back(connection, [draft.id], MALEE)
        assert list(holders(connection, [draft.id], NOW)) == [draft.id]
        give_back(connection, [draft.id], SOMJAI)
        assert holders(connection, [draft.id], NOW) == {}


def test_a_letter_that_was_taken_over_stays_taken(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        claim(connection, draft.id, SOMJAI, NOW, LEASE)
        take_over(connection, draft.id, MALEE, NOW, LEASE)
        with pytest.raises(ClaimedByAnother):
            claim(connection, draft.id, SOMJAI, NOW, LEASE)


def test_the_next_letter_is_never_one_that_somebody_else_has(engine: Engine) -> None:
    first, second = make_draft(engine, "aa" * 32), make_draft(engine, "bb" * 32)
    with writing(engine) as connection:
        assert next_best(connection, MALEE, NOW) == first.id
        claim(connection, first.id, SOMJAI, NOW, LEASE)
        assert next_best(connection, MALEE, NOW) == second.id
        assert next_best(connection, SOMJAI, NOW) == first.id  # her own comes first
        # From a letter on her screen she gets another, or the one that her page has fetched.
        assert next_best(connection, SOMJAI, NOW, beside=first.id, skip=[first.id]) == second.id
        claim(connection, second.id, SOMJAI, NOW, LEASE)
        wanted = next_best(connection, SOMJAI, NOW, beside=first.id, prefer=second.id)
        assert wanted == second.id
        assert next_best(connection, MALEE, NOW) is None
        assert next_best(connection, MALEE, later(15)) == first.id


def test_an_officer_stays_with_a_pile_unless_others_wait_longer(engine: Engine) -> None:
    old = make_draft(engine, "aa" * 32)
    batch = make_batch(engine)
    pile = [make_draft(engine, name * 32, batch=batch) for name in ("bb", "cc")]
    with looking(engine) as connection:
        assert next_best(connection, MALEE, NOW) == old.id
        assert next_best(connection, MALEE, NOW, beside=pile[0].id, skip=[pile[0].id]) == pile[1].id
        instructive = next_best(
            connection, MALEE, NOW, beside=pile[0].id, order=Order.INSTRUCTIVE, skip=[pile[0].id]
        )
        assert instructive == old.id
    urgent = make_draft(engine, "dd" * 32, urgency="ด่วนที่สุด")
    late = make_draft(engine, "ee" * 32, batch=batch, now=NOW + dt.timedelta(days=3))
    with looking(engine) as connection:
        assert next_best(connection, MALEE, NOW, beside=pile[0].id) == urgent.id
        done = [*(each.id for each in pile), urgent.id]
        assert next_best(connection, MALEE, NOW, beside=pile[0].id, skip=done) == old.id
        assert next_best(connection, MALEE, NOW, skip=[*done, old.id]) == late.id


def test_the_queue_is_sifted_by_what_the_machine_read(engine: Engine) -> None:
    batch = make_batch(engine)
    told = {"district": "เมืองสกลนคร", "subject": "ไฟถนน ดับ"}
    wanted = make_draft(engine, "aa" * 32, batch=batch, **told)
    other = make_draft(engine, "bb" * 32, district="กุสุมาลย์", subject="น้ำท่วม")
    with looking(engine) as connection:
        assert districts_in(connection) == {"กุสุมาลย์": 1, "เมืองสกลนคร": 1}
        for sieve in (
            Sieve(district="เมืองสกลนคร"),
            Sieve(text="ไฟ ถนนดับ"),
            Sieve(batch=batch),
            Sieve(district="เมืองสกลนคร", text="ถนน", batch=batch),
        ):
            found = list_drafts(connection, Pile.WAITING, 9, sieve=sieve)
            assert [draft.id for draft in found] == [wanted.id], sieve
            assert count_in(connection, Pile.WAITING, sieve) == 1
        everything = list_drafts(connection, Pile.WAITING, 9)
        assert [draft.id for draft in everything] == [wanted.id, other.id]
        assert count_in(connection, Pile.WAITING, Sieve(before=NOW)) == 0
        assert count_in(connection, Pile.WAITING, Sieve(before=later(1))) == 2
        assert count_in(connection, Pile.WAITING, Sieve(category="LAND")) == 2
        assert count_in(connection, Pile.WAITING, Sieve(category="LA")) == 0
        assert count_in(connection, Pile.WAITING, Sieve(text="100%_")) == 0
        assert count_in(connection, Pile.URGENT) == 0


def test_a_form_is_kept_and_an_older_one_never_overwrites_it(engine: Engine) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        assert unfinished.keep(connection, draft.id, 1, SOMJAI, {"kind": "memo"}, NOW) == 2
        assert unfinished.keep(connection, draft.id, 2, SOMJAI, {"kind": "order"}, NOW) == 3
        with pytest.raises(StaleDraft):
            unfinished.keep(connection, draft.id, 2, MALEE, {"kind": "other"}, NOW)
        kept = unfinished.kept(connection, draft.id)
        assert kept is not None
        assert (kept.officer, kept.form, kept.saved_at) == (SOMJAI, {"kind": "order"}, NOW)


def test_a_decision_ends_the_form_and_the_claim_and_taking_over_keeps_the_form(
    engine: Engine,
) -> None:
    draft = make_draft(engine)
    with writing(engine) as connection:
        claim(connection, draft.id, SOMJAI, NOW, LEASE)
        unfinished.keep(connection, draft.id, 1, SOMJAI, {}, NOW)
        fresh = get_draft(connection, draft.id)
        decide(connection, fresh, 2, Decision(Action.TAKE_OVER, MALEE, NOW))
        assert unfinished.kept(connection, draft.id) is not None
        fresh = get_draft(connection, draft.id)
        decide(connection, fresh, 3, Decision(Action.PARK, MALEE, NOW, "category"))
        assert unfinished.kept(connection, draft.id) is None
        assert holder(connection, draft.id, NOW) is None
        parked = get_draft(connection, draft.id)
        decide(connection, parked, 4, Decision(Action.REJECT, MALEE, NOW, "empty"))
        with pytest.raises(StaleDraft):  # nobody keeps a form of what is closed
            unfinished.keep(connection, draft.id, 5, MALEE, {}, NOW)
