from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from ingest.archive import Archive
from ingest.intake import Intake
from ingest.limits import Limits
from tests.conftest import clock


@pytest.fixture
def intake(tmp_path: Path, engine: Engine) -> Intake:
    """An office's door."""
    return Intake(Archive(tmp_path / "archive"), engine, Limits(), clock)
