"""Claims, forms that keep themselves, two versions, taking back: as the browser's script asks."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.claims import holder
from models.database import looking
from models.decisions import decisions_of
from models.draft_states import DraftState
from models.drafts import Draft
from models.records import count, record_of_draft
from models.terms import FieldName
from models.unfinished import kept
from models.vouching import CRITICAL
from review_ui.answers import read_touches
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import NOW, Office, doubtful, letter, seen
from tests.review_ui.test_routes import CONFIRMED, post

OTHER = "มานี มีนา"
ASKS = {"Accept": "application/json"}


def sit(client: TestClient, name: str, supervisor: bool = False) -> None:
    client.cookies.clear()
    client.cookies.set("saraban_officer", quote(name))
    client.cookies.set("saraban_supervisor", "yes" if supervisor else "no")


def keep(client: TestClient, draft: Draft, version: int, **form: str) -> Response:
    said = CONFIRMED | {"version": str(version)} | form
    return client.patch(f"/drafts/{draft.id}/form", data=said)


def test_opening_a_letter_claims_it_and_others_may_only_look(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    client.get(f"/drafts/{draft.id}")
    sit(client, OTHER)
    page = client.get(f"/drafts/{draft.id}").text
    assert f"{OFFICER} กำลังตรวจเรื่องนี้" in page
    assert "หากเร่งด่วน ให้หัวหน้ารับช่วงต่อ" in page
    assert 'value="confirm"' not in page
    assert OFFICER in client.get("/queue").text
    assert post(client, draft, "confirm").status_code == 412
    assert office.fresh(draft).state is DraftState.WAITING


def test_what_is_given_back_is_free_and_ones_own_is_not_passed_over(
    office: Office, client: TestClient
) -> None:
    first, second = office.add("a.pdf", letter()), office.add("b.pdf", letter())
    assert client.post("/queue/next", headers=ASKS).json()["id"] == first.id
    assert client.post("/queue/next", headers=ASKS).json()["id"] == first.id
    ahead = client.post("/queue/next", params={"beside": first.id}, headers=ASKS)
    assert ahead.json() == {"id": second.id, "url": f"/drafts/{second.id}"}
    sit(client, OTHER)
    none = client.post("/queue/next", headers=ASKS).json()
    assert none == {"id": None, "url": "/queue?done=empty"}
    assert "ผู้อื่นกำลังตรวจอยู่ทั้งหมด" in client.get("/queue?done=empty").text
    sit(client, OFFICER)
    assert client.post("/claims/back", data={"ids": [first.id]}).status_code == 204
    sit(client, OTHER)
    assert client.post("/queue/next").headers["location"] == f"/drafts/{first.id}"


def test_a_letter_that_is_passed_over_goes_back_to_the_queue(
    office: Office, client: TestClient
) -> None:
    first, second = office.add("a.pdf", letter()), office.add("b.pdf", letter())
    client.get(f"/drafts/{first.id}")
    query = {"beside": first.id, "skip": [first.id]}
    assert client.post("/queue/next", params=query, headers=ASKS).json()["id"] == second.id
    with looking(office.engine) as connection:
        assert holder(connection, first.id, NOW) is None


def test_a_heartbeat_tells_what_is_still_ones_own(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    client.get(f"/drafts/{draft.id}")
    renewed = client.post("/claims/renew", data={"ids": [draft.id, 99]})
    assert renewed.json() == {"held": [draft.id]}
    sit(client, OTHER)
    assert client.post("/claims/renew", data={"ids": [draft.id]}).json() == {"held": []}
    client.cookies.clear()
    assert client.post("/claims/renew", data={"ids": [draft.id]}).status_code == 401


def test_only_a_supervisor_takes_over_and_it_is_written_down(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    client.get(f"/drafts/{draft.id}")
    keep(client, draft, 1, subject="พิมพ์ค้างไว้")
    sit(client, OTHER)
    assert client.post(f"/drafts/{draft.id}/take-over").status_code == 403
    sit(client, OTHER, supervisor=True)
    assert "รับช่วงต่อ</button>" in client.get(f"/drafts/{draft.id}").text
    taken = client.post(f"/drafts/{draft.id}/take-over")
    assert taken.headers["location"] == f"/drafts/{draft.id}?done=take_over"
    page = client.get(taken.headers["location"]).text
    assert f"มีงานค้างของ {OFFICER}" in page
    assert ">พิมพ์ค้างไว้</textarea>" in page
    with looking(office.engine) as connection:
        (decision,) = decisions_of(connection, [draft.id])[draft.id]
    assert (decision.action, decision.officer) == ("take_over", OTHER)
    sit(client, OFFICER)
    assert keep(client, draft, 2, subject="ยังพิมพ์อยู่").status_code == 412


def test_a_form_keeps_itself_and_comes_back_as_it_was(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    touched = json.dumps({"subject": ["typed", 2100], "date": ["key", 800], "x": ["key", 1]})
    answer = keep(
        client, draft, 1, subject="ไฟดับ", date="13/11/2567", touched=touched, active_ms="4200"
    )
    assert answer.json() == {"version": 2, "problems": {}, "rules": {}}
    page = client.get(f"/drafts/{draft.id}").text
    assert ">ไฟดับ</textarea>" in page
    assert 'name="version" value="2"' in page
    assert 'name="active_ms" value="4200"' in page
    assert "ยืนยันแล้ว" in page
    assert keep(client, draft, 1, subject="เก่ากว่า").status_code == 412
    with looking(office.engine) as connection:
        form = kept(connection, draft.id)
    assert form is not None
    assert form.form["values"]["subject"] == "ไฟดับ"


def test_what_is_against_a_form_is_told_as_it_is_kept(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    said = keep(client, draft, 1, date="30/2/2567", phone="081234567", received_no="1").json()
    assert list(said["problems"]) == ["date"]
    assert said["rules"] == {}  # nine digits are a number, too
    said = keep(client, draft, 2, date="13/11/2567", received_date="12/11/2567", phone="12").json()
    assert set(said["rules"]) == {"received_date", "phone"}
    assert said["problems"] == {}


def test_a_broken_rule_may_stand_if_the_officer_says_so(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    refused = post(client, draft, "confirm", phone="12")
    assert refused.status_code == 422
    assert "เลขโทรศัพท์ควรมี 9 หรือ 10 หลัก" in refused.text
    assert 'value="rule:phone"' in refused.text  # for browsers without JavaScript
    ticked = [*(name.value for name in CRITICAL), "rule:phone"]
    looked_over = post(client, draft, "check", phone="12", checked=ticked)
    assert "กด Enter ที่ช่องนี้" not in looked_over.text
    touched = json.dumps({"phone": ["overridden", 900]})
    assert post(client, draft, "confirm", phone="12", touched=touched).status_code == 303
    with looking(office.engine) as connection:
        (decision,) = decisions_of(connection, [draft.id])[draft.id]
    assert decision.answers is not None
    assert decision.answers["phone"]["by"] == "overridden"


@pytest.mark.parametrize("missing", [name.value for name in CRITICAL])
@pytest.mark.parametrize("how", ["accepted", "seen", "unseen", "made_up"])
def test_no_critical_field_goes_along(
    office: Office, client: TestClient, missing: str, how: str
) -> None:
    draft = office.add("a.pdf", letter())
    checked = [name.value for name in CRITICAL if name.value != missing]
    told = json.dumps({missing: [how, 5]})
    answer = post(client, draft, "confirm", checked=checked, touched=told)
    assert answer.status_code == 422
    assert "กด Enter ที่ช่องนี้เพื่อยืนยัน" in answer.text
    assert office.fresh(draft).state is DraftState.WAITING


def test_a_decision_tells_field_by_field_who_said_what_how_and_how_long(
    office: Office, client: TestClient
) -> None:
    draft = office.add("b.pdf", doubtful())
    touched = json.dumps(
        {
            "reference_no": ["taken", 1200],
            "date": ["key", 700],
            "district": ["absent", 300],
            "subject": ["typed", 4000],
            "phone": ["accepted", 0],
        }
    )
    said = {"reference_no": "สน 0018.1/456", "date": "13/11/2567", "subject": "ไฟดับ"}
    said |= {"phone": "0812345678", "touched": touched, "active_ms": "17000"}
    assert post(client, draft, "confirm", checked=[], **said).status_code == 303
    with looking(office.engine) as connection:
        (decision,) = decisions_of(connection, [draft.id])[draft.id]
        record = record_of_draft(connection, draft.id)
    assert decision.active_ms == 17000
    answers = decision.answers or {}
    assert answers["reference_no"] == {
        "machine": "สน 0018.1/436",
        "officer": "สน 0018.1/456",
        "how": "changed",
        "by": "taken",
        "ms": 1200,
    }
    ways = {name: answers[name]["by"] for name in ("date", "district", "phone", "sender")}
    assert ways == {"date": "key", "district": "absent", "phone": "accepted", "sender": "unseen"}
    assert record is not None
    assert record.values[FieldName.DISTRICT] is None
    page = client.get("/registry/1").text
    assert "ไม่มีในเอกสาร" in page
    assert "เลือกค่าที่แนะนำ" in page


@pytest.mark.parametrize(
    "told", ["", "x", "[]", "null", '{"date": 1}', '{"date": ["key"]}', '{"date": ["key", "x"]}']
)
def test_a_script_that_tells_nonsense_vouches_for_nothing(told: str) -> None:
    assert read_touches(told, []) == {}


def test_both_versions_are_shown_and_a_choice_goes_on(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    keep(client, draft, 1, subject="ฉบับของอีกแท็บ")
    stale = post(client, draft, "confirm", subject="ที่พิมพ์ไว้")
    assert stale.status_code == 412
    assert 'value="ที่พิมพ์ไว้"' in stale.text
    assert 'value="ฉบับของอีกแท็บ"' in stale.text
    assert 'name="version" value="2"' in stale.text
    chosen = post(client, draft, "check", version="2", subject="ที่พิมพ์ไว้")
    assert ">ที่พิมพ์ไว้</textarea>" in chosen.text
    with looking(office.engine) as connection:
        form = kept(connection, draft.id)
    assert form is not None
    assert form.form["values"]["subject"] == "ฉบับของอีกแท็บ"  # nothing is overwritten by looking


def test_a_record_is_taken_back_and_waits_with_what_was_said(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    done = post(client, draft, "confirm", subject="แก้แล้ว")
    page = client.get(done.headers["location"]).text
    assert page.count(f'action="/drafts/{draft.id}/undo"') == 2  # what was just done, and the list
    assert "ที่ท่านเพิ่งทำใน 10 นาที (1)" in page
    back = client.post(f"/drafts/{draft.id}/undo")
    assert back.headers["location"] == f"/drafts/{draft.id}?done=undo"
    assert ">แก้แล้ว</textarea>" in client.get(back.headers["location"]).text
    assert "ที่ท่านเพิ่งทำ" not in client.get("/queue").text
    with looking(office.engine) as connection:
        assert count(connection) == 0
    sit(client, OTHER)
    client.post("/claims/back", data={"ids": [draft.id]})
    assert client.post(f"/drafts/{draft.id}/undo").status_code == 409  # nothing to undo


def test_others_take_nothing_back_and_nobody_after_ten_minutes(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    post(client, draft, "confirm")
    sit(client, OTHER)
    refused = client.post(f"/drafts/{draft.id}/undo")
    assert refused.status_code == 409
    assert "ภายใน 10 นาที" in refused.text
    later = replace(office.desk, now=lambda: NOW + dt.timedelta(minutes=11))
    with TestClient(replace(office, desk=later).app(), follow_redirects=False) as tomorrow:
        sit(tomorrow, OFFICER)
        assert tomorrow.post(f"/drafts/{draft.id}/undo").status_code == 409
    with looking(office.engine) as connection:
        assert count(connection) == 1


def test_a_save_whose_answer_was_lost_is_no_error_and_no_second_record(
    office: Office, client: TestClient
) -> None:
    first, second = office.add("a.pdf", letter()), office.add("b.pdf", letter())
    form = CONFIRMED | {"action": "confirm"}
    for _ in range(2):
        answer = client.post(f"/drafts/{first.id}", data=form, headers=ASKS)
        assert answer.json()["url"] == f"/drafts/{second.id}?done=confirm&was={first.id}"
        assert "บันทึกลงทะเบียนแล้ว" in answer.json()["said"]
    with looking(office.engine) as connection:
        assert count(connection) == 1
    sit(client, OTHER)
    assert client.post(f"/drafts/{first.id}", data=form, headers=ASKS).status_code == 412


def test_who_has_no_name_any_more_is_told_and_loses_nothing(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    client.cookies.clear()
    for answer in (
        keep(client, draft, 1, subject="x"),
        client.post(f"/drafts/{draft.id}", data=CONFIRMED | {"action": "confirm"}, headers=ASKS),
    ):
        assert answer.status_code == 401
        assert "ระบุชื่อผู้ตรวจใหม่" in answer.json()["detail"]


def test_the_sieve_is_kept_and_the_next_letter_comes_through_it(
    office: Office, client: TestClient
) -> None:
    office.add("a.pdf", letter({"district": seen("กุสุมาลย์", None)}))
    wanted = office.add("b.pdf", letter())
    page = client.get("/queue", params={"sieve": 1, "district": "เมืองสกลนคร"}).text
    assert ">a.pdf" not in page
    assert "ล้างตัวกรอง" in page
    assert client.post("/queue/next", headers=ASKS).json()["id"] == wanted.id
    nothing = client.get("/queue", params={"sieve": 1, "text": "ไม่มีแน่"}).text
    assert "ไม่มีเรื่องตรงกับที่กรอง" in nothing
    odd = {"sieve": 1, "batch": "x", "days": "99", "order": "made_up", "text": "'; drop table"}
    assert client.get("/queue", params=odd).status_code == 200
    assert ">a.pdf" in client.get("/queue?sieve=1").text
