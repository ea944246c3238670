"""PostgreSQL's own tools: pg_dump and pg_restore. No password is on a command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine

_PACKAGES = Path("/usr/lib/postgresql")  # where Debian puts every version's programs
_ENGINE_SCHEMA = "dbos"  # the durable engine's own book; not part of the office


class ToolMissing(Exception):
    """A program of PostgreSQL is not on this machine."""


class ToolFailed(Exception):
    """A program of PostgreSQL gave up; the message holds what it said."""


@contextmanager
def one_moment(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """Give a view that stands still, and the name by which pg_dump sees the very same rows."""
    steady = engine.connect().execution_options(isolation_level="REPEATABLE READ")
    with steady as connection, connection.begin():
        found = connection.exec_driver_sql("SELECT pg_export_snapshot()")
        yield connection, str(found.scalar_one())


def dump(url: URL, moment: str, place: Path) -> None:
    """Write the office's tables as they stand at a moment to a file.

    Raises:
        ToolMissing: pg_dump is not there.
        ToolFailed: it gave up.
        OSError: the disk is full or broken.
    """
    flags = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
    with place.open("wb") as file:
        _run("pg_dump", [*flags, f"--exclude-schema={_ENGINE_SCHEMA}"], url, file.fileno())
        os.fsync(file.fileno())


def load(url: URL, dumped: Path, again: bool) -> None:
    """Bring a dump into a database, in one transaction; ``again``: drop its tables first.

    Raises:
        ToolMissing: pg_restore is not there.
        ToolFailed: it gave up; nothing was changed.
    """
    flags = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    if again:
        flags += ["--clean", "--if-exists"]
    _run("pg_restore", [*flags, f"--dbname={url.database or ''}", str(dumped)], url)


def _run(name: str, flags: list[str], url: URL, output: int = subprocess.DEVNULL) -> None:
    ended = subprocess.run(
        [_program(name), *flags, "--no-password"],
        env=_environment(url),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    if ended.returncode != 0:
        said = ended.stderr.decode("utf-8", "replace").strip()
        raise ToolFailed(f"{name} ทำไม่สำเร็จ: {said or ended.returncode}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is not None:
        return found
    of_packages = [path for path in _PACKAGES.glob(f"*/bin/{name}") if path.parts[-3].isdigit()]
    if not of_packages:
        raise ToolMissing(f"ไม่พบ {name} ติดตั้งด้วย sudo apt-get install postgresql-client")
    return str(max(of_packages, key=lambda path: int(path.parts[-3])))


def _environment(url: URL) -> dict[str, str]:
    """Return where the database is and how to come in, in the words of libpq."""
    asked = {key: value for key, value in url.query.items() if isinstance(value, str)}
    said = {
        "PGHOST": url.host or asked.get("host"),
        "PGPORT": str(url.port) if url.port else asked.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGPASSFILE": asked.get("passfile"),
        "PGDATABASE": url.database,
        "PGSSLMODE": asked.get("sslmode"),
        "PGSSLROOTCERT": asked.get("sslrootcert"),
    }
    return dict(os.environ) | {key: value for key, value in said.items() if value}
