from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import writing
from models.stations import add_station
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.agent.scanner_pc import ScannerPc
from tests.conftest import NOW
from tests.saraban.killed_server import ServerProcess, served


@pytest.fixture(scope="session")
def agents_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return open_office(Settings(data_dir=tmp_path_factory.mktemp("office") / "data"))


@pytest.fixture(scope="session")
def server(agents_office: Office) -> Iterator[ServerProcess]:
    with served(agents_office.settings.data_dir) as server:
        yield server


@pytest.fixture(scope="session")
def key(agents_office: Office) -> str:
    with writing(agents_office.engine) as connection:
        return add_station(connection, "เคาน์เตอร์ 1", NOW)


@pytest.fixture
def pc(tmp_path: Path, server: ServerProcess, key: str) -> Iterator[ScannerPc]:
    pc = ScannerPc(tmp_path / "pc", server.address, key)
    yield pc
    pc.end()
