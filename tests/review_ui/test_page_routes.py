from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action, DraftState
from models.drafts import Draft
from models.letters import Box, Line, OcrPage, PageState, Word
from models.national_id import with_ids_masked
from models.pages import readings_before, standings
from models.terms import FieldName
from review_ui.desk import NoReader, Unreadable
from review_ui.page_words import page_words
from tests.review_ui.office import (
    HEIGHT,
    NOW,
    PERSON,
    PERSON_ON_PAGE,
    WIDTH,
    Office,
    doubtful,
    letter,
    page,
)

SCRIPT = {"Accept": "application/json"}
REGION = {"x": 0.1, "y": 0.2, "width": 0.4, "height": 0.02}


def line_of(*words: str, top: float = 0.1, text: str | None = None) -> Line:
    found = tuple(
        Word(word, Box(0.1 * (place + 1), top, 0.08, 0.02), 0.9) for place, word in enumerate(words)
    )
    return Line(text or " ".join(words), Box(0.1, top, 0.8, 0.02), 0.9, words=found)


def page_with(*lines: Line) -> OcrPage:
    return OcrPage(1, WIDTH, HEIGHT, PageState.READ, lines, "test")


def turn(office: Office, draft: Draft, number: int = 1) -> int:
    with looking(office.engine) as connection:
        return standings(connection, draft.scan_id)[number].turn


def test_the_words_of_a_page_come_in_reading_order(office: Office, client: TestClient) -> None:
    lines = (line_of("เรื่อง", "ไฟถนนดับ"), Line("ไม่มีคำ", Box(0.1, 0.3, 0.5, 0.02), 0.9))
    draft = office.add("a.pdf", letter(pages=[page_with(*lines)]))
    answer = client.get(f"/drafts/{draft.id}/pages/1/words.json")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.json() == {
        "x": [0.1, 0.2, 0.1],
        "y": [0.1, 0.1, 0.3],
        "w": [0.08, 0.08, 0.5],
        "h": [0.02, 0.02, 0.02],
        "text": ["เรื่อง", "ไฟถนนดับ", "ไม่มีคำ"],
        "line": [0, 0, 1],
    }
    for wrong in (f"/drafts/{draft.id}/pages/2", "/drafts/99/pages/1"):
        answer = client.get(f"{wrong}/words.json")
        assert answer.status_code == 404
        assert "ไม่พบหน้านี้" in answer.json()["detail"]


@pytest.mark.parametrize(
    "words",
    [
        ("เลข", PERSON_ON_PAGE),
        ("เลข", PERSON),
        ("๑", "๙๙๙๘", "๐๐๐๐๐", "๐๑", "๑"),
        ("1-9998-", "00000-01-1"),
    ],
)
def test_no_word_shows_an_id_number_that_the_text_hides(words: tuple[str, ...]) -> None:
    shown = "".join(page_words(page_with(line_of(*words)), 0).text)
    assert "xxxx" in shown
    assert PERSON not in shown.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", "- "))


def test_an_id_number_that_only_the_line_shows_whole_is_hidden_in_its_words_too() -> None:
    torn = line_of("1-99", "9800", "๐00เ๐011", text=f"เลข {PERSON}")
    assert page_words(page_with(torn), 0).text == [with_ids_masked(torn.text)]


@given(st.lists(st.sampled_from([PERSON, PERSON_ON_PAGE, "ที่", "๑๒", "๔๕๖", "-", "๘"]), max_size=9))
def test_nothing_that_must_be_hidden_is_left_in_the_words(words: list[str]) -> None:
    one = page_with(line_of(*words)) if words else page_with()
    shown = " ".join(page_words(one, 0).text)
    # What is left of a number and the numbers after it may look like one again: it is nobody's.
    assert PERSON not in shown.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", "- "))
    assert ("x" in shown) == (with_ids_masked(one.text) != one.text)


def test_a_region_is_read_again(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    office.rereader.says = ("นางสมศรี ใจดี", f"เลข {PERSON}")
    for sent in ({"json": REGION | {"field": "complainant"}}, {"data": REGION}):
        answer = client.post(f"/drafts/{draft.id}/pages/1/region", **sent)
        assert answer.json() == {
            "text": "นางสมศรี ใจดี เลข 1-xxxx-xxxxx-01-1",
            "lines": ["นางสมศรี ใจดี", "เลข 1-xxxx-xxxxx-01-1"],
        }
        assert answer.headers["cache-control"] == "private, no-store"
    assert office.rereader.asked[0] == ("region", 1, Box(0.1, 0.2, 0.4, 0.02), 0)


@pytest.mark.parametrize(
    ("trouble", "status"),
    [(Unreadable("ลากกรอบใหม่"), 422), (NoReader("ให้ติดตั้ง tesseract-ocr"), 503)],
)
def test_a_region_that_cannot_be_read_says_why(
    office: Office, client: TestClient, trouble: Unreadable, status: int
) -> None:
    draft = office.add("a.pdf", letter())
    office.rereader.trouble = trouble
    answer = client.post(f"/drafts/{draft.id}/pages/1/region", json=REGION)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == str(trouble)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"x": "a", "y": 1, "width": 1, "height": 1}', '{"x": NaN}', "{"]
)
def test_a_region_that_is_none_is_refused(office: Office, client: TestClient, content: str) -> None:
    draft = office.add("a.pdf", letter())
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"/drafts/{draft.id}/pages/1/region", content=content, headers=headers)
    assert answer.status_code == 422
    assert "ลากกรอบ" in answer.json()["detail"]
    assert office.rereader.asked == []


def test_a_page_is_turned_and_all_that_stands_on_it_with_it(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    answer = client.post(f"/drafts/{draft.id}/pages/1/turn")
    assert answer.headers["location"] == f"/drafts/{draft.id}#page-1"
    assert turn(office, draft) == 90
    text = client.get(f"/drafts/{draft.id}").text
    assert f'<img src="/pictures/{draft.sha256}/1.jpg?turn=90" width="{HEIGHT}"' in text
    # The reference number stood at (0.12, 0.132), 0.22 wide and 0.022 high.
    box = Box(1 - 0.132 - 0.022, 0.12, 0.022, 0.22)
    x, y = round(box.left * 1000 - 5, 1), round(box.top * 1000 - 3, 1)
    assert f'<rect class="edge" x="{x}" y="{y}"' in text
    words = client.get(f"/drafts/{draft.id}/pages/1/words.json").json()
    first = letter().pages[0].lines[0].box
    assert first is not None
    assert (words["x"][0], words["y"][0]) == (round(1 - first.bottom, 4), first.left)
    upright = client.get(f"/drafts/{draft.id}/pages/1/words.json?turn=0").json()
    assert (upright["x"][0], upright["y"][0]) == (first.left, first.top)
    client.post(f"/drafts/{draft.id}/pages/1/region", json=REGION)
    client.post(f"/drafts/{draft.id}/pages/1/region", json=REGION | {"turn": 0})
    assert [asked[-1] for asked in office.rereader.asked] == [90, 0]
    turns = [
        client.post(f"/drafts/{draft.id}/pages/1/turn", headers=SCRIPT).json() for _ in range(3)
    ]
    assert turns == [{"turn": 180}, {"turn": 270}, {"turn": 0}]
    assert office.fresh(draft) == draft


def test_the_picture_is_served_turned(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    plain = client.get(f"/pictures/{draft.sha256}/1.jpg")
    side = client.get(f"/pictures/{draft.sha256}/1.jpg?turn=90")
    assert side.headers["content-type"] == "image/jpeg"
    assert side.headers["cache-control"] == plain.headers["cache-control"]
    assert side.content != plain.content
    assert client.get(f"/pictures/{draft.sha256}/1.jpg?turn=45").status_code == 404
    assert client.get(f"/pictures/{draft.sha256}/2.jpg?turn=90").status_code == 404


def test_who_turns_a_page_or_has_it_read_says_who_they_are(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    client.cookies.clear()
    for what in ("turn", "reread"):
        answer = client.post(f"/drafts/{draft.id}/pages/1/{what}")
        assert answer.headers["location"].startswith("/officer")
        answer = client.post(f"/drafts/{draft.id}/pages/1/{what}", headers=SCRIPT)
        assert answer.status_code == 403
    assert turn(office, draft) == 0


def test_a_page_is_read_again_as_it_was_turned(office: Office, client: TestClient) -> None:
    draft = office.add("b.pdf", doubtful())
    before = office.pages(draft)
    better = replace(page(2), read_by="ใหม่")
    office.rereader.pages[2] = better
    client.post(f"/drafts/{draft.id}/pages/2/turn")
    answer = client.post(f"/drafts/{draft.id}/pages/2/reread")
    assert answer.headers["location"] == f"/drafts/{draft.id}#page-2"
    assert ("letter", (1, 2, 3), 1) in office.rereader.asked
    assert office.pages(draft) == [before[0], better, before[2]]
    now = office.fresh(draft)
    subject = now.fields.get(FieldName.SUBJECT)
    assert subject is not None
    assert subject.value == "test+ใหม่+test"
    assert (now.version, now.state) == (draft.version + 1, DraftState.WAITING)
    with looking(office.engine) as connection:
        assert readings_before(connection, draft.scan_id, 2) == [before[1]]
    text = client.get(f"/drafts/{draft.id}").text
    assert f"/pictures/{draft.sha256}/2.jpg?read=1" in text
    answer = client.post(f"/drafts/{draft.id}/pages/2/reread", headers=SCRIPT)
    assert answer.json() == {"turn": 0, "version": draft.version + 2}


def test_a_page_that_cannot_be_read_again_stays_as_it_was(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    before, picture = office.pages(draft), office.archive.view(draft.sha256, 1).read_bytes()
    client.post(f"/drafts/{draft.id}/pages/1/turn")
    office.rereader.trouble = Unreadable("เครื่องอ่านหน้านี้ไม่ได้")
    answer = client.post(f"/drafts/{draft.id}/pages/1/reread")
    assert answer.status_code == 422
    assert "เครื่องอ่านหน้านี้ไม่ได้" in answer.text
    assert office.pages(draft) == before
    assert office.fresh(draft) == draft
    assert office.archive.view(draft.sha256, 1).read_bytes() == picture
    assert turn(office, draft) == 90


def test_a_letter_that_was_decided_is_not_read_again(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter())
    with writing(office.engine) as connection:
        decide(connection, draft, 1, Decision(Action.REJECT, "มานี", NOW, "empty"))
    answer = client.post(f"/drafts/{draft.id}/pages/1/reread", headers=SCRIPT)
    assert answer.status_code == 409
    assert "เปิดเรื่องนี้ใหม่" in json.loads(answer.text)["detail"]
    assert office.rereader.asked == []
    assert client.post(f"/drafts/{draft.id}/pages/1/turn").status_code == 303  # only to look at
    assert "อ่านหน้านี้ใหม่" not in client.get(f"/drafts/{draft.id}").text
