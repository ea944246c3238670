"""Resumable uploads: what tus 1.0 promises, and that no crash or cut leaves half a file."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import pkgutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from ingest.answers import Receipt
from ingest.intake import FOREIGN
from ingest.uploads import LIFETIME, sweep
from models import scans
from models.database import looking, writing
from models.stations import add_station
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import A4, NOW, pdf, tree
from tests.ingest.offices import rows
from tests.ingest.zips import make_zip
from tests.saraban.conftest import client_of
from tests.saraban.test_api import problem

LETTER = pdf(A4)
SHA256 = hashlib.sha256(LETTER).hexdigest()
HALF = len(LETTER) // 2
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data", max_file_mb=1, least_free_mb=0))


@pytest.fixture
def key(office: Office) -> str:
    with writing(office.engine) as connection:
        return add_station(connection, "เคาน์เตอร์ 1", NOW, "เมืองนนทบุรี")


@pytest.fixture
def client(office: Office, key: str) -> Iterator[TestClient]:
    with client_of(office) as client:
        client.headers.update(TUS | {"Authorization": f"Bearer {key}"})
        yield client


def metadata(**told: str) -> str:
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items()
    )


def create(
    client: TestClient, length: int = len(LETTER), body: bytes | None = None, **told: str
) -> httpx.Response:
    told = {"filename": "หนังสือ.pdf"} | told
    headers = {"Upload-Length": str(length), "Upload-Metadata": metadata(**told)}
    if body is not None:
        headers |= BYTES
    return client.post("/api/v1/uploads", headers=headers, content=body)


def add(client: TestClient, url: str, offset: int, body: bytes, **headers: str) -> httpx.Response:
    return client.patch(url, headers={"Upload-Offset": str(offset)} | BYTES | headers, content=body)


def kept(office: Office) -> list[str]:
    archive = tree(office.settings.data_dir / "archive")
    return [Path(name).name for name, content in archive.items() if content is not None]


def test_a_file_sent_in_pieces_becomes_one_scan_with_a_receipt(
    office: Office, client: TestClient
) -> None:
    made = create(client)
    assert made.status_code == 201
    url = made.headers["Location"]
    assert client.head(url).headers["Upload-Offset"] == "0"
    first = add(client, url, 0, LETTER[:HALF])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(HALF))
    assert rows(office, "scans") == 0
    head = client.head(url)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        str(HALF),
        str(len(LETTER)),
    )
    last = add(client, url, HALF, LETTER[HALF:])
    assert last.status_code == 204
    assert last.headers["Saraban-Outcome"] == "new"
    receipt = Receipt.model_validate(client.get(url).json())
    assert (receipt.finished, receipt.outcome, receipt.sha256) == (True, "new", SHA256)
    document = client.get(receipt.document or "").json()
    assert (document["name"], document["district"]) == ("หนังสือ.pdf", "เมืองนนทบุรี")
    assert kept(office) == [SHA256]


def test_a_small_file_takes_one_request(office: Office, client: TestClient) -> None:
    made = create(client, body=LETTER)
    assert made.status_code == 201
    assert Receipt.model_validate(made.json()).outcome == "new"
    assert made.headers["Upload-Offset"] == str(len(LETTER))
    assert client.head(made.headers["Location"]).headers["Upload-Offset"] == str(len(LETTER))
    assert kept(office) == [SHA256]


def test_bytes_that_a_crash_left_behind_are_cut_off_before_the_retry(
    office: Office, client: TestClient
) -> None:
    url = create(client, body=LETTER[:HALF]).headers["Location"]
    partial = office.archive.upload(url.rpartition("/")[2])
    with partial.open("ab") as file:
        file.write(LETTER[HALF : HALF + 700])  # on disk, and the commit never came
    assert client.head(url).headers["Upload-Offset"] == str(HALF)
    assert add(client, url, HALF, LETTER[HALF:]).headers["Saraban-Outcome"] == "new"
    assert kept(office) == [SHA256]


def test_a_file_in_the_archive_that_a_crash_kept_from_the_books_is_booked(
    office: Office, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = create(client, body=LETTER[:HALF]).headers["Location"]

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr("ingest.intake._book", crash)
        assert add(client, url, HALF, LETTER[HALF:]).status_code == 500
    assert rows(office, "scans") == 0
    assert kept(office) == [SHA256]  # moved, not booked
    head = client.head(url)
    assert head.headers["Upload-Offset"] == str(len(LETTER))
    assert head.headers["Saraban-Outcome"] == "new"
    assert rows(office, "scans") == rows(office, "work_items") == 1


def test_the_last_answer_may_be_lost(office: Office, client: TestClient) -> None:
    url = create(client, body=LETTER).headers["Location"]
    again = add(client, url, len(LETTER), b"")
    assert (again.status_code, again.headers["Saraban-Outcome"]) == (204, "new")
    assert rows(office, "scans") == rows(office, "arrivals") == 1


def test_damaged_bytes_do_not_count(office: Office, client: TestClient) -> None:
    url = create(client).headers["Location"]
    for algorithm in ("sha256", "sha1"):
        digest = base64.b64encode(hashlib.new(algorithm, LETTER[:HALF]).digest()).decode()
        stated = {"Upload-Checksum": f"{algorithm} {digest}"}
        damaged = bytes([LETTER[0] ^ 1]) + LETTER[1:HALF]
        problem(add(client, url, 0, damaged, **stated), 460, "checksum-mismatch")
        assert client.head(url).headers["Upload-Offset"] == "0"
    assert add(client, url, 0, LETTER[:HALF], **stated).status_code == 204
    problem(
        add(client, url, HALF, LETTER[HALF:], **{"Upload-Checksum": "md4 AAAA"}),
        400,
        "header-wrong",
    )
    assert add(client, url, HALF, LETTER[HALF:]).headers["Saraban-Outcome"] == "new"
    assert kept(office) == [SHA256]


def test_the_wrong_place_and_too_many_bytes_are_refused(office: Office, client: TestClient) -> None:
    url = create(client, body=LETTER[:HALF]).headers["Location"]
    told = problem(add(client, url, HALF - 1, LETTER[HALF:]), 409, "offset-conflict")
    assert told["offset"] == HALF
    problem(add(client, url, HALF, LETTER[HALF:] + b"x"), 413, "file-too-large")
    assert client.head(url).headers["Upload-Offset"] == str(HALF)
    assert add(client, url, HALF, LETTER[HALF:]).headers["Saraban-Outcome"] == "new"
    assert kept(office) == [SHA256]


def test_two_writers_of_one_upload_do_not_mix(office: Office, client: TestClient) -> None:
    url = create(client).headers["Location"]
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda _: add(client, url, 0, LETTER), range(5)))
    assert sum(answer.status_code == 204 for answer in answers) >= 1
    assert {answer.status_code for answer in answers} <= {204, 409, 423}
    assert kept(office) == [SHA256]
    assert rows(office, "scans") == rows(office, "arrivals") == 1


@pytest.mark.parametrize("step", ["ingest.archive.Archive.keep", "ingest.intake._book"])
def test_asking_while_a_file_is_taken_in_does_not_take_it_in_twice(
    office: Office, client: TestClient, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    url = create(client).headers["Location"]
    there, go_on, first = Event(), Event(), Lock()
    real = pkgutil.resolve_name(step)

    def held(*given: Any) -> Any:
        if first.acquire(blocking=False):
            there.set()
            assert go_on.wait(60)
        return real(*given)

    monkeypatch.setattr(step, held)
    with ThreadPoolExecutor(1) as thread:
        writer = thread.submit(add, client, url, 0, LETTER)
        assert there.wait(60)
        head = client.head(url)
        again = add(client, url, len(LETTER), b"")
        go_on.set()
        answer = writer.result(60)
    assert (head.status_code, head.headers["Upload-Offset"]) == (200, str(len(LETTER)))
    assert again.status_code == (423 if step.endswith("keep") else 204)
    assert (answer.status_code, answer.headers["Saraban-Outcome"]) == (204, "new")
    assert client.head(url).headers["Saraban-Outcome"] == "new"
    assert kept(office) == [SHA256]
    assert rows(office, "scans") == rows(office, "arrivals") == 1


def test_the_same_file_five_times_in_parallel_is_one_document(
    office: Office, client: TestClient
) -> None:
    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(lambda _: create(client, body=LETTER), range(5)))
    assert {answer.status_code for answer in answers} == {201}
    outcomes = sorted(answer.headers["Saraban-Outcome"] for answer in answers)
    assert outcomes == ["duplicate"] * 4 + ["new"]
    assert len({answer.headers["Saraban-Document"] for answer in answers}) == 1
    assert rows(office, "scans") == rows(office, "work_items") == 1
    assert kept(office) == [SHA256]


def test_what_cannot_be_read_is_kept_for_a_person(office: Office, client: TestClient) -> None:
    made = create(client, body=LETTER[3:], length=len(LETTER) - 3)
    receipt = Receipt.model_validate(made.json())
    assert (receipt.outcome, receipt.reason) == ("refused", FOREIGN)
    assert rows(office, "work_items") == 0
    assert kept(office) == [hashlib.sha256(LETTER[3:]).hexdigest()]


def test_a_zip_is_taken_apart(office: Office, client: TestClient) -> None:
    content = make_zip({"หนึ่ง.pdf": LETTER, "สอง.txt": b"hello"})
    receipt = Receipt.model_validate(create(client, len(content), content).json())
    assert receipt.outcome == "new"
    assert receipt.reason == "รับไม่ได้ 1 จาก 2 ไฟล์ที่อยู่ข้างใน"
    assert rows(office, "arrivals") == 2
    assert list((office.settings.data_dir / "archive" / "uploads").iterdir()) == []


def test_an_upload_belongs_to_its_sender_alone(office: Office, client: TestClient) -> None:
    url = create(client, body=LETTER[:HALF]).headers["Location"]
    with writing(office.engine) as connection:
        other = add_station(connection, "เคาน์เตอร์ 2", NOW)
    client.headers["Authorization"] = f"Bearer {other}"
    assert client.head(url).status_code == 404
    problem(client.get(url), 404, "not-found")
    problem(add(client, url, HALF, LETTER[HALF:]), 404, "not-found")
    problem(client.delete(url), 404, "not-found")
    del client.headers["Authorization"]
    problem(client.get(url), 401, "unauthorised")


@pytest.mark.parametrize("name", ["..", "../../saraban.sqlite3", "%2e%2e", "0" * 31, "0" * 33])
def test_an_id_is_never_a_path(client: TestClient, name: str) -> None:
    assert client.get(f"/api/v1/uploads/{name}").status_code == 404


def test_an_upload_given_up_leaves_nothing(office: Office, client: TestClient) -> None:
    url = create(client, body=LETTER[:HALF]).headers["Location"]
    assert client.delete(url).status_code == 204
    assert client.head(url).status_code == 404
    assert kept(office) == []
    done = create(client, body=LETTER).headers["Location"]
    problem(client.delete(done), 409, "upload-done")
    assert kept(office) == [SHA256]


def test_an_upload_expires_and_is_swept_away(office: Office, client: TestClient, key: str) -> None:
    made = create(client, body=LETTER[:HALF])
    until = parsedate_to_datetime(made.headers["Upload-Expires"])
    assert until > dt.datetime.now(dt.UTC) + LIFETIME - dt.timedelta(minutes=1)
    later = replace(office.intake, now=lambda: until + dt.timedelta(seconds=1))
    assert sweep(later) == 1
    assert kept(office) == []
    assert client.head(made.headers["Location"]).status_code == 404


def test_the_server_tells_what_it_can_do(client: TestClient) -> None:
    answer = client.options("/api/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        *("creation", "creation-with-upload", "checksum", "expiration", "termination")
    }
    assert answer.headers["Tus-Max-Size"] == str(2**20)
    del client.headers["Tus-Resumable"]
    problem(create(client), 412, "tus-version")


@pytest.mark.parametrize("length", [None, "-1", "x", "๑", "9" * 16])
def test_a_length_that_is_no_number_is_refused(client: TestClient, length: str | None) -> None:
    headers = {} if length is None else {"Upload-Length": length.encode()}
    problem(client.post("/api/v1/uploads", headers=headers), 400, "header-wrong")


def test_more_than_we_take_is_refused_before_it_comes(office: Office, client: TestClient) -> None:
    problem(create(client, 2**20 + 1), 413, "file-too-large")
    full = client_of(
        replace(
            office,
            settings=Settings(**office.settings.model_dump() | {"least_free_mb": 10_000_000}),
        )
    )
    full.headers.update(client.headers)
    answer = create(full)
    problem(answer, 507, "storage")
    assert int(answer.headers["Retry-After"]) > 0
    assert kept(office) == []


def test_a_network_that_knows_only_post_can_send_too(client: TestClient) -> None:
    url = create(client).headers["Location"]
    headers = {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"} | BYTES
    answer = client.post(url, headers=headers, content=LETTER)
    assert (answer.status_code, answer.headers["Saraban-Outcome"]) == (204, "new")


def test_a_single_scan_is_read_before_a_backlog(office: Office, client: TestClient) -> None:
    from models.work_items import next_items

    batch = client.post("/api/v1/batches", json={"name": "กล่อง 4", "files": []}).json()["id"]
    create(client, body=LETTER, batch=str(batch))
    counter = pdf(A4, A4)
    create(client, len(counter), counter)
    with looking(office.engine) as connection:
        first = scans.find_scan(connection, hashlib.sha256(counter).hexdigest())
        assert first is not None
        assert [item.scan_id for item in next_items(connection, 5)] == [first.id, first.id - 1]
