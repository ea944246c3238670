from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.database import looking, writing
from models.decisions import Decision, decide, decisions_of
from models.draft_states import Action, DraftState
from models.drafts import Draft, get_draft
from models.letters import PageState
from models.rearrangements import live_drafts, rearrangements_of
from models.terms import FieldName
from review_ui.desk import NoReader
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import NOW, Office, letter, page


def bundle(office: Office, pages: int = 4) -> Draft:
    """A scan that the machine took for one letter."""
    readings = [replace(page(number), read_by=str(number)) for number in range(1, pages + 1)]
    return office.add("pile.pdf", letter(pages=readings))


def live(office: Office, draft: Draft) -> list[Draft]:
    with looking(office.engine) as connection:
        return live_drafts(connection, draft.scan_id)


def spans(office: Office, draft: Draft) -> list[tuple[int, int]]:
    return [(each.first_page, each.last_page) for each in live(office, draft)]


def split(client: TestClient, draft_id: int, *cuts: int) -> Response:
    """Tick boxes as a browser without JavaScript does, and send the form."""
    text = client.get(f"/drafts/{draft_id}/split").text
    seen = re.search(r'name="seen" value="([^"]*)"', text)
    assert seen
    return client.post(f"/drafts/{draft_id}/split", data={"seen": seen[1], "cut": list(cuts)})


def ticked(text: str) -> list[int]:
    return [int(n) for n in re.findall(r'name="cut" value="(\d+)" checked', text)]


def test_the_pages_of_the_scan_stand_in_a_row_with_their_letters(
    office: Office, client: TestClient
) -> None:
    draft = bundle(office)
    text = client.get(f"/drafts/{draft.id}/split").text
    assert re.findall(r'<img src="([^"?]+)', text) == [
        f"/pictures/{draft.sha256}/{number}.jpg" for number in range(1, 5)
    ]
    assert ticked(text) == [1]
    assert "หน้าแรกเริ่มเรื่องเสมอ" in text
    assert client.get("/drafts/99/split").status_code == 404


def test_a_letter_is_split_and_its_parts_are_read_anew(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    answer = split(client, draft.id, 3)
    first, second = live(office, draft)
    assert answer.headers["location"] == f"/drafts/{first.id}/split?done=1"
    assert spans(office, draft) == [(1, 2), (3, 4)]
    subjects = [each.fields.get(FieldName.SUBJECT) for each in (first, second)]
    assert [field and field.value for field in subjects] == ["1+2", "3+4"]
    with looking(office.engine) as connection:
        assert get_draft(connection, draft.id).state is DraftState.REPLACED
        (decision,) = decisions_of(connection, [draft.id])[draft.id]
    assert (decision.action, decision.officer) == (Action.REPLACE, OFFICER)
    text = client.get(answer.headers["location"]).text
    assert "ได้ 2 เรื่อง" in text
    assert f'href="/drafts/{first.id}"' in text
    assert ticked(text) == [1, 3]
    assert client.get("/status.json").json()["waiting"] == 2
    assert client.get("/queue").text.count("data-row") == 2


def test_merging_leaves_the_letters_alone_that_keep_their_pages(
    office: Office, client: TestClient
) -> None:
    draft = bundle(office)
    split(client, draft.id, 2, 3, 4)
    kept = live(office, draft)[0]
    split(client, kept.id, 2)
    assert spans(office, draft) == [(1, 1), (2, 4)]
    assert live(office, draft)[0] == kept


def test_the_same_cuts_again_change_nothing(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    assert split(client, draft.id).headers["location"] == f"/drafts/{draft.id}"
    assert live(office, draft) == [draft]
    with looking(office.engine) as connection:
        assert rearrangements_of(connection, draft.scan_id) == []


def test_splitting_is_undone_with_one_click(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    split(client, draft.id, 2)
    answer = client.post("/rearrangements/1/undo")
    assert answer.headers["location"] == f"/drafts/{draft.id}/split?undone=true"
    (back,) = live(office, draft)
    assert (back.id, back.fields, back.state) == (draft.id, draft.fields, DraftState.WAITING)
    text = client.get(answer.headers["location"]).text
    assert "ย้อนแล้ว" in text
    assert "/undo" not in text
    answer = client.post("/rearrangements/1/undo")
    assert answer.status_code == 409
    assert f"{OFFICER} ย้อนการแบ่งเรื่องครั้งนี้ไปแล้ว" in answer.text
    assert client.post("/rearrangements/9/undo").status_code == 404


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.REJECT])
def test_pages_of_a_decided_letter_are_locked(
    office: Office, client: TestClient, action: Action
) -> None:
    draft = bundle(office)
    split(client, draft.id, 2, 4)
    middle = live(office, draft)[1]
    with writing(office.engine) as connection:
        decide(connection, middle, 1, Decision(action, "มานี มีนา", NOW, "empty"))
    text = client.get(f"/drafts/{middle.id}/split").text
    assert text.count("แบ่งใหม่ไม่ได้") == 2
    assert "เพราะหน้าก่อนตัดสินไปแล้ว" in text
    assert "/undo" not in text
    answer = client.post("/rearrangements/1/undo")
    assert answer.status_code == 409
    assert "แบ่งใหม่อีกครั้ง" in answer.text
    assert split(client, middle.id, 3).status_code == 303
    assert spans(office, draft) == [(1, 1), (2, 3), (4, 4)]


def test_somebody_was_faster(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    text = client.get(f"/drafts/{draft.id}/split").text
    with writing(office.engine) as connection:
        decide(connection, draft, 1, Decision(Action.PARK, "มานี มีนา", NOW, "pages"))
    seen = re.findall(r'name="seen" value="([^"]*)"', text)[0]
    answer = client.post(f"/drafts/{draft.id}/split", data={"seen": seen, "cut": [3]})
    assert answer.status_code == 409
    assert "ยังไม่ได้แบ่งเรื่อง" in answer.text
    assert "มานี มีนา ทำรายการ “พักไว้”" in answer.text
    assert "กด “แบ่งตามนี้”" in answer.text
    assert ticked(answer.text) == [1, 3]  # what the officer ticked stays
    assert spans(office, draft) == [(1, 4)]
    seen = re.findall(r'name="seen" value="([^"]*)"', answer.text)[0]
    client.post(f"/drafts/{draft.id}/split", data={"seen": seen, "cut": [3]})
    assert spans(office, draft) == [(1, 2), (3, 4)]


def test_where_nothing_can_be_read_nothing_is_split(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    office.rereader.trouble = NoReader("แจ้งผู้ดูแลระบบ")
    answer = split(client, draft.id, 2)
    assert answer.status_code == 503
    assert "แจ้งผู้ดูแลระบบ" in answer.text
    assert live(office, draft) == [draft]


def test_a_page_read_again_after_a_split_forbids_undoing_it(
    office: Office, client: TestClient
) -> None:
    draft = bundle(office)
    split(client, draft.id, 2)
    first = live(office, draft)[0]
    office.rereader.pages[1] = page(1)
    client.post(f"/drafts/{first.id}/pages/1/reread")
    assert client.post("/rearrangements/1/undo").status_code == 409


def test_a_blank_page_and_a_turned_page_are_shown_as_they_are(
    office: Office, client: TestClient
) -> None:
    blank = replace(page(2, ()), state=PageState.BLANK)
    draft = office.add("a.pdf", letter(pages=[page(1), blank]))
    answer = client.post(f"/drafts/{draft.id}/pages/2/turn", data={"back": str(draft.id)})
    assert answer.headers["location"] == f"/drafts/{draft.id}/split"
    text = client.get(f"/drafts/{draft.id}/split").text
    assert "หน้าว่าง" in text
    assert f"/pictures/{draft.sha256}/2.jpg?small=1&amp;turn=90" in text


def test_who_splits_says_who_they_are(office: Office, client: TestClient) -> None:
    draft = bundle(office)
    client.cookies.clear()
    for answer in (
        client.get(f"/drafts/{draft.id}/split"),
        client.post(f"/drafts/{draft.id}/split", data={"seen": "1:1", "cut": [2]}),
        client.post("/rearrangements/1/undo"),
    ):
        assert answer.headers["location"].startswith("/officer")
    assert live(office, draft) == [draft]
