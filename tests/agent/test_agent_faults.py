"""Kills, cuts and servers that are away: every file becomes one document, and none is lost."""

from __future__ import annotations

import http.server
import random
import re
import signal
import threading
import time
from collections import Counter
from pathlib import Path

from models.database import looking, writing
from models.enrolments import decide, pending, typed
from models.stations import add_station, station_of_key
from saraban.office import Office, now
from tests.agent.cutting_proxy import cutting
from tests.agent.scanner_pc import ScannerPc, documents, letter, sha256
from tests.conftest import NOW
from tests.saraban.killed_server import ServerProcess
from tests.waiting import eventually

KILLS = 12


def test_an_agent_killed_again_and_again_sends_every_file_once(
    agents_office: Office, pc: ScannerPc
) -> None:
    luck = random.Random(3)
    sizes = [luck.randrange(1_000, 300_000) for _ in range(90)] + [9_000_000, 6_000_000]
    files = {f"{number}.pdf": letter(1_000 + number, size) for number, size in enumerate(sizes)}
    for name, content in files.items():
        (pc.folder / name).write_bytes(content)
    kills_at_work = 0
    for number in range(KILLS):
        before = len(pc.waiting())
        pc.start()
        if number % 2:  # killed while it sends, every other time whenever luck will have it
            eventually(lambda before=before: len(pc.waiting()) < max(before, 1))
        else:
            time.sleep(0.35 + luck.random() * 0.6)
        kills_at_work += 0 < len(pc.waiting()) < len(files)
        pc.stop(signal.SIGKILL)
    assert kills_at_work >= 3  # they did interrupt something
    pc.once()
    found = Counter(documents(agents_office))
    assert {name: found[sha256(content)] for name, content in files.items()} == dict.fromkeys(
        files, 1
    )
    assert pc.moved("sent") == files
    assert pc.waiting() == []
    assert pc.moved("failed") == {}


def test_a_server_that_is_killed_and_away_for_a_while_loses_nothing(
    agents_office: Office, server: ServerProcess, pc: ScannerPc
) -> None:
    files = {f"{number}.pdf": letter(2_000 + number, 100_000) for number in range(40)}
    files["large.pdf"] = letter(2_100, 12_000_000)
    for name, content in files.items():
        (pc.folder / name).write_bytes(content)
    pc.start()
    eventually(lambda: len(pc.moved("sent")) >= 5)
    server.kill()
    eventually(lambda: "ติดต่อระบบไม่ได้" in pc.log())
    (pc.folder / "meanwhile.pdf").write_bytes(letter(2_101))
    server.start()
    eventually(lambda: pc.waiting() == [], 90)  # the agent may have waited a minute
    found = documents(agents_office)
    for content in [*files.values(), letter(2_101)]:
        assert found.count(sha256(content)) == 1
    assert "ติดต่อระบบได้แล้ว" in pc.log()


def test_a_network_that_cuts_in_the_middle_of_every_piece_lets_a_file_through(
    agents_office: Office, server: ServerProcess, key: str, tmp_path: Path
) -> None:
    content = letter(2_200, 900_000)
    with cutting(server.port, budget=300_000) as proxy:
        pc = ScannerPc(tmp_path / "far", f"http://127.0.0.1:{proxy.port}", key)
        (pc.folder / "far.pdf").write_bytes(content)
        pc.once()
        assert proxy.cuts > 3
    assert documents(agents_office).count(sha256(content)) == 1
    assert pc.moved("sent") == {"far.pdf": content}


class _Portal(http.server.BaseHTTPRequestHandler):
    """Answers as a network's log-in page does."""

    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Log in</h1>")

    def log_message(self, *_: object) -> None:
        pass


def test_what_answers_and_is_not_saraban_gets_no_file_thrown_away(tmp_path: Path, key: str) -> None:
    portal = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    threading.Thread(target=portal.serve_forever).start()
    try:
        pc = ScannerPc(tmp_path / "pc", f"http://127.0.0.1:{portal.server_port}", key)
        (pc.folder / "a.pdf").write_bytes(letter(2_300))
        for status in (200, 403, 404, 413):
            _Portal.status = status
            pc.start()
            eventually(lambda: "ไม่ได้ตอบอย่างระบบสารบรรณ" in pc.log())
            pc.stop(signal.SIGTERM)
            (pc.state / "agent.log").unlink()
            assert pc.waiting() == ["a.pdf"]
    finally:
        portal.shutdown()
        portal.server_close()


def test_a_receipt_that_never_came_is_fetched_in_the_next_life(
    agents_office: Office, pc: ScannerPc
) -> None:
    """What a crash between the server's receipt and the move leaves behind."""
    content = letter(2_400)
    (pc.folder / "a.pdf").write_bytes(content)
    pc.once()
    lines = (pc.state / "journal.jsonl").read_bytes().split(b"\n\n")
    (sent,) = (pc.folder / "sent").glob("*/a.pdf")
    for settled in (1, 2):  # after the line that says it was taken, and that it was received
        sent.rename(pc.folder / "a.pdf")
        (pc.state / "journal.jsonl").write_bytes(b"\n\n".join(lines[:settled]) + b"\n")
        said = pc.once()
        assert ("ส่งแล้ว" in said) == (settled == 1)  # it is not sent once more
        assert pc.moved("sent") == {"a.pdf": content}
    assert documents(agents_office).count(sha256(content)) == 1


def test_a_file_of_the_same_name_laid_there_during_a_crash_is_sent_too(
    agents_office: Office, pc: ScannerPc
) -> None:
    first, second = letter(2_500), letter(2_501)
    (pc.folder / "a.pdf").write_bytes(first)
    pc.once()
    journal = pc.state / "journal.jsonl"
    journal.write_bytes(b"\n\n".join(journal.read_bytes().split(b"\n\n")[:2]) + b"\n")
    (pc.folder / "a.pdf").write_bytes(second)  # the move was done, its line was not
    pc.once()
    assert pc.moved("sent") == {"a.pdf": first, "a (2).pdf": second}
    assert sha256(second) in documents(agents_office)


def test_a_clerk_enrols_a_pc_by_its_code(
    agents_office: Office, server: ServerProcess, tmp_path: Path
) -> None:
    pc = ScannerPc(tmp_path / "new", server.address, None)
    (pc.folder / "first.pdf").write_bytes(letter(2_600))
    pc.start("--name", "เคาน์เตอร์ 9")
    eventually(lambda: "รหัส:" in pc.log())
    shown = re.search(r"รหัส: +([A-Z\- ]+)", pc.log())
    assert shown is not None
    assert f"{server.address}/device" in pc.log()
    with writing(agents_office.engine) as connection:
        waiting = pending(connection, typed(shown.group(1)), now())
        assert waiting is not None
        assert waiting.station_name == "เคาน์เตอร์ 9"
        decide(
            connection,
            waiting,
            "สมชาย",
            name=waiting.station_name,
            district="เมืองนนทบุรี",
            approved=True,
        )
    eventually(lambda: pc.waiting() == [])
    pc.stop(signal.SIGTERM)
    assert (pc.state / "key").stat().st_mode & 0o777 == 0o600
    with writing(agents_office.engine) as connection:
        station = station_of_key(connection, (pc.state / "key").read_text().strip(), now(), None)
    assert station is not None
    assert station.name == "เคาน์เตอร์ 9"


def test_a_key_that_is_refused_stops_the_agent_and_keeps_the_files(pc: ScannerPc) -> None:
    (pc.state / "key").write_text("no key of ours")
    (pc.folder / "a.pdf").write_bytes(letter(2_700))
    said = pc.once(code=1)
    assert "--enrol" in said
    assert pc.waiting() == ["a.pdf"]
    pc.start("--enrol")
    eventually(lambda: "รหัส:" in pc.log())


def test_a_second_agent_leaves_the_work_to_the_first(pc: ScannerPc, key: str) -> None:
    pc.start()
    eventually(lambda: "เฝ้าโฟลเดอร์" in pc.log())
    second = ScannerPc(pc.folder.parent / "second", pc.address, key)
    second.state = pc.state
    assert "เปิดอยู่แล้ว" in second.once(code=2)


def test_the_uploads_of_a_station_that_was_enrolled_anew_begin_anew(
    agents_office: Office, pc: ScannerPc
) -> None:
    content = letter(2_800, 9_000_000)
    (pc.folder / "large.pdf").write_bytes(content)
    pc.start()
    journal = pc.state / "journal.jsonl"
    eventually(lambda: journal.exists() and b"/api/v1/uploads/" in journal.read_bytes())
    pc.stop(signal.SIGKILL)
    with writing(agents_office.engine) as connection:
        (pc.state / "key").write_text(add_station(connection, "เคาน์เตอร์ 1 ใหม่", NOW))
    pc.once()
    with looking(agents_office.engine):
        assert documents(agents_office).count(sha256(content)) == 1
    assert pc.waiting() == []
