"""Batches over HTTP: whose they are, what is told of them, and what is told as it happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient

from ingest.answers import BatchAnswer
from models.database import looking, writing
from models.scans import ScanState, set_state
from models.stations import add_station
from models.work_items import next_items
from saraban.office import Office
from tests.conftest import A4, NOW, pdf
from tests.saraban.conftest import client_of
from tests.saraban.killed_server import served
from tests.saraban.test_api import problem
from tests.saraban.test_uploads import TUS, create

LETTER = pdf(A4)
FILE = {"name": "กล่อง 4/0001.pdf", "size": len(LETTER), "mtime": 1}
OFFICER = {"Cookie": f"saraban_officer={quote('สมชาย ใจเย็น')}", "Sec-Fetch-Site": "same-origin"}


def station(
    office: Office, name: str = "เคาน์เตอร์ 1", district: str | None = None
) -> dict[str, str]:
    with writing(office.engine) as connection:
        return {"Authorization": f"Bearer {add_station(connection, name, NOW, district)}"}


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with client_of(office) as client:
        client.headers.update(TUS | station(office))
        yield client


def opened(client: TestClient, *files: dict[str, Any], **more: str) -> dict[str, Any]:
    wanted = {"name": "กล่อง 4", "files": list(files)} | more
    answer = client.post("/api/v1/batches", json=wanted)
    assert answer.status_code == 201, answer.text
    BatchAnswer.model_validate(answer.json())
    assert answer.headers["Location"] == answer.json()["links"]["self"]
    return dict(answer.json())


def send(client: TestClient, line: dict[str, Any], content: bytes = LETTER) -> httpx.Response:
    answer = create(client, len(content), content, file=str(line["id"]))
    assert answer.status_code == 201, answer.text
    return answer


def test_the_manifest_is_answered_with_what_is_to_be_sent(client: TestClient) -> None:
    other = FILE | {"name": "กล่อง 4/0002.pdf"}
    batch = opened(client, FILE, other)
    assert [line["state"] for line in batch["files"]] == ["new", "new"]
    assert (batch["chosen"], batch["waiting"], batch["bytes_chosen"]) == (2, 2, 2 * len(LETTER))
    send(client, batch["files"][0])
    part = create(client, body=LETTER[:100], file=str(batch["files"][1]["id"]))
    again = client.post(f"{batch['links']['self']}/files", json={"files": [FILE, other]}).json()
    done, partial = again["files"]
    assert (done["state"], partial["state"], partial["offset"]) == ("done", "partial", 100)
    assert partial["url"] == part.headers["Location"]
    assert (again["new"], again["waiting"], again["bytes_sent"]) == (1, 1, len(LETTER))
    assert [each["id"] for each in again["files"]] == [each["id"] for each in batch["files"]]


def test_a_line_takes_no_file_of_another_size(client: TestClient) -> None:
    batch = opened(client, FILE)
    problem(create(client, 99, b"x" * 99, file=str(batch["files"][0]["id"])), 404, "not-found")


def test_a_station_sees_its_own_batches_and_an_officer_every_one(
    office: Office, client: TestClient
) -> None:
    batch = opened(client, FILE)
    here, line = batch["links"]["self"], str(batch["files"][0]["id"])
    client.headers.update(station(office, "เคาน์เตอร์ 2"))
    for answer in (
        client.get(here),
        client.get(f"{here}/events"),
        client.post(f"{here}/cancel"),
        client.post(f"{here}/files", json={"files": [FILE]}),
        create(client, body=LETTER, file=line),
        create(client, body=LETTER, batch=str(batch["id"])),
    ):
        problem(answer, 404, "not-found")
    del client.headers["Authorization"]
    problem(client.get(here), 401, "unauthorised")
    assert client.get(here, headers=OFFICER).json()["chosen"] == 1


def test_scans_of_a_batch_carry_its_district(office: Office, client: TestClient) -> None:
    client.headers.update(station(office, "เคาน์เตอร์ 2", "เมืองนนทบุรี"))
    batch = opened(client, FILE)
    assert batch["district"] == "เมืองนนทบุรี"
    document = send(client, batch["files"][0]).headers["Saraban-Document"]
    assert client.get(document).json()["district"] == "เมืองนนทบุรี"
    refused = client.post("/api/v1/batches", json={"name": "กล่อง 5", "district": "บางบัวทอง"})
    told = problem(refused, 403, "district-not-allowed")
    assert "เมืองนนทบุรี" in told["detail"]


def test_the_same_bytes_take_a_cancelled_scan_up_again(office: Office, client: TestClient) -> None:
    batch = opened(client, FILE)
    here = batch["links"]["self"]
    send(client, batch["files"][0])
    cancelled = client.post(f"{here}/cancel").json()
    assert (cancelled["state"], cancelled["cancelled"], cancelled["received"]) == (
        *("cancelled", 1),
        0,
    )
    problem(create(client, body=LETTER, batch=str(batch["id"])), 409, "batch-cancelled")
    other = opened(client, FILE)
    assert send(client, other["files"][0]).headers["Saraban-Outcome"] == "duplicate"
    assert client.get(here).json()["received"] == 1
    with looking(office.engine) as connection:
        assert [item.attempt for item in next_items(connection, 9)] == [2]


@pytest.mark.parametrize(
    ("order", "member", "value"),
    [
        ("pause", "state", "paused"),
        ("cancel", "state", "cancelled"),
        ("resume", "state", "open"),
        ("urgent", "urgent", True),
        ("not-urgent", "urgent", False),
        ("retry", "failed", 0),
    ],
)
def test_orders_answer_with_how_the_batch_is_then(
    office: Office, client: TestClient, order: str, member: str, value: object
) -> None:
    batch = opened(client, FILE)
    send(client, batch["files"][0])
    with writing(office.engine) as connection:
        set_state(connection, 1, ScanState.FAILED, NOW, reason="ตั้งรหัสผ่านไว้")
    assert client.get(batch["links"]["self"]).json()["failed"] == 1
    assert client.post(f"{batch['links']['self']}/{order}").json()[member] == value


def test_an_order_that_nobody_knows_changes_nothing(client: TestClient) -> None:
    batch = opened(client)
    problem(client.post(f"{batch['links']['self']}/delete"), 422, "invalid-request")


def test_a_file_left_out_of_a_cancelled_batch_waits_again_with_it(client: TestClient) -> None:
    batch = opened(client, FILE)
    here = batch["links"]["self"]
    assert client.post(f"{here}/cancel").json()["skipped"] == 1
    assert client.post(f"{here}/resume").json()["waiting"] == 1


# --- as it happens


Event = dict[str, str]


@contextmanager
def listening(address: str, headers: dict[str, str]) -> Iterator[Callable[[], Event | None]]:
    """Give what returns the next event of a stream, None once it is over."""
    with httpx.stream("GET", address, headers=headers, timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        lines = answer.iter_lines()

        def following() -> Event | None:
            event: Event = {}
            for line in lines:
                name, _, value = line.partition(": ")
                if not line and event:
                    return event
                if name in ("id", "event", "data"):
                    event[name] = value
            return None

        yield following


def test_events_begin_with_all_there_is_and_their_numbers_rise(office: Office) -> None:
    key = station(office)
    with served(office.settings.data_dir) as server:
        with httpx.Client(base_url=server.address, headers=TUS | key) as sender:
            made = sender.post("/api/v1/batches", json={"name": "กล่อง 4", "files": [FILE]}).json()
            line, here = made["files"][0], server.address + made["links"]["events"]
            with listening(here, key) as following:
                first = following()
                assert first is not None
                assert json.loads(first["data"]) == made | {"files": None}
                answer = create(sender, body=LETTER, file=str(line["id"]))  # type: ignore[arg-type]
                second = following()
                assert second is not None
                assert json.loads(second["data"])["new"] == 1
                assert 0 < int(first["id"]) < int(second["id"])
                assert {first["event"], second["event"]} == {"progress"}
            with listening(here, key) as following:  # another begins with all there is, too
                again = following()
                assert again is not None
                assert json.loads(again["data"]) == json.loads(second["data"])
        document = server.address + answer.headers["Saraban-Document"] + "/events"
        with listening(document, key) as following:
            told = following()
            assert told is not None
            assert json.loads(told["data"])["status"] == "received"
            with writing(office.engine) as connection:
                set_state(connection, 1, ScanState.READ, NOW, pages=1)
            events = [following() for _ in range(3)]
        assert [event and event["event"] for event in events] == ["progress", "end", None]
        assert json.loads((events[1] or {})["data"])["status"] == "read"
