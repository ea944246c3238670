"""A station's way from its code to its key, and what leads nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from models.database import writing
from models.enrolments import (
    INTERVAL,
    LIFETIME,
    Key,
    NewEnrolment,
    Reply,
    TooManyEnrolments,
    decide,
    enrol,
    fetch_key,
    pending,
    shown,
    typed,
)
from models.stations import (
    OVERLAP,
    NoStation,
    list_stations,
    revoke,
    rotate_key,
    station_of_key,
)
from tests.conftest import NOW

SECOND = dt.timedelta(seconds=1)


def begin(engine: Engine, now: dt.datetime = NOW, address: str = "192.168.1.30") -> NewEnrolment:
    with writing(engine) as connection:
        return enrol(connection, "เคาน์เตอร์ 3", address, now)


def answer(engine: Engine, new: NewEnrolment, *, approved: bool = True) -> None:
    with writing(engine) as connection:
        enrolment = pending(connection, new.user_code, NOW)
        assert enrolment is not None
        decide(
            connection,
            enrolment,
            "มานี มีนา",
            name="ห้องสารบรรณ",
            district="เมืองนนทบุรี",
            approved=approved,
        )


def ask(engine: Engine, new: NewEnrolment, now: dt.datetime = NOW) -> Key | Reply:
    with writing(engine) as connection:
        return fetch_key(connection, new.device_code, now)


def opens(engine: Engine, key: str, now: dt.datetime = NOW) -> bool:
    with writing(engine) as connection:
        return station_of_key(connection, key, now, "192.168.1.30") is not None


def minted(engine: Engine) -> tuple[NewEnrolment, Key]:
    new = begin(engine)
    answer(engine, new)
    key = ask(engine, new)
    assert isinstance(key, Key)
    return new, key


def test_an_approved_station_fetches_a_key_with_the_name_and_district_chosen(
    engine: Engine,
) -> None:
    _, key = minted(engine)
    assert (key.name, key.district) == ("ห้องสารบรรณ", "เมืองนนทบุรี")
    with writing(engine) as connection:
        station = station_of_key(connection, key.key, NOW, "192.168.1.30")
        assert station is not None
        assert (station.id, station.district) == (key.station_id, "เมืองนนทบุรี")
        (news,) = list_stations(connection)
    assert (news.enrolled_by, news.last_address) == ("มานี มีนา", "192.168.1.30")


@pytest.mark.parametrize("how", ["bcdf-ghjk", "BCDFGHJK", " bcdf ghjk ", "BCDF–GHJK"])
def test_a_code_may_be_typed_in_any_way(how: str) -> None:
    assert typed(how) == typed(shown("BCDFGHJK")) == "BCDFGHJK"


def test_until_somebody_decides_the_station_is_told_to_wait_and_not_to_hurry(
    engine: Engine,
) -> None:
    new = begin(engine)
    assert ask(engine, new) is Reply.PENDING
    assert ask(engine, new, NOW + SECOND) is Reply.SLOW_DOWN
    assert ask(engine, new, NOW + SECOND + INTERVAL) is Reply.PENDING
    assert ask(engine, new, NOW + SECOND + 2 * INTERVAL - SECOND) is Reply.PENDING  # a second early


def test_a_refused_station_gets_nothing(engine: Engine) -> None:
    new = begin(engine)
    answer(engine, new, approved=False)
    assert ask(engine, new) is Reply.DENIED
    with writing(engine) as connection:
        assert list_stations(connection) == []
        assert pending(connection, new.user_code, NOW) is None  # nobody may decide again


def test_wrong_and_expired_codes_lead_nowhere(engine: Engine) -> None:
    new = begin(engine)
    wrong = replace(new, device_code="x" * 43)
    assert ask(engine, wrong) is Reply.EXPIRED
    with writing(engine) as connection:
        assert pending(connection, "BBBBBBBB", NOW) is None
        assert pending(connection, new.user_code, NOW + LIFETIME - SECOND) is not None
        assert pending(connection, new.user_code, NOW + LIFETIME) is None
    assert ask(engine, new, NOW + LIFETIME) is Reply.EXPIRED


def test_a_lost_answer_is_asked_for_again_and_the_lost_key_opens_nothing(engine: Engine) -> None:
    new, lost = minted(engine)
    again = ask(engine, new, NOW + SECOND)
    assert isinstance(again, Key)
    assert (again.station_id, again.key != lost.key) == (lost.station_id, True)
    assert not opens(engine, lost.key, NOW + SECOND)
    assert opens(engine, again.key, NOW + SECOND)
    assert ask(engine, new, NOW + 2 * SECOND) is Reply.EXPIRED  # it was used


def test_an_address_has_five_codes_at_most_that_wait(engine: Engine) -> None:
    first, *_ = [begin(engine) for _ in range(5)]
    with pytest.raises(TooManyEnrolments):
        begin(engine)
    begin(engine, address="192.168.1.31")
    answer(engine, first)
    begin(engine)  # one of them waits no longer
    begin(engine, NOW + LIFETIME)  # nor do the others


def test_a_key_that_was_replaced_works_seven_days_more(engine: Engine) -> None:
    _, first = minted(engine)
    with writing(engine) as connection:
        second = rotate_key(connection, first.station_id, NOW)
    for moment in (NOW, NOW + OVERLAP - SECOND):
        assert opens(engine, first.key, moment)
        assert opens(engine, second, moment)
    assert dt.timedelta(days=7) == OVERLAP
    assert not opens(engine, first.key, NOW + OVERLAP)
    assert opens(engine, second, NOW + OVERLAP)


def test_a_key_taken_away_opens_nothing_from_then_on(engine: Engine) -> None:
    _, first = minted(engine)
    with writing(engine) as connection:
        second = rotate_key(connection, first.station_id, NOW)
        revoke(connection, first.station_id, NOW)
    assert not opens(engine, first.key)
    assert not opens(engine, second)
    with writing(engine) as connection, pytest.raises(NoStation):
        rotate_key(connection, first.station_id, NOW)
