"""Brings the tables of a database up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models import desk_tables, intake_tables, matter_tables, tables
from models.database import looking, writing

# Each adds its tables to the one metadata.
_TABLES = (tables, intake_tables, desk_tables, matter_tables)
_MIGRATIONS = Path(__file__).with_name("migrations")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Apply every migration that is missing; does nothing on an up-to-date database."""
    with writing(engine) as connection:
        command.upgrade(_config(connection), to)
    analyze(engine)


def analyze(engine: Engine) -> None:
    """Tell SQLite how its tables are filled, in milliseconds; other databases look themselves.

    Without it, SQLite takes every state for a rare one and walks through all letters that wait.
    """
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit=1000")
            connection.exec_driver_sql("ANALYZE")


def downgrade(engine: Engine, to: str) -> None:
    """Take migrations back, down to a revision; what only the newer tables hold is lost."""
    with writing(engine) as connection:
        command.downgrade(_config(connection), to)


def revision(engine: Engine) -> str | None:
    """Return the revision that the database is at, None for an empty one."""
    with looking(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the revision that this software needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str | None) -> bool:
    """Tell whether this software can bring a database of this revision up to date."""
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    return revision in known


def differences(engine: Engine) -> list[object]:
    """Return what differs between the migrated database and the tables in the code."""
    with looking(engine) as connection:
        found = list(compare_metadata(MigrationContext.configure(connection), tables.metadata))
    if engine.dialect.name == "sqlite":
        found = _but_for_directions(found)
    return found


def _but_for_directions(found: list[Any]) -> list[object]:
    """Leave out indexes over the same columns: SQLite does not tell which of them descend."""

    def indexes(how: str) -> dict[str, list[str]]:
        return {
            each[1].name: [column.name for column in each[1].columns]
            for each in found
            if each[0] == how
        }

    there, wanted = indexes("remove_index"), indexes("add_index")
    same = {name for name, columns in wanted.items() if there.get(name) == columns}
    ways = ("remove_index", "add_index")
    return [each for each in found if each[0] not in ways or each[1].name not in same]
