"""Blind second readings on screen, and the overview that tells how right the office is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from models.database import looking
from models.overview import Day
from models.records import record_of_draft
from models.second_readings import Accuracy
from models.terms import FieldName
from review_ui.overview import at_most, days_left
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import Office, letter, open_office
from tests.review_ui.test_routes import CONFIRMED, post

SECOND, THIRD = "มานี มีนา", "วิชัย ใจกล้า"
SAID = {"reference_no": "สน 0018.1/456", "date": "13/11/2567", "district": "เมืองสกลนคร"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office in which every confirmed letter is read again."""
    office = open_office(tmp_path)
    return replace(office, desk=replace(office.desk, second_share=1.0, lot=lambda: 0.99))


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(office.app(), follow_redirects=False) as client:
        sit(client, OFFICER)
        yield client


def sit(client: TestClient, name: str) -> None:
    client.cookies.clear()
    client.cookies.set("saraban_officer", quote(name))


def confirm_one(office: Office, client: TestClient) -> int:
    draft = office.add("a.pdf", letter())
    assert post(client, draft, "confirm", **SAID).status_code == 303
    return draft.id


def test_the_second_officer_sees_the_page_and_nothing_that_was_read(
    office: Office, client: TestClient
) -> None:
    confirm_one(office, client)
    assert client.get("/status.json").json()["second"] == 1
    assert "ต้องให้ผู้อื่นตรวจ" in client.get("/second").text
    sit(client, SECOND)
    page = client.get("/second").text
    assert 'src="/pictures/' in page
    for told in ("0018.1/456", "2567", "เมืองสกลนคร", 'class="box', OFFICER, "/turn"):
        assert told not in page, told
    sit(client, THIRD)  # one letter is never with two
    assert "ไม่มีเรื่องให้ท่านตรวจซ้ำ" in client.get("/second").text


def test_what_is_no_value_is_told_and_nothing_is_lost(office: Office, client: TestClient) -> None:
    confirm_one(office, client)
    sit(client, SECOND)
    answer = client.post("/second/1", data=SAID | {"date": "30/2/2567", "district": ""})
    assert answer.status_code == 422
    assert "ไม่มีวันที่ 30 กุมภาพันธ์ 2567" in answer.text
    assert "ไม่มีในเอกสาร” " in answer.text or "ไม่มีในเอกสาร”" in answer.text
    assert 'value="สน 0018.1/456"' in answer.text
    assert client.get("/status.json").json()["second"] == 1


def test_a_difference_goes_to_a_third_who_is_not_told_whose_is_whose(
    office: Office, client: TestClient
) -> None:
    draft_id = confirm_one(office, client)
    sit(client, SECOND)
    other = SAID | {"reference_no": "สน 0018.1/436", "district": "", "absent_district": "yes"}
    assert client.post("/second/1", data=other).headers["location"] == "/second?done=second"
    assert client.post("/second/1", data=other).status_code == 409
    sit(client, THIRD)
    page = client.get("/second").text
    assert "ผู้ตรวจสองคนอ่านไม่ตรงกัน" in page
    assert OFFICER not in page
    assert SECOND not in page
    choices = re.findall(r'name="choose_reference_no" value="([^"]*)"', page)
    assert set(choices) == {"สน 0018.1/456", "สน 0018.1/436", "other"}
    assert 'name="choose_date"' not in page  # both read the same
    chosen = {"choose_reference_no": "สน 0018.1/436", "choose_district": "เมืองสกลนคร"}
    assert client.post("/second/1", data=SAID | chosen).status_code == 303
    with looking(office.engine) as connection:
        record = record_of_draft(connection, draft_id)
    assert record is not None
    assert record.values[FieldName.REFERENCE_NO] == "สน 0018.1/436"
    assert record.values[FieldName.DISTRICT] == "เมืองสกลนคร"
    told = client.get("/overview").text
    assert "1 จาก 3 ช่องที่สุ่มอ่านซ้ำ" in told
    assert "ตรวจซ้ำแล้วแก้โดย" in client.get("/registry/1").text


def test_only_the_drawn_share_is_read_again(office: Office, client: TestClient) -> None:
    desk = replace(office.desk, second_share=0.03, lot=lambda: 0.031)
    with TestClient(replace(office, desk=desk).app(), follow_redirects=False) as seldom:
        sit(seldom, OFFICER)
        for name, told in (("a.pdf", "{}"), ("b.pdf", '{"subject": ["accepted", 1]}')):
            draft = office.add(name, letter())
            form = CONFIRMED | SAID | {"action": "confirm", "touched": told}
            assert seldom.post(f"/drafts/{draft.id}", data=form).status_code == 303
        # Only the letter with values that were accepted together: three times as likely.
        assert seldom.get("/status.json").json()["second"] == 1


def test_a_letter_that_is_taken_back_is_not_read_again(office: Office, client: TestClient) -> None:
    draft_id = confirm_one(office, client)
    client.post(f"/drafts/{draft_id}/undo")
    assert client.get("/status.json").json()["second"] == 0


def test_an_empty_office_has_an_overview(client: TestClient) -> None:
    page = client.get("/overview").text
    assert "ไม่มีเรื่องค้าง" in page
    assert "ยังไม่มีผลตรวจซ้ำ" in page


def test_the_overview_leads_to_the_queue_of_a_district(office: Office, client: TestClient) -> None:
    office.add("a.pdf", letter())
    page = client.get("/overview").text
    link = re.search(r'href="(/queue\?sieve=1[^"]+)"', page)
    assert link is not None
    assert ">a.pdf" in client.get(link[1].replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("fields", "wrong", "most"), [(600, 0, 0.0045), (250, 2, 0.0239), (3, 3, 1.0), (0, 0, None)]
)
def test_the_share_of_wrong_fields_has_an_upper_bound(
    fields: int, wrong: int, most: float | None
) -> None:
    bound = at_most(Accuracy(fields // 3, fields, wrong, wrong / fields if fields else None))
    assert bound == (None if most is None else pytest.approx(most, abs=0.0005))


def test_days_on_which_nobody_works_do_not_count() -> None:
    from datetime import date

    week = [Day(date(2025, 3, n), 2, 30 if n < 6 else 0) for n in range(1, 8)]
    assert days_left(280, week) == 10
    assert days_left(0, week) == 0
    assert days_left(10, [Day(date(2025, 3, 1), 0, 0)]) is None
    assert days_left(10, [Day(date(2025, 3, 1), 9, 5)]) is None
