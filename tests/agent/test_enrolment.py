"""How a PC waits for its key, whatever the office and the network do meanwhile."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from agent.backoff import Backoff, NotNow
from agent.console import Console
from agent.enrolment import Denied, enrol
from agent.server import Answer, Server

CODE = {
    "device_code": "long",
    "user_code": "BCDF-GHJK",
    "verification_uri": "http://office/device",
    "expires_in": 600,
    "interval": 5,
}


class Office(Server):
    """Answers with what it was given, one after the other."""

    def __init__(self, *answers: Mapping[str, Any] | NotNow) -> None:
        super().__init__("http://office")
        self._answers, self.asked = list(answers), list[str]()

    def tell(self, path: str, told: Mapping[str, object]) -> Answer:
        self.asked.append(path.removeprefix("/api/v1/enrolments"))
        answer = self._answers.pop(0)
        if isinstance(answer, NotNow):
            raise answer
        return Answer(200, {}, dict(answer))


def waits_of(office: Office) -> tuple[str, list[float]]:
    waits: list[float] = []
    key = enrol(office, "เคาน์เตอร์ 1", Console(), waits.append, Backoff(random.Random(1)))
    return key, waits


def test_it_asks_as_often_as_it_may_until_there_is_a_key(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pending, slower = {"error": "authorization_pending"}, {"error": "slow_down"}
    key, waits = waits_of(Office(CODE, pending, slower, pending, {"key": "sk"}))
    assert (key, waits) == ("sk", [5, 5, 10, 10])
    assert "BCDF-GHJK" in capsys.readouterr().out.replace("  ", "")


def test_a_code_that_is_too_old_gives_way_to_a_new_one() -> None:
    office = Office(CODE, {"error": "expired_token"}, CODE, {"key": "sk"})
    assert waits_of(office)[0] == "sk"
    assert office.asked == ["", "/key", "", "/key"]


def test_a_refusal_ends_it() -> None:
    with pytest.raises(Denied):
        waits_of(Office(CODE, {"error": "access_denied"}))


def test_it_waits_for_a_server_that_is_away_or_is_another() -> None:
    away, busy = NotNow("away"), NotNow("busy", 600)
    key, waits = waits_of(Office(away, {}, busy, CODE, away, {"key": "sk"}))
    assert key == "sk"
    assert waits[2] == 600
