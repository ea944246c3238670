"""What officers print and download: sheets, stickers, and the program of a scanner PC."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from saraban.office import district_names, open_office
from saraban.settings import Settings
from tests.saraban.conftest import client_of


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(open_office(Settings(data_dir=tmp_path / "data"))) as client:
        client.cookies.set("saraban_officer", quote("สมชาย ใจเย็น"))
        yield client


def test_separators_and_stickers_are_drawn_for_every_district_that_can_be_chosen(
    client: TestClient,
) -> None:
    names = district_names()
    assert len(names) == len(set(names)) == 928
    shared = next(name for name in names if name.startswith("เฉลิมพระเกียรติ "))
    for name in ("พังโคน", shared, names[0], names[-1]):
        for kind in ("separators", "stickers"):
            answer = client.get(f"/print/{kind}.pdf", params={"district": name, "count": 2})
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["separators", "stickers"])
def test_a_district_that_nobody_knows_is_told_on_the_page(client: TestClient, kind: str) -> None:
    answer = client.get(f"/print/{kind}.pdf", params={"district": "ไม่มีอำเภอนี้"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "ไม่มีอำเภอนี้" in answer.text


@pytest.mark.parametrize(
    ("kind", "count"), [("separators", 201), ("stickers", 4801), ("stickers", 0)]
)
def test_more_than_can_be_printed_is_told_and_not_cut_down(
    client: TestClient, kind: str, count: int
) -> None:
    answer = client.get(f"/print/{kind}.pdf", params={"district": "พังโคน", "count": count})
    assert answer.status_code == 422
    assert "ต้องอยู่ระหว่าง 1 ถึง" in answer.text


def test_a_category_that_is_not_in_use_is_told_on_the_page(client: TestClient) -> None:
    answer = client.get("/print/separators.pdf", params={"district": "พังโคน", "category": "XX"})
    assert answer.status_code == 422
    assert "ไม่มีหมวด XX" in answer.text


def test_the_program_of_a_scanner_pc_is_handed_out_whole(client: TestClient) -> None:
    assert "/stations/saraban-agent.pyz" in client.get("/stations").text
    answer = client.get("/stations/saraban-agent.pyz")
    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert {"__main__.py", "agent/tus.py"} <= set(archive.namelist())
