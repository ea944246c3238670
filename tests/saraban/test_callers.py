"""An officer's browser may send, but no page of another site through it; requests come once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from models import requests
from models.database import writing
from saraban.office import Office
from tests.conftest import A4, NOW, pdf, picture
from tests.ingest.offices import rows
from tests.saraban.conftest import client_of
from tests.saraban.test_api import FOREIGN, problem, send

LETTER = pdf(A4)
COOKIE = {"Cookie": f"saraban_officer={quote('สมชาย ใจเย็น')}"}
UNSAFE = ("POST", "PATCH", "PUT", "DELETE")
KEYS_ONLY = "/api/v1/documents"  # knows stations, no officers
NO_KEYS = {"/api/v1/enrolments", "/api/v1/enrolments/key"}  # give no authority to a cookie


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_page_of_another_site_makes_an_officers_browser_send_or_order(
    office: Office, client: TestClient, headers: dict[str, str]
) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]
    unsafe = {
        (method, re.sub(r"\{.*?\}", "1", path))
        for path, methods in described.items()
        for method in methods
        if method.upper() in UNSAFE and path not in NO_KEYS
    }
    unsafe.add(("post", "/api/v1/uploads/1"))  # is not described
    assert unsafe > {("post", "/api/v1/batches"), ("patch", "/api/v1/uploads/1")}
    for method, path in unsafe:
        answer = client.request(method, path, headers=COOKIE | headers)
        if path == KEYS_ONLY:
            problem(answer, 401, "unauthorised")
        else:
            problem(answer, 403, "foreign-page")


def test_an_officers_own_page_may(client: TestClient) -> None:
    headers = COOKIE | {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/v1/batches", json={"name": "กล่อง 4"}, headers=headers).is_success


def test_a_key_that_is_wrong_is_not_made_good_by_a_cookie(client: TestClient) -> None:
    headers = COOKIE | {"Sec-Fetch-Site": "same-origin", "Authorization": "Bearer sk_live_wrong"}
    problem(
        client.post("/api/v1/batches", json={"name": "x"}, headers=headers), 401, "unauthorised"
    )


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_another_site_begins_no_enrolment(
    office: Office, client: TestClient, media_type: str
) -> None:
    """These are the types that a browser sends to another site without asking it first."""
    headers = COOKIE | {"Sec-Fetch-Site": "cross-site", "Content-Type": media_type}
    answer = client.post("/api/v1/enrolments", content=b'{"name": "x"}', headers=headers)
    problem(answer, 422, "invalid-request")
    assert rows(office, "enrolments") == 0


def test_while_the_first_request_runs_its_twin_is_told_to_wait(
    office: Office, client: TestClient, key: str
) -> None:
    with writing(office.engine) as connection:
        requests.begin(connection, 1, "request-1", office.intake.now())
    answer = send(client, key, LETTER)
    assert problem(answer, 409, "idempotency-key-busy")["retryable"]
    assert answer.headers["Retry-After"] == "2"
    assert rows(office, "scans") == 0
    with writing(office.engine) as connection:
        requests.forget(connection, 1, "request-1")  # it came to nothing
    assert send(client, key, LETTER).status_code == 201


Later = Callable[[dt.timedelta], TestClient]


@pytest.fixture
def later(office: Office, monkeypatch: pytest.MonkeyPatch) -> Later:
    """Give the office as it is so long after NOW."""

    def opened(time: dt.timedelta) -> TestClient:
        monkeypatch.setattr("saraban.office.now", lambda: NOW + time)
        return client_of(office)

    return opened


def test_one_that_a_crash_left_begun_is_in_the_way_for_ten_minutes_only(
    office: Office, key: str, later: Later
) -> None:
    with writing(office.engine) as connection:
        requests.begin(connection, 1, "request-1", NOW)
    for minutes, status in ((9, 409), (10, 201)):
        assert send(later(dt.timedelta(minutes=minutes)), key, LETTER).status_code == status


def test_a_request_is_known_for_seven_days(key: str, later: Later) -> None:
    week, second = dt.timedelta(days=7), dt.timedelta(seconds=1)
    assert send(later(dt.timedelta()), key, LETTER).status_code == 201
    problem(send(later(week - second), key, picture()), 422, "idempotency-key-reused")
    assert send(later(week - second), key, LETTER).status_code == 200
    assert send(later(week), key, picture()).status_code == 201  # the key is free again
