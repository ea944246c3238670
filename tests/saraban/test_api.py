"""The stations' API and the walls around the whole application."""

from __future__ import annotations

import base64
import hashlib
import re
import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import text

from ingest.answers import Document, ProblemDetails
from models import scans
from models.database import looking, open_database, writing
from models.scans import ScanState
from models.stations import add_station
from models.work_items import next_items
from saraban.app import create_app
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import A4, NOW, pdf, picture, tree
from tests.ingest.offices import rows
from tests.ingest.zips import make_zip
from tests.models.letters import make_draft
from tests.saraban.conftest import client_of

LETTER = pdf(A4)
THAI = range(0x0E01, 0x0E5C)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data", max_file_mb=1))


def send(
    client: TestClient,
    key: str | None,
    content: bytes = LETTER,
    *,
    name: str = "หนังสือ.pdf",
    once: str | None = "request-1",
    **headers: str,
) -> httpx.Response:
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    if once is not None:
        headers["Idempotency-Key"] = once
    return client.post("/api/v1/documents", files={"file": (name, content)}, headers=headers)


def stored(office: Office) -> list[str]:
    archive = tree(office.settings.data_dir / "archive")
    return [Path(name).name for name, content in archive.items() if content is not None]


def problem(answer: httpx.Response, status: int, name: str) -> dict[str, Any]:
    """Check that an answer is a problem that an officer can read, and give its content."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    ProblemDetails.model_validate(found)
    assert (found["status"], found["type"]) == (status, f"/problems/{name}")
    assert any(ord(letter) in THAI for letter in found["detail"])
    assert "Traceback" not in answer.text
    return dict(found)


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize("header", [None, "Bearer sk_wrong", "Bearer ", "Basic {key}", "{key}"])
def test_without_its_key_a_station_gets_nowhere(
    office: Office, client: TestClient, key: str, header: str | None
) -> None:
    headers = {"Idempotency-Key": "1"}
    if header is not None:
        headers["Authorization"] = header.format(key=key)
    answers = [
        client.post("/api/v1/documents", files={"file": LETTER}, headers=headers),
        client.get("/api/v1/documents/1", headers=headers),
    ]
    for answer in answers:
        assert problem(answer, 401, "unauthorised")["retryable"] is False
        assert answer.headers["www-authenticate"] == "Bearer"
    assert rows(office, "scans") == 0
    assert stored(office) == []


def test_after_201_the_document_is_safe(office: Office, client: TestClient, key: str) -> None:
    answer = send(client, key, **{"Repr-Digest": digest(LETTER)})
    assert answer.status_code == 201
    sha256 = hashlib.sha256(LETTER).hexdigest()
    # Another process sees it: the file under its hash, the row, and the work that waits.
    assert office.archive.original(sha256).read_bytes() == LETTER
    again = open_database(office.settings.tables_url)
    with looking(again) as connection:
        scan = scans.find_scan(connection, sha256)
        assert scan is not None
        assert [item.scan_id for item in next_items(connection, 10)] == [scan.id]
    said = answer.json()
    assert (said["id"], said["sha256"], said["name"]) == (scan.id, sha256, "หนังสือ.pdf")
    assert (said["status"], said["duplicate_of"], scan.source) == ("received", None, "station")
    seen = client.get(said["links"]["self"], headers={"Authorization": f"Bearer {key}"})
    assert seen.status_code == 200
    assert seen.json() == said


def test_a_repetition_is_answered_with_the_document_that_exists(
    office: Office, client: TestClient, key: str
) -> None:
    first = send(client, key)
    answers = [
        send(client, key),  # the answer was lost on the way
        send(client, key, once="request-2", name="ชื่ออื่น.pdf"),  # the same paper again
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.json()["duplicate_of"] == answer.json()["id"] == first.json()["id"]
        assert answer.json()["name"] == "หนังสือ.pdf"
    assert rows(office, "scans") == rows(office, "work_items") == 1
    assert rows(office, "arrivals") == 2  # a request that is repeated brought nothing new


def test_the_same_request_many_times_at_once_makes_one_document(
    office: Office, client: TestClient, key: str
) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: send(client, key), range(6)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == 1
    for answer in answers:
        if answer.status_code not in (200, 201):  # while the first was still on its way
            assert problem(answer, 409, "idempotency-key-busy")["retryable"]
            assert int(answer.headers["Retry-After"]) > 0
    assert send(client, key).status_code == 200
    assert len({answer.json()["id"] for answer in answers if answer.is_success}) == 1
    assert rows(office, "scans") == rows(office, "idempotency_keys") == 1


def test_a_key_of_another_file_is_refused_and_nothing_is_taken(
    office: Office, client: TestClient, key: str
) -> None:
    assert send(client, key).status_code == 201
    answer = send(client, key, picture())
    assert not problem(answer, 422, "idempotency-key-reused")["retryable"]
    assert rows(office, "scans") == 1
    assert len(stored(office)) == 1
    assert send(client, key, picture(), once="request-2").status_code == 201


def test_two_stations_may_use_the_same_idempotency_key(
    office: Office, client: TestClient, key: str
) -> None:
    with writing(office.engine) as connection:
        other = add_station(connection, "เคาน์เตอร์ 2", NOW)
    assert send(client, key).status_code == 201
    assert send(client, other, picture()).status_code == 201


@pytest.mark.parametrize("once", [None, "", "x" * 201])
def test_an_idempotency_key_must_be_there(
    office: Office, client: TestClient, key: str, once: str | None
) -> None:
    problem(send(client, key, once=once), 400, "idempotency-key-missing")
    assert rows(office, "scans") == 0


def test_a_form_without_a_file_is_refused(client: TestClient, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
    for form in ({"files": {"scan": LETTER}}, {"data": {"file": "text"}}, {"content": b"raw"}):
        answer = client.post("/api/v1/documents", headers=headers, **form)  # type: ignore[arg-type]
        problem(answer, 400, "form-wrong")
    twice = [("file", LETTER), ("file", LETTER)]
    answer = client.post("/api/v1/documents", headers=headers, files=twice)
    assert answer.status_code == 400


@pytest.mark.parametrize("size", [2**20 + 1, 2**20 + 2**19, 2**21 + 1, 5 * 2**20])
def test_a_file_over_the_limit_is_refused_whole(
    office: Office, client: TestClient, key: str, size: int
) -> None:
    answer = send(client, key, LETTER.ljust(size, b" "))
    assert "1 MB" in problem(answer, 413, "file-too-large")["detail"]
    assert stored(office) == []
    assert rows(office, "scans") == 0


def test_a_file_at_the_limit_is_taken(client: TestClient, key: str) -> None:
    assert send(client, key, LETTER.ljust(2**20, b" ")).status_code == 201


def test_a_body_without_a_length_is_counted_as_it_comes(
    office: Office, client: TestClient, key: str
) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(50):
            sent += 2**18
            yield bytes(2**18)

    headers = {
        "Authorization": f"Bearer {key}",
        "Idempotency-Key": "1",
        "Content-Type": "multipart/form-data; boundary=b",
    }
    answer = client.post("/api/v1/documents", content=endless(), headers=headers)
    assert "content-length" not in answer.request.headers
    problem(answer, 413, "file-too-large")
    assert stored(office) == []


def test_a_foreign_file_is_refused_but_kept_for_a_person(
    office: Office, client: TestClient, key: str
) -> None:
    content = b"MZ this is a program"
    for once in ("1", "2"):
        problem(send(client, key, content, once=once), 415, "unsupported-type")
    sha256 = hashlib.sha256(content).hexdigest()
    assert office.archive.original(sha256).read_bytes() == content
    with looking(office.engine) as connection:
        scan = scans.find_scan(connection, sha256)
    assert scan is not None
    assert scan.state is ScanState.REFUSED


def test_a_station_sends_no_zip(office: Office, client: TestClient, key: str) -> None:
    answer = send(client, key, make_zip({"a.jpg": picture()}), name="a.zip")
    assert "ZIP" in problem(answer, 415, "unsupported-type")["detail"]
    assert stored(office) == []


def test_an_empty_file_is_refused(office: Office, client: TestClient, key: str) -> None:
    problem(send(client, key, b""), 422, "file-empty")
    assert rows(office, "scans") == 0


@pytest.mark.parametrize("said", [digest(b"something else"), "sha-256=:broken:", "md5=:x:", ""])
def test_a_file_that_changed_on_its_way_is_not_taken(
    office: Office, client: TestClient, key: str, said: str
) -> None:
    answer = send(client, key, **{"Repr-Digest": said})
    assert problem(answer, 422, "digest-mismatch")["retryable"] is True
    assert stored(office) == []
    assert rows(office, "scans") == 0
    assert send(client, key, **{"Repr-Digest": digest(LETTER)}).status_code == 201


def test_nothing_is_acknowledged_on_a_full_disk(
    office: Office, client: TestClient, key: str
) -> None:
    roomy = replace(office, settings=Settings(data_dir=office.settings.data_dir))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with client_of(roomy) as other:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
        try:
            answer = send(other, key, LETTER.ljust(3 * 2**20, b" "))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert problem(answer, 507, "storage")["retryable"] is True
        assert stored(office) == []
        assert rows(office, "scans") == 0
        assert send(other, key, LETTER.ljust(3 * 2**20, b" ")).status_code == 201


def test_without_the_database_a_station_is_told_to_come_back(office: Office, key: str) -> None:
    nowhere = open_database(f"sqlite:///{office.settings.data_dir}/no/where.sqlite3")
    with client_of(replace(office, engine=nowhere)) as client:
        assert problem(send(client, key), 503, "unavailable")["retryable"] is True
        page = client.get("/queue")
    assert page.status_code == 503
    assert "ฐานข้อมูล" in page.text
    assert "Traceback" not in page.text


def test_a_station_sees_how_far_a_document_has_come(
    office: Office, client: TestClient, key: str
) -> None:
    draft = make_draft(office.engine)
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.get(f"/api/v1/documents/{draft.scan_id}", headers=headers)
    assert answer.json()["letters"] == [{"letter": 1, "state": "waiting"}]
    problem(client.get("/api/v1/documents/4711", headers=headers), 404, "not-found")
    problem(client.get("/api/v1/documents/abc", headers=headers), 422, "invalid-request")
    problem(client.get("/api/v1/nothing", headers=headers), 404, "not-found")
    problem(client.put("/api/v1/documents", headers=headers), 405, "method-not-allowed")


def break_a_draft(office: Office) -> int:
    draft = make_draft(office.engine)
    with writing(office.engine) as connection:
        connection.execute(text('UPDATE drafts SET fields = \'{"kind": "secret-kind"}\''))
    return draft.scan_id


def test_an_unexpected_error_tells_nothing_of_our_inside(
    office: Office, client: TestClient, key: str
) -> None:
    scan_id = break_a_draft(office)
    headers = {"Authorization": f"Bearer {key}"}
    answer = client.get(f"/api/v1/documents/{scan_id}", headers=headers)
    problem(answer, 500, "internal")
    page = client.get("/queue", headers={"Cookie": "saraban_officer=test"})
    assert page.status_code == 500
    for said in (answer, page):
        for word in ("secret-kind", "pydantic", "ValidationError", ".py"):
            assert word not in said.text
        strict(said)


# --- the document of the API


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_api_describes_itself_with_an_example(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) >= {"/api/v1/documents", "/api/v1/documents/{document_id}"}
    refs = list(references(document))
    assert refs
    for ref in refs:
        place = document
        for part in ref.removeprefix("#/").split("/"):
            place = place[part]
    (example,) = document["components"]["schemas"]["Document"]["examples"]
    assert Document.model_validate(example).model_dump(exclude_none=True) == example
    for path in ("/api/v1/documents", "/api/v1/documents/{document_id}"):
        for operation in document["paths"][path].values():
            for status, answer in operation["responses"].items():
                kind = "application/problem+json" if status >= "400" else "application/json"
                assert set(answer["content"]) == {kind}
                assert answer["description"]
                assert answer["content"][kind]["schema"]
    post = document["paths"]["/api/v1/documents"]["post"]
    assert set(post["responses"]) == {
        *("200", "201", "400", "401", "403", "404", "409", "413", "415", "422", "429"),
        *("503", "507"),
    }
    names = {parameter["name"] for parameter in post["parameters"]}
    assert {"idempotency-key", "repr-digest"} <= names


# --- the walls


def strict(answer: httpx.Response) -> None:
    """Check the headers that tell browsers to be strict."""
    headers = answer.headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"]
    assert "server" not in headers


def routes(office: Office, method: str) -> list[str]:
    """The addresses of the application that answer a method, with 1 for every parameter."""
    waiting, found = list(create_app(office).routes), []
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute) and method in route.methods:
            found.append(re.sub(r"\{.*?\}", "1", route.path))
        waiting += getattr(getattr(route, "original_router", None), "routes", [])
    return found


def test_every_page_carries_strict_headers(office: Office, client: TestClient, key: str) -> None:
    pages = routes(office, "GET")
    assert len(pages) > 5
    answers = [client.get(path) for path in (*pages, "/", "/nothing", "/static/nothing.js")]
    assert {answer.status_code for answer in answers} >= {200, 401, 404}
    answers += [
        client.get("/queue", headers={"Host": "evil.example"}),
        client.post("/officer", headers={"Origin": "https://evil.example"}),
        send(client, key, bytes(5 * 2**20)),
    ]
    assert [answer.status_code for answer in answers[-3:]] == [400, 403, 413]
    for answer in answers:
        strict(answer)


def test_what_holds_personal_data_is_not_kept_by_browsers(
    office: Office, client: TestClient
) -> None:
    make_draft(office.engine)
    for path in ("/queue", "/registry", "/api/v1/documents/1"):
        assert "no-store" in client.get(path).headers["cache-control"]


FOREIGN = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:81"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_form_of_another_site_is_taken(
    office: Office, client: TestClient, headers: dict[str, str]
) -> None:
    paths = [path for path in routes(office, "POST") if not path.startswith("/api/")]
    assert set(paths) >= {"/officer", "/drafts/1"}
    for path in paths:
        answer = client.post(path, data={"name": "ผู้ร้าย"}, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_our_own_forms_are_taken(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/officer", data={"name": "สมชาย ใจเย็น"}, headers=headers)
    assert answer.status_code == 303
    assert "set-cookie" in answer.headers


def test_an_unknown_host_is_refused(client: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "testserver.evil.example"):
        assert client.get("/queue", headers={"Host": host}).status_code == 400
    assert client.get("/officer", headers={"Host": "127.0.0.1:8000"}).status_code == 200
