"""Categories on screen: two of them, retired ones, alarms, order of the queue, the machine."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.examples import StoredExample, put_example
from models.letters import Alarm, Box, RankedCategory, Suggestion
from models.records import get_record
from models.statistics import WeekOfArrivals
from models.terms import Danger, LetterKind
from review_ui.charts import share_chart
from review_ui.classifier_page import matrix, shifts
from tests.review_ui.conftest import check_and_save
from tests.review_ui.office import NOW, SUGGESTION, Office, letter
from tests.review_ui.test_routes import post

GUN = Alarm(Danger.WEAPON, "ถือปืนลูกซอง", 1, Box(0.2, 0.345, 0.12, 0.022))
TWO = replace(SUGGESTION, proposed="HARDSHIP", second=RankedCategory("OFFICIAL", "กล่าวโทษ", 0.34))


def chosen(text: str, name: str) -> str | None:
    box = re.search(rf'name="{name}".*?</select>', text, re.S)
    assert box is not None
    found = re.search(r'value="(\w*)" selected', box[0])
    return found[1] if found else None


def test_an_alarm_is_first_in_the_queue_and_first_on_the_page(
    office: Office, client: TestClient
) -> None:
    office.add("a.pdf", letter())
    draft = office.add("b.pdf", replace(letter(), alarms=(GUN,)))
    queue = client.get("/queue").text
    assert queue.index("มีอาวุธเกี่ยวข้อง") < queue.index("a.pdf")
    page = client.get(f"/drafts/{draft.id}").text
    assert page.index("โปรดดูทันที") < page.index('name="reference_no"')
    assert "<q>ถือปืนลูกซอง</q>" in page
    assert '<g class="box alarm"' in page


def test_a_letter_may_be_confirmed_with_two_categories(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", letter(suggestion=TWO))
    page = client.get(f"/drafts/{draft.id}").text
    assert chosen(page, "second_category") == "OFFICIAL"
    assert "อาจมีสองเรื่องในฉบับเดียว (34%)" in page
    assert post(client, draft, "confirm", second_category="LAND").status_code == 303
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert (record.category, record.second_category) == ("HARDSHIP", "LAND")
    told = client.get("/registry/1").text
    assert "หมวดที่สอง" in told
    assert "ปัญหาที่ดิน/ที่ทำกิน" in told
    assert "กล่าวโทษเจ้าหน้าที่ของรัฐ" in told  # what the machine had said


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"second_category": "HARDSHIP"}, "หมวดที่สองซ้ำกับหมวดเรื่อง"),
        ({"second_category": "MADE_UP"}, "ไม่มีหมวดนี้แล้ว"),
        ({"category": "", "kind": "memo", "second_category": "LAND"}, "เลือกหมวดเรื่องก่อน"),
    ],
)
def test_a_second_category_that_makes_no_sense_is_refused(
    office: Office, client: TestClient, form: dict[str, str], problem: str
) -> None:
    draft = office.add("a.pdf", letter())
    answer = post(client, draft, "confirm", **form)
    assert answer.status_code == 422
    assert problem in answer.text


def test_a_category_that_was_merged_since_is_proposed_as_its_heir(
    office: Office, client: TestClient
) -> None:
    old = Suggestion((RankedCategory("ROADS", "ถนนหนทาง", 0.9),), False, (), "v1")
    draft = office.add("a.pdf", letter(suggestion=old))
    assert chosen(client.get(f"/drafts/{draft.id}").text, "category") == "HARDSHIP"
    assert "ปัญหาความเดือดร้อน <b>90%</b>" in client.get("/queue").text


def test_a_category_that_was_retired_since_is_left_to_the_officer(
    office: Office, client: TestClient
) -> None:
    old = Suggestion((RankedCategory("RUMOUR", "ข่าวลือ", 0.9),), False, (), "v1")
    page = client.get(f"/drafts/{office.add('a.pdf', letter(suggestion=old)).id}").text
    assert chosen(page, "category") is None
    assert "หมวดที่เครื่องเสนอเลิกใช้แล้ว" in page


def test_a_machine_that_is_sure_of_nothing_shows_its_ranking_and_chooses_nothing(
    office: Office, client: TestClient
) -> None:
    unsure = replace(SUGGESTION, abstained=True)
    page = client.get(f"/drafts/{office.add('a.pdf', letter(suggestion=unsure)).id}").text
    assert chosen(page, "category") is None
    assert "เครื่องไม่แน่ใจ จึงไม่เลือกให้" in page
    assert "ปัญหาความเดือดร้อน 92%" in page
    assert "ไม่แน่ใจ" in client.get("/queue").text


@pytest.mark.parametrize(
    ("kind", "says", "told"),
    [
        (LetterKind.COMPLAINT, False, "อาจไม่ใช่คำร้องเรียนเอง"),
        (LetterKind.EXTERNAL, True, "ถ้อยคำคล้ายคำร้องเรียน"),
        (LetterKind.COMPLAINT, True, ""),
        (LetterKind.EXTERNAL, None, ""),
    ],
)
def test_words_that_speak_against_the_kind_of_paper_put_it_in_doubt(
    office: Office, client: TestClient, kind: LetterKind, says: bool | None, told: str
) -> None:
    suggestion = replace(SUGGESTION, is_complaint=says)
    draft = office.add("a.pdf", letter(kind=kind, suggestion=suggestion))
    page = client.get(f"/drafts/{draft.id}").text
    doubted = 'data-field="kind" data-state="doubt"' in page
    assert doubted is bool(told)
    assert told in page


def test_the_order_of_the_queue_is_chosen_once_and_kept(office: Office, client: TestClient) -> None:
    sure = office.add("sure.pdf", letter())
    torn = tuple(replace(each, probability=1 / 3) for each in SUGGESTION.categories)
    unsure = office.add("unsure.pdf", letter(suggestion=replace(SUGGESTION, categories=torn)))
    assert taken_next(client) == sure.id
    client.get("/queue?order=instructive")
    assert taken_next(client) == unsure.id
    text = client.get("/queue").text
    assert text.index("unsure.pdf") < text.index(">sure.pdf")
    third = office.add("third.pdf", letter())
    answer = post(client, third, "park", park_reason="category")
    assert answer.headers["location"].startswith(f"/drafts/{unsure.id}")
    client.get("/queue?order=oldest")
    assert taken_next(client, beside=unsure.id) == sure.id
    assert client.get("/queue?order=nonsense").status_code == 200


def taken_next(client: TestClient, **query: int) -> int:
    """What the officer gets next; it is given back at once."""
    answer = client.post("/queue/next", params=query, headers={"Accept": "application/json"})
    taken = int(answer.json()["id"])
    client.post("/claims/back", data={"ids": [taken]})
    return taken


def test_the_machines_page_tells_its_state_before_anything_was_confirmed(
    client: TestClient,
) -> None:
    page = client.get("/classifier").text
    assert "20250303T010203Z-0123abcd" in page
    assert "ยังไม่มีเรื่องที่เจ้าหน้าที่ยืนยัน" in page
    assert "เมื่อยืนยันอีก 38 เรื่อง" in page
    assert "หมวด “ที่ดิน” แย่ลง" in page


def confirmed(office: Office, name: str, category: str, weeks_ago: int) -> None:
    draft = office.add(name, letter())
    with writing(office.engine) as connection:
        decision, _ = decide(connection, draft, 1, Decision(Action.CONFIRM, "ส", NOW))
        moment = NOW - dt.timedelta(weeks=weeks_ago)
        put_example(
            connection,
            StoredExample(
                draft.id, decision, moment, "เรื่อง", True, category, None, "HARDSHIP", 1,
                "HARDSHIP", "v1",
            ),
        )  # fmt: skip


def test_the_machines_page_draws_acceptance_confusions_and_drift(
    office: Office, client: TestClient
) -> None:
    for number, category in enumerate(["HARDSHIP", "HARDSHIP", "LAND", "HARDSHIP"]):
        confirmed(office, f"{number}.pdf", category, number)
    page = client.get("/classifier").text
    assert "ยืนยันแล้ว 4 เรื่อง" in page
    assert "หมวดหลักอันดับแรกถูก <b>75%</b>" in page
    assert page.count("<polyline") >= 6
    row = re.search(r'<th scope="row">ปัญหาที่ดิน/ที่ทำกิน</th>(.*?)</tr>', page, re.S)
    assert row is not None
    assert re.findall(r"<td[^>]*>(\d*)</td>", row[1]) == ["1", ""]


def test_curves_stay_within_their_drawing_and_leave_gaps_where_nothing_is_known() -> None:
    chart = share_chart("ก", ["1", "2", "3"], [("ข", [0.0, None, 1.0])])
    (curve,) = chart.curves
    assert [(dot.y, dot.note) for dot in curve.dots] == [(200.0, "1: ข 0%"), (0.0, "3: ข 100%")]
    assert share_chart("ก", [], [("ข", [])]).labels == ()


def test_the_mix_of_a_week_is_compared_with_all_weeks_before() -> None:
    def week(number: int, **mains: int) -> WeekOfArrivals:
        day = dt.date(2025, 3, 3) + dt.timedelta(weeks=number)
        return WeekOfArrivals(day, sum(mains.values()), 0, None, mains)

    found = shifts([week(0, A=3, B=1), week(1, A=6, B=2), week(2, C=5), week(3)])
    assert found == [None, 0.0, 1.0, None]


def test_the_matrix_shades_by_the_share_of_its_row() -> None:
    found = matrix({("A", "A"): 9, ("B", "A"): 1, ("B", "B"): 1}, {"A": "ก", "B": "ข"})
    (first, cells), (_, others) = found.rows
    assert (first, [cell.count for cell in cells]) == ("ก", [9, 1])
    assert [cell.heat for cell in cells] == [5, 1]
    assert [cell.heat for cell in others] == [0, 5]
    assert matrix({}, {}).rows == ()


def test_the_machines_page_is_reached_by_keyboard_and_fits_the_screen(
    office: Office, tab: Page
) -> None:
    for number in range(3):
        confirmed(office, f"{number}.pdf", "LAND", number)
    tab.goto("/queue")
    tab.get_by_role("link", name="เครื่องจัดหมวด").focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="เครื่องจัดหมวด")).to_be_visible()
    expect(tab.locator(".chart")).to_have_count(2)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1366


def test_a_second_category_is_chosen_with_the_keyboard_alone(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter(suggestion=replace(SUGGESTION, proposed="HARDSHIP")))
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=second_category]")).to_be_hidden()
    tab.locator(".also summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator("[name=second_category]")).to_be_focused()
    for _ in range(3):
        tab.keyboard.press("ArrowDown")
    expect(tab.locator("[name=second_category]")).to_have_value("LAND")
    check_and_save(tab)
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.second_category == "LAND"
