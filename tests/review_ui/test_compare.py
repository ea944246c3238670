"""Two letters that may be of the same matter, side by side: an officer says what they are."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from models.database import looking, writing
from models.draft_states import DraftState
from models.drafts import Draft
from models.letters import Reading
from models.marks import marks_of, values_read
from models.matters import Verdict, judge, pair_of, relate
from review_ui import matters
from review_ui.compare_view import Agreement, agreement
from review_ui.matters import VERDICTS, matter_views
from review_ui.rendering import _environment
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import NOW, Office, letter, page, seen
from tests.review_ui.test_routes import post

SAME_DAY = "สน 0018.1/456"


def take_in(office: Office, name: str, reading: Reading, picture: bool = True) -> Draft:
    """Take a letter in and pair it, as the pipeline does."""
    draft = office.add(name, reading, picture)
    values = values_read(draft.fields)
    with writing(office.engine) as connection:
        relate(connection, draft.id, marks_of(values), NOW)
    return draft


@pytest.fixture
def pair(office: Office) -> tuple[Draft, Draft]:
    first = take_in(office, "a.pdf", letter(pages=[page(), page(2)]))
    changes = {
        "received_no": seen("1562", None),
        "complainant": seen("สมศรี ใจดี", None),
        "subject": seen("ขอติดตามเรื่องไฟถนน", None),
        "phone": None,
    }
    return first, take_in(office, "b.pdf", letter(changes))


def said(office: Office, one: Draft, other: Draft) -> tuple[Verdict | None, str | None]:
    with looking(office.engine) as connection:
        found = pair_of(connection, one.id, other.id)
    return (found.verdict, found.officer) if found else (None, None)


def panel(office: Office, draft: Draft) -> str:
    """What the review page shows of the pairs."""
    source = '{% from "_matters.html" import matters_panel %}{{ matters_panel(pairs, draft) }}'
    with looking(office.engine) as connection:
        views = matter_views(connection, draft.id)
    return _environment().from_string(source).render(pairs=views, draft=draft)


def marked(text: str, label: str) -> str:
    cell = re.search(rf'<th scope="col">{label} <span class="agree (\w+)">', text)
    assert cell is not None
    return cell[1]


def test_both_letters_are_shown_with_what_agrees_and_why_they_were_paired(
    client: TestClient, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    text = client.get(f"/drafts/{second.id}/compare/{first.id}").text
    assert "เลขที่และวันที่ตรงกัน · ผู้ร้องและพื้นที่เดียวกัน" in text
    for draft in pair:
        assert f"/pictures/{draft.sha256}/1.jpg" in text
    labels = {"เลขที่หนังสือ": "same", "ลงวันที่": "same", "เลขรับ": "one", "ผู้ร้อง": "same"}
    labels |= {"สถานที่": "same", "เรื่อง": "different", "หมวด": "same"}
    assert {label: marked(text, label) for label in labels} == labels
    assert "#2 ไม่มีหน้า 2" in text
    assert text.count("รอตรวจ · ยังไม่ยืนยัน") == 2


def test_what_an_officer_confirmed_stands_in_place_of_what_was_read(
    client: TestClient, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    post(client, first, "confirm", category="LAND", reference_no="สน 77/1")
    text = client.get(f"/drafts/{second.id}/compare/{first.id}").text
    assert "บันทึกแล้ว ทะเบียนที่ 1" in text
    assert "สน 77/1" in text
    assert marked(text, "เลขที่หนังสือ") == "different"
    assert marked(text, "หมวด") == "different"
    assert marked(text, "ผู้ร้อง") == "one"


def test_confirming_pairs_a_letter_by_the_mended_values(office: Office, client: TestClient) -> None:
    first = take_in(office, "a.pdf", letter({"complainant": None}))
    misread = take_in(
        office, "b.pdf", letter({"complainant": None, "reference_no": seen("สน 0018.1/436", None)})
    )
    assert said(office, first, misread) == (None, None)
    mended = {"reference_no": "สน ๐๐๑๘.๑/๔๕๖", "date": "13/11/2567"}
    post(client, misread, "confirm", **mended)
    assert "(เลขที่และวันที่ตรงกัน)" in panel(office, first)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_kept_and_moves_nothing(
    office: Office, client: TestClient, pair: tuple[Draft, Draft], verdict: Verdict
) -> None:
    first, second = pair
    answer = client.post(f"/drafts/{second.id}/compare/{first.id}", data={"verdict": verdict.value})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/drafts/{second.id}")
    assert said(office, first, second) == (verdict, OFFICER)
    assert {office.fresh(draft).state for draft in pair} == {DraftState.WAITING}
    text = client.get(f"/drafts/{first.id}/compare/{second.id}").text
    assert f"ตัดสินแล้ว: {VERDICTS[verdict]}</span> โดย {OFFICER}" in text
    assert re.search(rf'value="{verdict.value}" aria-pressed="true"', text)
    assert text.count("aria-pressed") == 1


def test_a_verdict_can_be_changed(
    office: Office, client: TestClient, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    for verdict in (Verdict.DIFFERENT, Verdict.FOLLOW_UP):
        client.post(f"/drafts/{second.id}/compare/{first.id}", data={"verdict": verdict.value})
    assert said(office, first, second) == (Verdict.FOLLOW_UP, OFFICER)


@pytest.mark.parametrize("form", [{}, {"verdict": ""}, {"verdict": "maybe"}])
def test_no_verdict_is_no_verdict(
    office: Office, client: TestClient, pair: tuple[Draft, Draft], form: dict[str, str]
) -> None:
    first, second = pair
    answer = client.post(f"/drafts/{second.id}/compare/{first.id}", data=form)
    assert answer.status_code == 422
    assert "เลือกคำตัดสินหนึ่งข้อ" in answer.text
    assert said(office, first, second) == (None, None)


def test_nobody_without_a_name_judges(
    office: Office, client: TestClient, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    path = f"/drafts/{second.id}/compare/{first.id}"
    client.cookies.clear()
    for answer in (client.get(path), client.post(path, data={"verdict": "different"})):
        assert (answer.status_code, answer.headers["location"]) == (303, f"/officer?next={path}")
    assert said(office, first, second) == (None, None)


@pytest.mark.parametrize(
    "path", ["/drafts/1/compare/1", "/drafts/1/compare/9", "/drafts/9/compare/1"]
)
def test_what_cannot_be_compared_is_said(
    client: TestClient, pair: tuple[Draft, Draft], path: str
) -> None:
    for answer in (client.get(path), client.post(path, data={"verdict": "different"})):
        assert answer.status_code == 404
        assert "เทียบ" in answer.text


def test_letters_that_nobody_paired_can_be_compared_by_hand(
    office: Office, client: TestClient
) -> None:
    first = take_in(office, "a.pdf", letter())
    other = take_in(
        office,
        "b.pdf",
        letter({"reference_no": None, "complainant": None}, pages=[page()]),
        picture=False,
    )
    path = f"/drafts/{first.id}/compare/{other.id}"
    text = client.get(path).text
    assert "เจ้าหน้าที่เปิดเทียบเอง" in text
    assert "ไม่มีภาพของหน้านี้" in text
    assert "ด้วยไฟถนนดับมาสองสัปดาห์" in text
    client.post(path, data={"verdict": "other_channel"})
    assert said(office, other, first) == (Verdict.OTHER_CHANNEL, OFFICER)


def test_what_a_letter_says_is_text_and_never_markup(office: Office, client: TestClient) -> None:
    evil = "<img src=x onerror=alert(1)>"
    first = take_in(office, "a.pdf", letter({"subject": seen(evil, None)}))
    second = take_in(office, "b.pdf", letter({"reference_no": seen("<b>สน</b> 1/456", None)}))
    for text in (
        client.get(f"/drafts/{first.id}/compare/{second.id}").text,
        panel(office, first) + panel(office, second),
    ):
        assert "<img src=x" not in text
        assert "<b>สน" not in text


def test_the_review_page_names_what_may_be_a_duplicate(
    office: Office, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    text = panel(office, first)
    assert "อาจซ้ำ:" in text
    assert f"#{second.id} {SAME_DAY} ลงวันที่ 13 พ.ย. 67" in text
    assert "(เลขที่และวันที่ตรงกัน · ผู้ร้องและพื้นที่เดียวกัน)" in text
    assert f'href="/drafts/{first.id}/compare/{second.id}"' in text
    with writing(office.engine) as connection:
        judge(connection, first.id, second.id, Verdict.DIFFERENT, OFFICER, NOW)
    text = panel(office, second)
    assert "อาจซ้ำ:" not in text
    assert "<details" in text
    assert f'คนละเรื่อง</span>\n      <span class="matter-what">#{first.id} {SAME_DAY}' in text


def test_a_letter_without_pairs_shows_nothing(office: Office) -> None:
    assert panel(office, take_in(office, "a.pdf", letter())).strip() == ""


def test_every_reason_and_verdict_has_its_words() -> None:
    assert set(matters.REASONS) == set(matters.Reason)
    assert set(VERDICTS) == set(Verdict)
    assert list(VERDICTS.values()) == [
        "ฉบับเดียวกัน",
        "ฉบับติดตาม",
        "เรื่องเดียวกันแต่มาทางอื่น",
        "คนละเรื่อง",
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("a", "a")], Agreement.SAME),
        ([("a", "b")], Agreement.DIFFERENT),
        ([("a", "")], Agreement.ONE),
        ([("", "a")], Agreement.ONE),
        ([("", "")], Agreement.NEITHER),
        ([("a", "a"), ("b", "b")], Agreement.SAME),
        ([("a", "a"), ("", "b")], Agreement.PARTLY),
        ([("a", ""), ("", "b")], Agreement.ONE),
        ([("a", "a"), ("b", "c")], Agreement.DIFFERENT),
        ([("a", "b"), ("", "c")], Agreement.DIFFERENT),
        ([("", "a"), ("", "b")], Agreement.ONE),
    ],
)
def test_letters_agree_where_they_say_the_same(
    parts: list[tuple[str, str]], expected: Agreement
) -> None:
    assert agreement(parts) is expected


@pytest.mark.browser
def test_two_letters_are_judged_with_the_keyboard_alone(
    office: Office, tab: Page, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    tab.goto(f"/drafts/{first.id}/compare/{second.id}")
    expect(tab.locator("[data-verdicts]")).to_be_focused()
    height = tab.viewport_size["height"] if tab.viewport_size else 0
    for button in tab.locator("[data-verdicts] button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < height / 2  # in sight, with room for the pages
    left, right = (tab.locator("[data-pair]").first.locator("img").nth(n) for n in (0, 1))
    before = left.bounding_box()
    tab.keyboard.press("PageDown")
    for each in (left, right):  # both move together
        expect(each).not_to_be_in_viewport(ratio=1)
    tops = [box["y"] for each in (left, right) if (box := each.bounding_box())]
    assert before is not None
    assert tops[0] == tops[1] < before["y"]
    tab.keyboard.press("Alt+PageUp")
    tab.keyboard.press("5")  # there are four
    tab.keyboard.press("Control+1")
    assert said(office, first, second) == (None, None)
    tab.keyboard.press("Digit2")
    tab.wait_for_url(f"**/drafts/{first.id}")
    assert said(office, first, second) == (Verdict.FOLLOW_UP, OFFICER)


@pytest.mark.browser
def test_digits_judge_only_while_the_verdicts_have_the_focus_and_escape_leads_back(
    office: Office, tab: Page, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    tab.goto(f"/drafts/{first.id}/compare/{second.id}")
    tab.locator("[data-pairs]").focus()
    tab.keyboard.press("1")
    tab.keyboard.press("Alt+PageDown")
    expect(tab.get_by_alt_text("ภาพ #1 หน้า 2")).to_be_in_viewport()
    tab.keyboard.press("Escape")
    tab.wait_for_url(f"**/drafts/{first.id}")
    assert said(office, first, second) == (None, None)


@pytest.mark.browser
def test_nothing_of_the_comparison_is_cut_off_on_a_small_screen(
    tab: Page, pair: tuple[Draft, Draft]
) -> None:
    first, second = pair
    for size in ((1366, 768), (1024, 600), (600, 800)):
        tab.set_viewport_size({"width": size[0], "height": size[1]})
        tab.goto(f"/drafts/{first.id}/compare/{second.id}")
        wide = tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0]
        tab.locator("[data-pairs] img").first.scroll_into_view_if_needed()
        expect(tab.locator("[data-pairs] img").first).to_be_in_viewport()
