"""An office as full as it gets: letters that wait, were confirmed, were put aside; and its server.

The rows are written in bulk, past the functions that would write them one by one; what stands in
them is what those functions write.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import TypeAdapter
from sqlalchemy import Connection, insert

from benchmarks.desk.letters import picture, reading
from models.database import writing
from models.draft_columns import reading_columns
from models.draft_states import Action, DraftState
from models.letters import MediaType, OcrPage, PageState, Reading
from models.marks import values_read
from models.matter_tables import same_matters
from models.recorded import RECORDED
from models.scans import ScanState
from models.searching import folded
from models.tables import batches, decisions, drafts, pages, records, scans
from models.terms import main_of
from models.vouching import Answer, answers
from saraban.app import create_app
from saraban.office import Office, categories_in_use, now, open_office
from saraban.settings import Settings

_PAGE = TypeAdapter(OcrPage)
_CHUNK = 5_000
_BATCH = 500  # scans
_DISTINCT = 400  # readings, over and over under new numbers
_OPENED = 1_000  # letters with pages
_DAYS = 60
_PICTURES = 8  # different ones


@dataclass(frozen=True)
class Filling:
    """How many letters wait, and how many were confirmed or parked."""

    waiting: int
    confirmed: int = 0
    parked: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.confirmed + self.parked

    def state(self, number: int) -> DraftState:
        """The oldest were confirmed first."""
        if number < self.confirmed:
            return DraftState.CONFIRMED
        return DraftState.PARKED if number < self.confirmed + self.parked else DraftState.WAITING


def full_office(folder: Path, filling: Filling, with_pictures: int = 0) -> Office:
    """Return an office with letters; the first that wait have two pages and pictures."""
    office = open_office(Settings(data_dir=folder, train_after=0))
    start, step = now() - dt.timedelta(days=_DAYS), dt.timedelta(days=_DAYS) / filling.total
    # One part of each main category, so that the machine is sure of all three that it proposes.
    parts = {main_of(each.code): each.code for each in categories_in_use(office.settings)}
    codes = tuple(parts.values())[:6]
    letters = [_Kind(reading(number, codes, 2)) for number in range(_DISTINCT)]
    with writing(office.engine) as connection:
        made = range(1, filling.total // _BATCH + 2)
        rows = [{"id": n, "name": f"ชุด {n}", "source": "bench", "created_at": start} for n in made]
        connection.execute(insert(batches), rows)
    for first in range(0, filling.total, _CHUNK):
        chunk = range(first, min(first + _CHUNK, filling.total))
        with writing(office.engine) as connection:
            _write(connection, [_Row(n, filling, letters, start + n * step) for n in chunk])
    waiting = filling.total - filling.waiting
    _draw(office, range(waiting, waiting + with_pictures))
    return office


class _Kind:
    """A reading, and what is stored of it."""

    def __init__(self, of: Reading) -> None:
        self.columns = reading_columns(of)
        self.pages = [_PAGE.dump_python(page, mode="json") for page in of.pages]
        self.values = values_read(of.fields)
        choice = of.suggestion.choice if of.suggestion else None
        self.category = choice
        answer = Answer(of.fields.kind, choice, {n: self.values.get(n) for n in RECORDED})
        self.answers = answers(of.fields, of.suggestion, answer)


@dataclass(frozen=True)
class _Row:
    """A letter among the others."""

    place: int
    filling: Filling
    kinds: list[_Kind]
    at: dt.datetime

    @property
    def kind(self) -> _Kind:
        return self.kinds[self.place % len(self.kinds)]

    @property
    def id(self) -> int:
        return self.place + 1

    @property
    def state(self) -> DraftState:
        return self.filling.state(self.place)

    @property
    def reference(self) -> str:
        return f"สน 0018.1/{self.place}"

    @property
    def decided_at(self) -> dt.datetime:
        """Within the last 25 days, whenever it came in."""
        return now() - dt.timedelta(days=25) * (1 - self.place / (self.filling.confirmed + 1))

    def scan(self) -> dict[str, Any]:
        of = {"id": self.id, "sha256": f"{self.place:064x}", "name": f"{self.place:06}.pdf"}
        state = {"media_type": MediaType.PDF, "size": 1, "state": ScanState.READ, "pages": 2}
        batch = 1 + self.place // _BATCH
        return of | state | {"received_at": self.at, "source": "bench", "batch_id": batch}

    def pages(self) -> list[dict[str, Any]]:
        """Only letters that are opened need their pages."""
        opened = range(self.filling.total - self.filling.waiting, self.filling.total)[:_OPENED]
        readings = self.kind.pages if self.place in opened else ()
        one = {"scan_id": self.id, "state": PageState.READ, "read_at": self.at}
        return [one | {"number": n, "reading": said} for n, said in enumerate(readings, 1)]

    def draft(self) -> dict[str, Any]:
        read = self.kind.columns
        values = read["fields"]["values"]
        number = values["reference_no"] | {"value": self.reference, "raw": self.reference}
        fields = read["fields"] | {"values": values | {"reference_no": number}}
        own = {"id": self.id, "scan_id": self.id, "letter": 1, "first_page": 1, "last_page": 2}
        sought = {"sought": f"{folded(self.reference)}{read['sought'][12:]}"[:300]}
        state = {"state": self.state, "version": 1, "created_at": self.at}
        return read | own | state | sought | {"fields": fields}

    def decision(self) -> dict[str, Any]:
        own = {"id": self.id, "draft_id": self.id, "action": Action.CONFIRM, "active_ms": 20_000}
        said = {"officer": f"ผู้ตรวจ {self.place % 9}", "answers": self.kind.answers}
        return own | said | {"decided_at": self.decided_at}

    def record(self) -> dict[str, Any]:
        own = {"draft_id": self.id, "decision_id": self.id, "decision_action": Action.CONFIRM}
        by = {"confirmed_by": f"ผู้ตรวจ {self.place % 9}", "confirmed_at": self.decided_at}
        what = {"kind": self.kind.columns["kind"], "category": self.kind.category}
        values = {name.value: self.kind.values.get(name) for name in RECORDED}
        return own | by | what | values | {"search_text": self.kind.columns["sought"]}


def _write(connection: Connection, rows: list[_Row]) -> None:
    connection.execute(insert(scans), [row.scan() for row in rows])
    if read := [page for row in rows for page in row.pages()]:
        connection.execute(insert(pages), read)
    connection.execute(insert(drafts), [row.draft() for row in rows])
    done = [row for row in rows if row.state is DraftState.CONFIRMED]
    if done:
        connection.execute(insert(decisions), [row.decision() for row in done])
        connection.execute(insert(records), [row.record() for row in done])
    found = {"reasons": ["reference"], "score": 1.0, "found_at": rows[0].at}
    alike = [{"first_id": row.id, "second_id": row.id + 1} | found for row in rows[:-1:40]]
    connection.execute(insert(same_matters), alike)


def _draw(office: Office, places: range) -> None:
    """Give letters their pictures: a few different ones, each under many names."""
    views = [picture(number) for number in range(_PICTURES)]
    for place in places:
        for page in (1, 2):
            office.archive.write_view(f"{place:064x}", page, views[(place + page) % _PICTURES])


@contextmanager
def served(office: Office) -> Iterator[str]:
    """Serve an office in a process of its own; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = multiprocessing.get_context("spawn")
    server = context.Process(target=_serve, args=(office.settings.data_dir, port), daemon=True)
    server.start()
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.join()


def _serve(folder: Path, port: int) -> None:
    app = create_app(open_office(Settings(data_dir=folder, train_after=0)))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the office did not open")
