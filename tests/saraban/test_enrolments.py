"""A station enrols over HTTP; nobody but the station ever sees its key again."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient

from models import scans
from models.database import looking, writing
from models.enrolments import decide, pending, typed
from saraban.office import Office
from tests.conftest import A4, pdf
from tests.saraban.test_api import problem, send

LETTER = pdf(A4)


def begin(client: TestClient, name: str = " เคาน์เตอร์  3 ") -> dict[str, Any]:
    answer = client.post("/api/v1/enrolments", json={"name": name})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fetch(client: TestClient, device_code: str) -> httpx.Response:
    return client.post("/api/v1/enrolments/key", json={"device_code": device_code})


def answer(office: Office, user_code: str, *, approved: bool = True) -> None:
    with writing(office.engine) as connection:
        enrolment = pending(connection, typed(user_code), office.intake.now())
        assert enrolment is not None
        told = {"name": enrolment.station_name, "district": "เมืองนนทบุรี"}
        decide(connection, enrolment, "มานี มีนา", approved=approved, **told)


def error(found: httpx.Response) -> str:
    return str(problem(found, 400, "enrolment")["error"])


def test_a_station_is_told_where_its_code_is_to_be_typed(client: TestClient) -> None:
    new = begin(client)
    assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", new["user_code"])
    assert new["verification_uri"].endswith("/device")
    assert new["verification_uri_complete"].endswith(f"/device?code={new['user_code']}")
    assert (new["expires_in"], new["interval"]) == (600, 5)


def test_the_key_opens_the_intake_for_its_district_alone(
    office: Office, client: TestClient
) -> None:
    new = begin(client)
    assert error(fetch(client, new["device_code"])) == "authorization_pending"
    assert error(fetch(client, new["device_code"])) == "slow_down"
    answer(office, new["user_code"])
    enrolled = fetch(client, new["device_code"]).json()
    assert (enrolled["name"], enrolled["district"]) == ("เคาน์เตอร์ 3", "เมืองนนทบุรี")
    assert send(client, enrolled["key"], LETTER).json()["district"] == "เมืองนนทบุรี"
    refused = client.post(
        "/api/v1/documents",
        files={"file": ("a.pdf", pdf(A4, A4))},
        data={"district": "บางบัวทอง"},
        headers={"Authorization": f"Bearer {enrolled['key']}", "Idempotency-Key": "2"},
    )
    problem(refused, 403, "district-not-allowed")
    with looking(office.engine) as connection:
        assert [scans.get_scan(connection, each) is None for each in (1, 2)] == [False, True]
    assert error(fetch(client, new["device_code"])) == "expired_token"  # it was used


def test_a_refused_station_is_told_so(office: Office, client: TestClient) -> None:
    new = begin(client)
    answer(office, new["user_code"], approved=False)
    assert error(fetch(client, new["device_code"])) == "access_denied"
    assert error(fetch(client, "x" * 43)) == "expired_token"


def test_a_sixth_code_of_one_address_has_to_wait(client: TestClient) -> None:
    for _ in range(5):
        begin(client)
    sixth = client.post("/api/v1/enrolments", json={"name": "เคาน์เตอร์ 4"})
    problem(sixth, 429, "rate-limited")
    assert sixth.headers["Retry-After"] == "600"


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 101}, {"name": "a", "x": 1}])
def test_a_station_without_a_fit_name_is_refused(client: TestClient, body: Any) -> None:
    problem(client.post("/api/v1/enrolments", json=body), 422, "invalid-request")


def test_keys_and_codes_stand_in_no_file_and_no_log_and_no_address(
    office: Office, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    new = begin(client)
    answer(office, new["user_code"])
    key = fetch(client, new["device_code"]).json()["key"]
    send(client, key, LETTER)
    client.cookies.set("saraban_officer", quote("มานี มีนา"))
    here = {"Sec-Fetch-Site": "same-origin"}
    page = client.post("/stations/1", data={"order": "rotate"}, headers=here)
    assert page.status_code == 200
    (second,) = re.findall("sk_live_[A-Za-z0-9]{8}_[A-Za-z0-9]{32}", page.text)
    assert second != key
    assert second not in client.get("/stations").text  # it was shown once
    send(client, second, pdf(A4, A4), once="2")
    client.get("/api/v1/documents/1", headers={"Authorization": "Bearer sk_live_wrong"})
    secrets = [key, second, new["device_code"]]
    secrets += [each.rpartition("_")[2] for each in (key, second)]
    kept = b"".join(each.read_bytes() for each in office.settings.data_dir.rglob("*sqlite3*"))
    assert "เคาน์เตอร์ 3".encode() in kept  # we did look where stations stand
    assert [each for each in secrets if each.encode() in kept] == []
    assert [each for each in secrets if each in caplog.text] == []
    assert "device" in new["verification_uri_complete"]
    assert new["device_code"] not in new["verification_uri_complete"]
