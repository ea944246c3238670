"""An empty office, a station that holds a key to it, and a client of its whole application."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from models.database import writing
from models.stations import add_station
from saraban.app import create_app
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import NOW


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data", least_free_mb=0))


@pytest.fixture
def key(office: Office) -> str:
    with writing(office.engine) as connection:
        return add_station(connection, "เคาน์เตอร์ 1", NOW)


def client_of(office: Office) -> TestClient:
    return TestClient(create_app(office), raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with client_of(office) as client:
        yield client
