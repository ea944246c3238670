"""What a server acknowledged is there after a kill, and what it did not is sent again."""

from __future__ import annotations

import hashlib
import io
import random
import resource
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from models.database import looking
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import A4, pdf, tree
from tests.saraban.killed_server import ServerProcess, served

UPLOADS, KILLS = 200, 6
CHUNK = 40_000  # bytes
SMALL = pdf(A4)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data"))


@pytest.fixture
def server(office: Office) -> Iterator[ServerProcess]:
    with served(office.settings.data_dir) as server:
        yield server


def letter(number: int) -> bytes:
    """A different file for every number, of one to four chunks."""
    luck = random.Random(number)
    return SMALL + b"%" + luck.randbytes(luck.randrange(1, 4 * CHUNK - len(SMALL)))


def scans_of(office: Office) -> list[str]:
    with looking(office.engine) as connection:
        return list(connection.execute(text("SELECT sha256 FROM scans")).scalars())


def originals(office: Office) -> dict[str, bytes]:
    found = tree(office.settings.data_dir / "archive" / "objects")
    return {Path(name).name: content for name, content in found.items() if content is not None}


class PatientSender:
    """A tus client that goes on where the server is, however often that goes away."""

    def __init__(self, address: str, key: str) -> None:
        self._client = TusClient(
            f"{address}/api/v1/uploads", headers={"Authorization": f"Bearer {key}"}
        )

    def send(self, content: bytes, name: str) -> None:
        url = None
        until = time.monotonic() + 180  # a server that starts anew takes its time
        while time.monotonic() < until:
            try:
                uploader = self._client.uploader(
                    file_stream=io.BytesIO(content),
                    chunk_size=CHUNK,
                    metadata={"filename": name},
                    url=url,
                )
                url = uploader.url
                uploader.upload()
                return
            except (TusCommunicationError, OSError):
                url = url or getattr(locals().get("uploader"), "url", None)
                time.sleep(0.05)
        raise AssertionError(f"{name} could not be sent")


@pytest.mark.slow
def test_no_upload_is_lost_or_doubled_by_a_server_that_is_killed_again_and_again(
    office: Office, server: ServerProcess, key: str
) -> None:
    luck = random.Random(7)
    waiting = list(range(UPLOADS))
    lock = threading.Lock()
    acknowledged: list[str] = []

    def work() -> None:
        sender = PatientSender(server.address, key)
        while True:
            with lock:
                if not waiting:
                    return
                number = waiting.pop()
            content = letter(number)
            sender.send(content, f"{number}.pdf")
            with lock:
                acknowledged.append(hashlib.sha256(content).hexdigest())

    threads = ThreadPoolExecutor(4)
    senders = [threads.submit(work) for _ in range(4)]
    for kill in range(1, KILLS + 1):
        while len(acknowledged) < kill * UPLOADS // (KILLS + 2):
            time.sleep(0.005)
            assert not any(sender.done() and sender.exception() for sender in senders)
        time.sleep(luck.random() * 0.2)
        server.kill()
        before = set(acknowledged)
        assert before <= set(scans_of(office))  # what was acknowledged is in the books
        server.start()
    for sender in senders:
        sender.result()

    wanted = {hashlib.sha256(letter(number)).hexdigest() for number in range(UPLOADS)}
    found = scans_of(office)
    assert len(found) == len(set(found)) == UPLOADS
    assert set(found) == wanted
    kept = originals(office)
    assert set(kept) == wanted
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in kept.items())


def test_a_client_of_others_sends_in_chunks_and_resumes(
    office: Office, server: ServerProcess, key: str
) -> None:
    content = letter(1) + bytes(3 * CHUNK)
    client = TusClient(
        f"{server.address}/api/v1/uploads", headers={"Authorization": f"Bearer {key}"}
    )
    first = client.uploader(
        file_stream=io.BytesIO(content),
        chunk_size=CHUNK,
        metadata={"filename": "ร้องเรียน.pdf"},
        upload_checksum=True,
    )
    first.upload_chunk()
    assert first.offset == CHUNK
    second = client.uploader(
        file_stream=io.BytesIO(content), chunk_size=CHUNK, url=first.url, upload_checksum=True
    )
    assert second.offset == CHUNK
    second.upload()
    assert scans_of(office) == [hashlib.sha256(content).hexdigest()]
    receipt = httpx.get(second.url, headers={"Authorization": f"Bearer {key}"}).json()
    assert (receipt["outcome"], receipt["name"]) == ("new", "ร้องเรียน.pdf")


def test_a_full_disk_refuses_clearly_and_goes_on_when_there_is_room(
    office: Office, key: str
) -> None:
    content = letter(2) + bytes(900_000)
    headers = {
        "Authorization": f"Bearer {key}",
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Upload-Length": str(len(content)),
    }

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, resource.RLIM_INFINITY))

    with served(office.settings.data_dir, preexec_fn=little_room) as server:
        url = f"{server.address}/api/v1/uploads"
        answer = httpx.post(url, headers=headers, content=content)
        assert answer.status_code == 507, answer.text
        told = answer.json()
        assert told["retryable"] is True
        assert "พื้นที่จัดเก็บ" in told["detail"]
        assert int(answer.headers["Retry-After"]) > 0
        multipart = httpx.post(
            f"{server.address}/api/v1/documents",
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "1"},
            files={"file": ("หนังสือ.pdf", content)},
        )
        assert multipart.status_code == 507
        assert scans_of(office) == []
        assert originals(office) == {}
    with served(office.settings.data_dir) as server:
        url = f"{server.address}/api/v1/uploads"
        assert httpx.post(url, headers=headers, content=content).status_code == 201
    assert list(originals(office)) == [hashlib.sha256(content).hexdigest()]
