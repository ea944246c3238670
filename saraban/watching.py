"""``saraban watch``: takes in what programs and shares lay into folders of the server itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy.exc import OperationalError

from agent.backoff import NotNow
from agent.batches import Batches
from agent.command import today, works_of
from agent.console import Console
from agent.journal import Entry, Journal
from agent.rounds import Rounds
from agent.seat import seat
from agent.sending import Receipt, Source
from agent.settings import AgentSettings
from ingest.entrance import RETRY_STORAGE, STORAGE_FULL
from ingest.intake import receive
from models.batches import BatchOrigin, get_batch, open_batch, origin_of
from models.database import looking, writing
from models.scans import Arrival, Origin, Outcome
from saraban.office import Office, now

_SOURCE = "watch"


@dataclass(frozen=True, slots=True)
class DirectSender:
    """Takes files straight into an office, by the door that all files come by."""

    office: Office
    batches: Batches
    district: str | None

    def send(self, source: Source, entry: Entry, keep: Callable[[Entry], None]) -> Receipt:
        """Take a file in; see ``agent.sending.Sender``."""
        settings, archive = self.office.settings, self.office.archive
        try:
            if not archive.has_room(settings.least_free_mb * 2**20, entry.size):
                raise NotNow(STORAGE_FULL, RETRY_STORAGE)
            stream = cast(BinaryIO, source)  # of a stream the door knows read() alone
            arrivals = receive(self.office.intake, stream, Path(entry.path).name, self._from(entry))
        except OperationalError as error:
            raise NotNow("ฐานข้อมูลยังไม่พร้อม") from error
        except OSError as error:
            raise NotNow(f"เก็บไฟล์ไม่สำเร็จ ({error.strerror})", RETRY_STORAGE) from error
        return _receipt(arrivals)

    def drop(self, entry: Entry) -> None:
        """Nothing is kept of a file that did not come whole."""

    def _from(self, entry: Entry) -> Origin:
        batch_id = self.batches.of(entry.folder, self._open)
        if batch_id is None:
            return origin_of(_SOURCE, None, self.district)
        with looking(self.office.engine) as connection:
            return origin_of(_SOURCE, get_batch(connection, batch_id), self.district)

    def _open(self, name: str) -> int:
        with writing(self.office.engine) as connection:
            return open_batch(connection, BatchOrigin(name, _SOURCE, self.district), now())


def _receipt(arrivals: Sequence[Arrival]) -> Receipt:
    """Return one receipt; a ZIP is accepted when anything in it is."""
    outcomes = {arrival.outcome for arrival in arrivals}
    if outcomes <= {Outcome.REFUSED}:
        reasons = [arrival.reason for arrival in arrivals if arrival.reason]
        return Receipt(duplicate=False, refused=reasons[0] if reasons else "ไม่รับไฟล์นี้")
    return Receipt(duplicate=Outcome.NEW not in outcomes, refused=None)


def watch(office: Office, settings: AgentSettings, district: str | None, *, once: bool) -> Rounds:
    """Take in what comes into the folders, until stopped or, ``once``, until they are empty.

    Raises:
        AnotherAgent: another process watches the same folders.
        OSError: the journal cannot be kept.
    """
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    with seat(settings.state):
        console = Console(settings.log_file)
        batches = Batches(settings.state / "batches.json", settings.batch, today)
        sender = DirectSender(office, batches, district)
        journal = Journal(settings.state / "journal.jsonl")
        rounds = Rounds(works_of(settings, journal, console, sender))
        console.say(f"เฝ้าโฟลเดอร์ {', '.join(map(str, settings.folders))}")
        rounds.run(once=once)
    return rounds


def state_of(data_dir: Path, folders: Sequence[Path]) -> Path:
    """Return where the journal of these folders is kept."""
    names = "\n".join(sorted(str(folder) for folder in folders))
    digest = hashlib.sha256(names.encode("utf-8", "surrogateescape")).hexdigest()
    return data_dir / _SOURCE / digest[:16]
