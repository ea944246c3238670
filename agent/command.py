"""The command line of the agent.

Exit codes: 0 fine, 1 something needs a person, 2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from agent.backoff import Backoff
from agent.batches import Batches
from agent.console import Console
from agent.enrolment import Denied, enrol
from agent.journal import Journal
from agent.private_file import write_private
from agent.rounds import Rounds, Works
from agent.seat import AnotherAgent, seat
from agent.sending import Sender
from agent.server import KeyRefused, Server, WrongAddress
from agent.settings import AgentSettings, WrongSetting, read_settings
from agent.stability import Stability
from agent.tus import TusSender

FINE, NEEDS_A_PERSON, WRONG_USE = 0, 1, 2
_LONGEST_POLL = 2.0  # seconds
_LONGEST_NAME = 100  # of a station
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the agent and return its exit code."""
    given = vars(_parser().parse_args(arguments))
    file, once, anew = given.pop("settings"), given.pop("once"), given.pop("enrol")
    console = Console()
    try:
        settings = read_settings(file, given)
        settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        with seat(settings.state):
            console = Console(settings.log_file)
            return run(settings, console, once=once, anew=anew)
    except (WrongSetting, WrongAddress, AnotherAgent) as error:
        console.say(str(error))
        return WRONG_USE
    except (Denied, KeyRefused) as error:
        console.say(str(error))
        return NEEDS_A_PERSON
    except OSError as error:
        console.say(f"เขียนหรืออ่านไฟล์ของโปรแกรมไม่ได้: {error}")
        return NEEDS_A_PERSON
    except KeyboardInterrupt:
        return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "saraban-agent", description="เฝ้าโฟลเดอร์ที่โปรแกรมสแกนบันทึกไฟล์ แล้วส่งไฟล์เข้าระบบสารบรรณ"
    )
    add = parser.add_argument
    add("--server", help="ที่อยู่ของระบบ เช่น https://saraban.example.go.th")
    add("--folder", dest="folders", action="append", help="โฟลเดอร์ที่เฝ้า (ใส่ซ้ำได้)")
    add("--name", help="ชื่อเครื่องนี้ เช่น เคาน์เตอร์ 1 (ไม่ระบุ: ชื่อคอมพิวเตอร์)")
    add("--batch", help="ชื่อชุดงาน เปิดให้วันละชุดต่อโฟลเดอร์ (ไม่ระบุ: ไม่ใช้ชุดงาน)")
    add("--settle", type=float, help="ไฟล์ต้องนิ่งกี่วินาทีจึงส่ง (5)")
    add("--patience", type=float, help="ไฟล์ที่เขียนไม่จบ รอกี่วินาทีแล้วส่งเท่าที่มี (600)")
    add("--settings", type=Path, help="ไฟล์ค่าตั้ง TOML")
    add("--state", help="โฟลเดอร์ที่เก็บกุญแจ สมุดงาน และบันทึก")
    add("--log", help="ไฟล์บันทึก (ไม่ระบุ: agent.log ในโฟลเดอร์ของโปรแกรม)")
    add("--authorities", help="ไฟล์ใบรับรองของหน่วยงาน (PEM)")
    add("--once", action="store_true", help="ส่งจนโฟลเดอร์ว่างแล้วจบ")
    add("--enrol", action="store_true", help="ขอกุญแจใหม่ เมื่อกุญแจเดิมใช้ไม่ได้แล้ว")
    return parser


def run(settings: AgentSettings, console: Console, *, once: bool, anew: bool) -> int:
    """Send what comes into the folders, for ever or ``once``; return the exit code.

    ``anew``: where the key is refused, ask for another one.

    Raises:
        Denied: the office refused this PC a key.
        KeyRefused: the key is not known, and no other one is asked for.
        OSError: the journal cannot be kept.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FINE))
    server = Server(settings.server, _stored_key(settings), settings.authorities)
    if not server.secure and server.host not in _LOOPBACK:
        console.say("◐ ที่อยู่ของระบบเป็น http:// กุญแจและเอกสารจึงไม่ถูกเข้ารหัสระหว่างทาง")
    journal = Journal(settings.state / "journal.jsonl")
    sender = TusSender(server, Batches(settings.state / "batches.json", settings.batch, today))
    works = works_of(settings, journal, console, sender)
    rounds = Rounds(works)
    console.say(f"เฝ้าโฟลเดอร์ {', '.join(map(str, settings.folders))} ส่งไปที่ {settings.server}")
    while True:
        if server.key is None:
            name = settings.name[:_LONGEST_NAME]
            key = enrol(server, name, console, works.pause, works.backoff)
            write_private(settings.key_file, key + "\n")
            server.key = key
        try:
            rounds.run(once=once)
            return NEEDS_A_PERSON if rounds.failed or rounds.troubled else FINE
        except KeyRefused as error:
            console.say(f"กุญแจของเครื่องนี้ใช้ไม่ได้แล้ว: {error} ไฟล์ยังอยู่ครบ")
            if not anew:
                raise KeyRefused("เปิดโปรแกรมนี้อีกครั้งด้วย --enrol เพื่อขอกุญแจใหม่") from error
            server.key = None


def works_of(settings: AgentSettings, journal: Journal, console: Console, sender: Sender) -> Works:
    """Return what the rounds need, with the clocks of this computer."""
    return Works(
        settings.folders,
        journal,
        Stability(settings.settle, settings.patience, time.monotonic),
        sender,
        console,
        Backoff(random.Random()),
        time.sleep,
        today,
        poll=min(_LONGEST_POLL, settings.settle / 2 + 0.05),
    )


def today() -> dt.date:
    """Return the date on the wall."""
    return dt.datetime.now().astimezone().date()


def _stored_key(settings: AgentSettings) -> str | None:
    try:
        return settings.key_file.read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None
