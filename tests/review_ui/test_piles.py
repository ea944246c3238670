"""A pile that was scanned at once: separators, blank pages, proposals, on the officers' screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fastapi.testclient import TestClient
from httpx import Response

from models.database import looking, writing
from models.drafts import Draft, add_draft, drafts_of_scan
from models.letters import Box, Code, CodeKind, OcrPage, PageState
from models.pages import add_page
from models.rearrangements import live_drafts
from models.sheet_codes import Separator, write
from models.stacked import note
from tests.models.letters import keep_scan
from tests.review_ui.office import NOW, Office, draw, letter, page

SAYS = Separator("4705", "LAND", "กล่อง ๔")


def separator(number: int, says: Separator = SAYS) -> OcrPage:
    code = Code(CodeKind.QR, write(says), Box(0.1, 0.2, 0.2, 0.15))
    return OcrPage(number, 827, 1170, PageState.SEPARATOR, codes=(code,))


def blank(number: int) -> OcrPage:
    return replace(page(number, ()), state=PageState.BLANK)


def pile(
    office: Office, pages: Sequence[OcrPage], letters: Sequence[Sequence[int]], *proposed: int
) -> list[Draft]:
    """Take a file in as the pipeline does, parted into these letters."""
    sha256 = "ab" * 32
    own = {each.number: each for each in pages}
    with writing(office.engine) as connection:
        scan_id = keep_scan(connection, sha256, "pile.pdf", size=9)
        for each in pages:
            add_page(connection, scan_id, each, NOW)
            draw(each, office.archive.view(sha256, each.number))
        for number, numbers in enumerate(letters, start=1):
            reading = letter(pages=[own[number] for number in numbers])
            add_draft(connection, scan_id, replace(reading, letter=number), NOW)
        note(connection, scan_id, pages, proposed)
        return drafts_of_scan(connection, scan_id)


def separated(office: Office) -> list[Draft]:
    """A separator, a letter of two pages, a separator with a blank back, a letter of one."""
    pages = [separator(1), page(2), page(3), separator(4), blank(5), page(6)]
    return pile(office, pages, [[2, 3], [5, 6]])


def numbers(office: Office, draft: Draft) -> list[tuple[int, ...]]:
    with looking(office.engine) as connection:
        return [each.page_numbers for each in live_drafts(connection, draft.scan_id)]


def send(
    client: TestClient, draft: Draft, cuts: Sequence[int], keep: Sequence[int] = ()
) -> Response:
    text = client.get(f"/drafts/{draft.id}/split").text
    seen = re.search(r'name="seen" value="([^"]*)"', text)
    assert seen
    data = {"seen": seen[1], "cut": list(cuts), "keep": list(keep)}
    return client.post(f"/drafts/{draft.id}/split", data=data)


def ticked(text: str, name: str = "cut") -> list[int]:
    return [int(n) for n in re.findall(rf'name="{name}" value="(\d+)" checked', text)]


def test_a_separator_stands_in_the_row_and_belongs_to_no_letter(
    office: Office, client: TestClient
) -> None:
    first, _ = separated(office)
    text = client.get(f"/drafts/{first.id}/split").text
    assert ticked(text) == [2, 5]
    assert re.findall(r'name="keep" value="(\d+)"', text) == ["1", "4"]
    assert text.count("┇ ใบคั่น ไม่อยู่ในเรื่องใด · ชุด กล่อง ๔") == 2
    assert text.count("เปิดภาพ") == 2
    assert len(re.findall("<img", text)) == 6


def test_letters_are_joined_over_a_separator_and_it_stays_apart(
    office: Office, client: TestClient
) -> None:
    first, second = separated(office)
    assert send(client, first, [2]).status_code == 303
    assert numbers(office, first) == [(2, 3, 5, 6)]
    (joined,) = (each for each in office_live(office, first))
    assert (joined.first_page, joined.last_page, joined.left_out) == (2, 6, (4,))
    assert office.rereader.separators == [SAYS]
    done = client.post("/rearrangements/1/undo")
    assert done.status_code == 303
    assert numbers(office, first) == [(2, 3), (5, 6)]
    assert [each.id for each in office_live(office, first)] == [first.id, second.id]


def office_live(office: Office, draft: Draft) -> list[Draft]:
    with looking(office.engine) as connection:
        return live_drafts(connection, draft.scan_id)


def test_a_page_taken_for_a_separator_by_mistake_becomes_a_page_again(
    office: Office, client: TestClient
) -> None:
    first, _ = separated(office)
    assert send(client, first, [2, 5], keep=[4]).status_code == 303
    assert numbers(office, first) == [(2, 3, 4), (5, 6)]
    new = office_live(office, first)[0]
    text = client.get(f"/drafts/{new.id}").text
    assert "เครื่องเห็นว่าหน้านี้เป็นใบคั่น จึงไม่ได้อ่าน" in text
    assert client.post("/rearrangements/1/undo").status_code == 303
    assert numbers(office, first) == [(2, 3), (5, 6)]


def test_a_page_before_the_first_letter_joins_it(office: Office, client: TestClient) -> None:
    first, _ = separated(office)
    assert send(client, first, [2, 5], keep=[1]).status_code == 303
    assert numbers(office, first) == [(1, 2, 3), (5, 6)]


def test_only_pages_of_no_letter_can_be_kept(office: Office, client: TestClient) -> None:
    first, _ = separated(office)
    assert send(client, first, [2, 5], keep=[3, 99]).headers["location"] == f"/drafts/{first.id}"
    assert numbers(office, first) == [(2, 3), (5, 6)]


def test_blank_pages_are_passed_over_and_counted(office: Office, client: TestClient) -> None:
    _, second = separated(office)
    text = client.get(f"/drafts/{second.id}").text
    assert "(ข้ามหน้าว่าง 1 หน้า)" in text
    assert "</b>/1" in text
    assert text.count('class="page"') == 1
    assert "· หน้าว่าง" in client.get(f"/drafts/{second.id}/split").text


def test_a_letter_of_blank_pages_alone_is_shown(office: Office, client: TestClient) -> None:
    (draft,) = pile(office, [blank(1), blank(2)], [[1, 2]])
    text = client.get(f"/drafts/{draft.id}").text
    assert text.count('class="page"') == 2
    assert "ข้ามหน้าว่าง" not in text


def test_a_proposed_cut_is_told_on_the_review_and_marked_on_the_split_screen(
    office: Office, client: TestClient
) -> None:
    pages = [separator(1), page(2), page(3), page(4)]
    (draft,) = pile(office, pages, [[2, 3, 4]], 4)
    text = client.get(f"/drafts/{draft.id}").text
    assert "เครื่องเสนอแบ่งไฟล์นี้เป็น 2 เรื่อง" in text
    assert "ขณะนี้มี 1 เรื่อง" in text
    text = client.get(f"/drafts/{draft.id}/split").text
    assert ticked(text) == [2, 4]
    assert "เครื่องเสนอแบ่งไฟล์นี้เป็น 2 เรื่อง" in text
    assert numbers(office, draft) == [(2, 3, 4)]  # nothing was parted by looking
    send(client, draft, [2, 4])
    assert numbers(office, draft) == [(2, 3), (4,)]
    new = office_live(office, draft)[0]
    assert "เครื่องเสนอ" not in client.get(f"/drafts/{new.id}").text


def test_a_cut_that_an_officer_took_away_is_not_proposed_again(
    office: Office, client: TestClient
) -> None:
    first, _ = pile(office, [page(1), page(2)], [[1], [2]], 2)
    assert "และแบ่งไว้ให้แล้ว เพราะพบหัวหนังสือที่หน้า 2" in client.get(f"/drafts/{first.id}").text
    send(client, first, [1])
    new = office_live(office, first)[0]
    assert ticked(client.get(f"/drafts/{new.id}/split").text) == [1]
    assert "เครื่องเสนอ" not in client.get(f"/drafts/{new.id}").text


def test_the_separators_category_is_offered_first_and_never_chosen(
    office: Office, client: TestClient
) -> None:
    first, _ = separated(office)
    text = client.get(f"/drafts/{first.id}").text
    assert "ใบคั่นระบุหมวด ปัญหาที่ดิน/ที่ทำกิน" in text
    taken = re.findall(r'data-take="([A-Z]+)"', text)
    assert taken[:2] == ["LAND", "HARDSHIP"]
    assert '<option value="HARDSHIP" selected>' in text


def test_a_page_read_again_keeps_what_the_separator_said(
    office: Office, client: TestClient
) -> None:
    first, _ = separated(office)
    office.rereader.pages[2] = page(2)
    client.post(f"/drafts/{first.id}/pages/2/reread")
    assert office.rereader.separators == [SAYS]
