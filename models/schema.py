"""Brings the tables of a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models import desk_tables, matter_tables, tables
from models.database import looking, writing

# Each adds its tables to the one metadata.
_TABLES = (tables, desk_tables, matter_tables)
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


def differences(engine: Engine) -> list[object]:
    """Return what differs between the migrated database and the tables in the code."""
    with looking(engine) as connection:
        return list(compare_metadata(MigrationContext.configure(connection), tables.metadata))
