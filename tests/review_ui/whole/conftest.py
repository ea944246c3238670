"""The whole application, intake and all, in place of the desk alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from saraban.app import create_app
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.review_ui.serving import serving


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(Settings(data_dir=tmp_path / "data", least_free_mb=0))


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with serving(create_app(office)) as address:
        yield address
