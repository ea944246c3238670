from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, text

from models.database import looking, writing
from models.requests import EarlierRequest, begin, done
from models.stations import add_station, station_of_key
from tests.conftest import NOW
from tests.models.letters import make_draft


def test_a_key_opens_its_own_station_and_is_nowhere_in_the_database(engine: Engine) -> None:
    with writing(engine) as connection:
        first = add_station(connection, "เคาน์เตอร์ 1", NOW)
        second = add_station(connection, "เคาน์เตอร์ 2", NOW)
    later = NOW + dt.timedelta(hours=1)
    with writing(engine) as connection:
        station = station_of_key(connection, second, later)
    assert station is not None
    assert station.name == "เคาน์เตอร์ 2"
    with looking(engine) as connection:
        stored = str(connection.execute(text("SELECT * FROM stations")).all())
        seen = connection.execute(text("SELECT last_seen_at FROM stations ORDER BY id")).scalars()
        assert [bool(moment) for moment in seen] == [False, True]
    for key in (first, second):
        assert len(key) > 40
        assert key not in stored
        assert key.removeprefix("sk_") not in stored


@pytest.mark.parametrize("key", ["", "sk_", "sk_wrong", "' OR 1=1 --"])
def test_a_wrong_key_opens_nothing(engine: Engine, key: str) -> None:
    with writing(engine) as connection:
        add_station(connection, "เคาน์เตอร์ 1", NOW)
        assert station_of_key(connection, key, NOW) is None


def test_a_revoked_key_opens_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        key = add_station(connection, "เคาน์เตอร์ 1", NOW)
        connection.execute(text("UPDATE stations SET revoked_at = '2025-01-01 00:00:00'"))
        assert station_of_key(connection, key, NOW) is None


def test_a_station_remembers_its_own_requests_only(engine: Engine) -> None:
    draft = make_draft(engine)
    request = EarlierRequest(draft.sha256, draft.scan_id)
    with writing(engine) as connection:
        for name in ("หนึ่ง", "สอง"):
            add_station(connection, name, NOW)
        assert begin(connection, 1, "key-1", NOW) is None
        assert begin(connection, 1, "key-1", NOW) == EarlierRequest(None, None)
        done(connection, 1, "key-1", request)
        assert begin(connection, 1, "key-1", NOW) == request
        assert begin(connection, 2, "key-1", NOW) is None
        assert begin(connection, 1, "key-2", NOW) is None
