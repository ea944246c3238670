"""The rounds of the agent: look, take what has come to rest, send it, move it; for ever.

A file is moved only after its receipt. Whatever moment we are killed at, the journal says enough
to go on: a file is sent again or moved, never left unsent.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from agent.backoff import Backoff, NotNow
from agent.console import Console, shown
from agent.exclusive import Busy, open_alone
from agent.folder import Seen, files_in
from agent.journal import Entry, Journal, State
from agent.placing import Placed, place, target_of
from agent.sending import Changed, Receipt, Rejected, Sender, Source
from agent.stability import Resting, Stability
from agent.wholeness import looks_whole

_AWAY = "away"
_AT_ONCE = 100  # files, then we look at the folders again


@dataclass(frozen=True, slots=True)
class Works:
    """What the rounds need. ``pause`` waits some seconds, ``poll`` is how many between rounds."""

    folders: Sequence[Path]
    journal: Journal
    stability: Stability
    sender: Sender
    console: Console
    backoff: Backoff
    pause: Callable[[float], None]
    today: Callable[[], dt.date]
    poll: float


class Rounds:
    """Goes its rounds through the folders.

    ``failed`` counts the files that need a person, ``troubled`` tells that a folder cannot be read.
    """

    def __init__(self, works: Works) -> None:
        self._works, self.failed, self.troubled = works, 0, False
        self._failures: Counter[Path] = Counter()
        self._unsure = {each.path for each in works.journal.live() if each.state is State.SETTLED}

    def run(self, *, once: bool) -> None:
        """Go rounds, until the folders are empty where it is ``once``."""
        while self._round() or not once:
            self._works.pause(self._works.poll)

    def _round(self) -> bool:
        """Go one round; tell whether anything is left to do."""
        try:
            self._move_settled()
            self._note_gone()
            found = self._look()
            left = len(found)
            resting = self._works.stability.look(found)
            # Files that failed before come last: one that always fails holds nobody up.
            resting.sort(key=lambda each: self._failures[each.seen.path])
            for file in resting[:_AT_ONCE]:
                left -= self._deliver(file)
        except NotNow as error:
            self._works.console.say_once(_AWAY, f"{error} จะลองใหม่เอง ไฟล์ยังอยู่ครบ")
            if error.progress:
                self._works.backoff.is_over()
            self._works.pause(self._works.backoff.wait(error.wait))
            return True
        return left > 0

    def _look(self) -> list[Seen]:
        found: dict[Path, Seen] = {}
        self.troubled = False
        for folder in self._works.folders:
            subject = f"folder {folder}"
            try:
                seen, unreadable = files_in(folder)
            except OSError as error:
                self.troubled = True
                self._works.console.say_once(
                    subject, f"เปิดโฟลเดอร์ {folder} ไม่ได้ ({error.strerror}) จะลองใหม่เอง"
                )
                continue
            self._works.console.is_over(subject, f"เปิดโฟลเดอร์ {folder} ได้แล้ว")
            for place_ in unreadable:
                self._works.console.say_once(f"folder {place_}", f"เปิดโฟลเดอร์ {place_} ไม่ได้")
            found |= {each.path: each for each in seen}
        return list(found.values())

    def _deliver(self, resting: Resting) -> bool:
        """Send a file and move it; False when it has to wait.

        Raises:
            NotNow: it cannot be sent for the moment.
        """
        path, console = resting.seen.path, self._works.console
        known = self._works.journal.get(str(path))
        if known is not None and known.state is State.SETTLED:
            return resting.overdue  # it could not be moved yet
        try:
            with open_alone(path) as file:
                if not resting.overdue and not looks_whole(file, resting.seen.size):
                    console.say_once(
                        f"end {path}", f"{shown(path.name)}: ไฟล์ยังไม่ครบ รอให้เขียนจนเสร็จ"
                    )
                    return False
                entry = self._taken(resting.seen, file)
                receipt = self._works.sender.send(
                    Source(file, entry), entry, self._works.journal.write
                )
        except FileNotFoundError:
            return False
        except (Busy, OSError) as error:
            if resting.overdue:
                console.say_once(f"open {path}", f"{shown(path.name)}: เปิดไฟล์ไม่ได้ ({error})")
            return resting.overdue
        except Changed:
            console.say(f"{shown(path.name)}: ไฟล์เปลี่ยนไประหว่างส่ง จะรอให้นิ่งแล้วส่งใหม่")
            self._let_go(str(path))
            return False
        except NotNow:
            self._failures[path] += 1
            raise
        except Rejected as error:
            receipt = Receipt(duplicate=False, refused=str(error))
        self._works.backoff.is_over()
        console.is_over(_AWAY, "ติดต่อระบบได้แล้ว")
        console.is_over(f"end {path}")
        console.is_over(f"open {path}")
        del self._failures[path]
        self._settle(str(path), receipt)
        return True

    def _taken(self, seen: Seen, file: io.BufferedReader) -> Entry:
        """Return the journal's entry for a file as it is, with what was sent of it before."""
        path, journal = str(seen.path), self._works.journal
        known = journal.get(path)
        if known is not None:
            if (known.size, known.mtime_ns) == (seen.size, seen.mtime_ns):
                return known
            self._let_go(path)
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        entry = Entry(path, str(seen.folder), seen.size, seen.mtime_ns, digest)
        journal.write(entry)
        return entry

    def _settle(self, path: str, receipt: Receipt) -> None:
        """Write down what became of a file, then move it."""
        entry = self._works.journal.get(path)
        assert entry is not None
        name = shown(Path(path).name)
        if receipt.refused is not None:
            self.failed += 1
            self._works.console.say(f"✗ {name}: {receipt.refused} (ย้ายไว้ใน failed)")
        else:
            self._works.console.say(f"✓ {name}: ส่งแล้ว{' (ระบบมีอยู่แล้ว)' * receipt.duplicate}")
        entry = replace(entry, state=State.SETTLED, reason=receipt.refused)
        self._move(self._aim(entry))

    def _aim(self, entry: Entry) -> Entry:
        entry = replace(entry, target=str(target_of(entry, self._works.today().isoformat())))
        self._works.journal.write(entry)
        return entry

    def _move_settled(self) -> None:
        for entry in self._works.journal.live():
            if entry.state is State.SETTLED:
                if entry.path in self._unsure and not _has_these_bytes(entry):
                    self._let_go(entry.path)
                else:
                    self._move(entry)
        self._unsure.clear()

    def _move(self, entry: Entry) -> None:
        subject, name = f"move {entry.path}", shown(Path(entry.path).name)
        try:
            placed = place(entry)
            while placed is Placed.TARGET_TAKEN:
                entry = self._aim(entry)
                placed = place(entry)
        except OSError as error:
            self._works.console.say_once(
                subject, f"{name}: ย้ายไฟล์ไม่ได้ ({error.strerror}) จะลองใหม่เอง ไม่ต้องส่งซ้ำ"
            )
            return
        self._works.console.is_over(subject)
        if placed is Placed.GONE:
            self._works.console.say(f"{name}: มีผู้ย้ายไฟล์ออกไปแล้ว")
        elif placed is Placed.CHANGED:
            self._works.console.say(f"{name}: มีไฟล์ใหม่ชื่อเดิม จะส่งเป็นอีกไฟล์")
            self._works.stability.again(Path(entry.path))
        self._works.journal.write(replace(entry, state=State.DONE))

    def _note_gone(self) -> None:
        """Forget what was taken and is gone from its folder; to send it again would be harmless."""
        for entry in self._works.journal.live():
            if entry.state is State.TAKEN and not os.path.lexists(entry.path):
                if not Path(entry.folder).is_dir():
                    continue  # the drive is away, not the file
                self._works.console.say(f"{shown(Path(entry.path).name)}: ไฟล์หายไปก่อนส่งเสร็จ")
                self._let_go(entry.path)

    def _let_go(self, path: str) -> None:
        """Give up what was sent of a file, which must come to rest anew."""
        entry = self._works.journal.get(path)
        if entry is not None:
            self._works.sender.drop(entry)
            self._works.journal.write(replace(entry, state=State.DONE))
        self._works.stability.again(Path(path))


def _has_these_bytes(entry: Entry) -> bool:
    """Tell whether the file of an entry from an earlier life is the one that was sent."""
    for path in (entry.path, entry.target):
        try:
            with open_alone(Path(path or "")) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256:
                    return True
        except OSError:
            continue
        except Busy:
            return True  # we look no further: its size and time must tell
    return False
