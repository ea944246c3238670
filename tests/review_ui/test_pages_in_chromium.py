"""Stories of an officer at work with the pages of a letter, told by a real Chromium."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from models.database import looking
from models.drafts import Draft
from models.letters import Box, Line, OcrPage, PageState, Word
from models.pages import standings
from models.rearrangements import live_drafts
from review_ui.desk import Unreadable
from tests.review_ui.office import HEIGHT, WIDTH, Office, letter, page
from tests.review_ui.seats import until

pytestmark = pytest.mark.browser

# Where no field of the letter stands.
ROWS = (("ผู้ใหญ่บ้าน", "บอกว่า", "ไฟถนน"), ("จะซ่อม", "เสร็จ", "ภายในเดือนนี้"))


def page_of_words(number: int = 1) -> OcrPage:
    lines = []
    for row, words in enumerate(ROWS):
        top = 0.75 + 0.05 * row
        found = tuple(
            Word(word, Box(0.1 + 0.2 * place, top, 0.15, 0.02), 0.9)
            for place, word in enumerate(words)
        )
        lines.append(Line(" ".join(words), Box(0.1, top, 0.6, 0.02), 0.9, words=found))
    return OcrPage(number, WIDTH, HEIGHT, PageState.READ, (*page().lines, *lines), "test")


def opened(office: Office, tab: Page, pages: int = 1) -> Draft:
    """A letter on screen, its subject active, its words in sight."""
    every = [page_of_words(number) for number in range(1, pages + 1)]
    draft = office.add("a.pdf", letter(pages=every))
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=subject]").focus()
    frame(tab)
    return draft


def frame(tab: Page, number: int = 1) -> FloatRect:
    """The place of a page on screen, once its lower part is in sight."""
    sheet = tab.locator(f"#page-{number} [data-sheet]")
    sheet.evaluate("sheet => sheet.scrollIntoView({block: 'end'})")
    found = sheet.bounding_box()
    assert found is not None
    return found


def at(tab: Page, x: float, y: float, number: int = 1) -> tuple[float, float]:
    place = frame(tab, number)
    return place["x"] + x * place["width"], place["y"] + y * place["height"]


def word(tab: Page, row: int, place: int) -> tuple[float, float]:
    return at(tab, 0.1 + 0.2 * place + 0.05, 0.76 + 0.05 * row)


def subject(tab: Page) -> Locator:
    return tab.locator("[name=subject]")


def test_a_click_on_a_word_fills_the_active_field(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.mouse.click(*word(tab, 0, 1))
    expect(subject(tab)).to_have_value("บอกว่า")
    expect(subject(tab)).to_be_focused()
    expect(tab.locator("#s-subject")).to_contain_text("แก้แล้ว")
    tab.keyboard.down("Shift")
    tab.mouse.click(*word(tab, 1, 0))
    tab.keyboard.up("Shift")
    expect(subject(tab)).to_have_value("บอกว่า ไฟถนน จะซ่อม")
    assert tab.locator(".picking").count() <= 2  # no element for each word
    assert tab.locator(".picking rect").count() <= 2


def test_pointing_at_a_word_shows_it_and_at_nothing_shows_none(office: Office, tab: Page) -> None:
    opened(office, tab)
    x, y = word(tab, 0, 1)
    tab.mouse.move(x, y)
    steps = cycle((1, 0))

    def shown() -> bool:  # once the words of the page have come
        tab.mouse.move(x + next(steps), y)
        return tab.locator(".pointed").count() > 0

    until(tab, shown)
    expect(tab.locator(".pointed")).to_have_attribute("x", "0.3")
    tab.mouse.move(*at(tab, 0.97, 0.97))
    expect(tab.locator(".pointed")).to_have_count(0)


def test_a_click_on_a_fields_own_box_goes_to_that_field(office: Office, tab: Page) -> None:
    opened(office, tab)
    before = subject(tab).input_value()
    tab.locator(".box[data-for=phone]").click()
    expect(tab.locator("[name=phone]")).to_be_focused()
    expect(subject(tab)).to_have_value(before)


def drag(tab: Page, x: float, y: float, to_x: float, to_y: float) -> None:
    tab.mouse.move(*at(tab, x, y))
    tab.mouse.down()
    tab.mouse.move(*at(tab, (x + to_x) / 2, (y + to_y) / 2))
    tab.mouse.move(*at(tab, to_x, to_y))
    expect(tab.locator(".band")).to_have_count(1)
    tab.mouse.up()


def test_a_band_drawn_over_a_line_is_read_again(office: Office, tab: Page) -> None:
    opened(office, tab)
    office.rereader.says = ("นายอำเภอ", "เมืองสกลนคร")
    drag(tab, 0.1, 0.74, 0.6, 0.78)
    expect(subject(tab)).to_have_value("นายอำเภอ เมืองสกลนคร")
    expect(subject(tab)).to_be_focused()
    expect(tab.locator(".band")).to_have_count(0)
    name, number, box, turn = office.rereader.asked[0]
    assert (name, number, turn) == ("region", 1, 0)
    assert isinstance(box, Box)
    found = (box.left, box.top, box.width, box.height)
    assert found == pytest.approx((0.1, 0.74, 0.5, 0.04), abs=0.005)


def test_a_band_that_begins_on_a_fields_box_does_not_leave_the_field(
    office: Office, tab: Page
) -> None:
    opened(office, tab)
    drag(tab, 0.55, 0.68, 0.9, 0.71)  # from the telephone number
    expect(subject(tab)).to_have_value("อ่านใหม่จากกรอบ")
    expect(subject(tab)).to_be_focused()


def test_a_band_that_cannot_be_read_says_so_and_changes_nothing(office: Office, tab: Page) -> None:
    opened(office, tab)
    before = subject(tab).input_value()
    office.rereader.trouble = Unreadable("ไม่พบตัวอักษรในกรอบนี้ ลากกรอบใหม่")
    drag(tab, 0.1, 0.9, 0.6, 0.94)
    expect(tab.locator("[data-say]")).to_have_text("ไม่พบตัวอักษรในกรอบนี้ ลากกรอบใหม่")
    expect(subject(tab)).to_have_value(before)


def test_words_are_taken_with_the_keyboard_alone(office: Office, tab: Page) -> None:
    opened(office, tab)
    tab.locator("[data-sheets]").focus()
    tab.locator("[data-sheets]").evaluate("sheets => sheets.scrollTo(0, 0)")
    tab.keyboard.press("Control+ArrowRight")  # the first in sight
    expect(tab.locator("[data-say]")).to_have_text("ที่ สน ๐๐๑๘.๑/๔๕๖")
    for _ in range(len(page().lines)):
        tab.keyboard.press("Control+ArrowRight")
    expect(tab.locator("[data-say]")).to_have_text("ผู้ใหญ่บ้าน")
    tab.keyboard.press("Control+ArrowDown")
    expect(tab.locator("[data-say]")).to_have_text("จะซ่อม")
    tab.keyboard.press("Control+Shift+ArrowRight")
    expect(tab.locator("[data-say]")).to_have_text("จะซ่อม เสร็จ")
    tab.keyboard.press("Enter")
    expect(subject(tab)).to_have_value("จะซ่อม เสร็จ")
    cursor, view = (
        tab.locator(".picked").bounding_box(),
        tab.locator("[data-sheets]").bounding_box(),
    )
    assert cursor is not None
    assert view is not None
    assert view["y"] <= cursor["y"] <= view["y"] + view["height"]


def test_the_cursor_goes_on_to_the_next_page_and_back(office: Office, tab: Page) -> None:
    opened(office, tab, pages=2)
    tab.mouse.click(*word(tab, 1, 2))
    expect(tab.locator("[data-say]")).to_contain_text("ใส่")
    tab.locator("[data-sheets]").focus()
    tab.keyboard.press("Control+ArrowRight")
    expect(tab.locator("#page-2 .picked")).to_have_count(1)
    tab.keyboard.press("Control+ArrowLeft")
    expect(tab.locator("#page-1 .picked")).to_have_count(1)
    expect(tab.locator("[data-say]")).to_have_text("ภายในเดือนนี้")


def test_what_was_stopped_does_nothing_more(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter(pages=[page_of_words()]))
    tab.goto(f"/drafts/{draft.id}")
    taken = tab.evaluate(
        """async () => {
          const { picking } = await import("/static/pick.js");
          const sheets = document.querySelector("[data-sheets]").cloneNode(true);
          document.body.append(sheets);
          const taken = [];
          const stop = picking({ sheets, onPick: (what) => taken.push(what), say: () => {} });
          const sheet = sheets.querySelector("[data-sheet]");
          const place = sheet.getBoundingClientRect();
          const click = async () => {
            const [x, y] = [place.left + 0.12 * place.width, place.top + 0.76 * place.height];
            sheet.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: x, clientY: y }));
            await new Promise((done) => setTimeout(done, 300));
          };
          await click();
          stop();
          await click();
          return [taken, sheets.querySelectorAll(".picking").length];
        }"""
    )
    assert taken == [
        [
            {
                "page": 1,
                "text": "ผู้ใหญ่บ้าน",
                "box": {
                    "x": 0.1,
                    "y": 0.75,
                    "width": pytest.approx(0.15),
                    "height": pytest.approx(0.02),
                },
            }
        ],
        0,
    ]


THOUSAND = """async () => {
  const { gridOf, wordAt } = await import("/static/words.js");
  const words = { x: [], y: [], w: [], h: [], text: [], line: [] };
  for (let line = 0; line < 50; line++)
    for (let place = 0; place < 20; place++) {
      words.x.push(0.05 + place * 0.045);
      words.y.push(0.05 + line * 0.018);
      words.w.push(0.04);
      words.h.push(0.012);
      words.text.push(`${line}/${place}`);
      words.line.push(line);
    }
  const grid = gridOf(words);
  const found = words.text.map((_, n) => wordAt(grid, words.x[n] + 0.02, words.y[n] + 0.006));
  const beside = [wordAt(grid, 0.02, 0.02), wordAt(grid, -0.5, 0.5), wordAt(grid, 0.5, 1.5)];
  const began = performance.now();
  for (let n = 0; n < 100000; n++) wordAt(grid, (n % 997) / 997, (n % 991) / 991);
  return { found, beside, each: (performance.now() - began) / 100000 };
}"""


def test_every_word_of_a_full_page_is_found_where_it_stands(office: Office, tab: Page) -> None:
    tab.goto("/queue")
    told = tab.evaluate(THOUSAND)
    assert told["found"] == list(range(1000))
    assert told["beside"] == [-1, -1, -1]


def test_a_page_is_turned_without_losing_what_was_typed(office: Office, tab: Page) -> None:
    draft = opened(office, tab)
    subject(tab).fill("พิมพ์ไว้แล้ว")
    tab.locator("#page-1 [data-rotate] button").click()
    picture = tab.locator("#page-1 img")
    expect(picture).to_have_attribute("src", f"/pictures/{draft.sha256}/1.jpg?turn=90")
    expect(subject(tab)).to_have_value("พิมพ์ไว้แล้ว")
    expect(tab.locator("#page-1 [data-rotate] button")).to_be_focused()
    shape = picture.evaluate(
        "async img => (await img.decode(), [img.naturalWidth, img.naturalHeight])"
    )
    assert shape == [HEIGHT, WIDTH]
    # The words are turned with it: the first of the lower rows now stands at the left edge.
    subject(tab).focus()
    place = tab.locator("#page-1 [data-sheet]").bounding_box()
    assert place is not None
    tab.mouse.click(place["x"] + 0.24 * place["width"], place["y"] + 0.12 * place["height"])
    expect(subject(tab)).to_have_value("ผู้ใหญ่บ้าน")


def test_a_page_is_read_again_as_it_was_turned(office: Office, tab: Page) -> None:
    opened(office, tab)
    office.rereader.pages[1] = replace(page(), read_by="อ่านตามที่หมุน")
    tab.locator("#page-1 [data-rotate] button").click()
    tab.get_by_role("button", name="อ่านหน้านี้ใหม่ ตามที่หมุน").click()
    expect(subject(tab)).to_have_value("อ่านตามที่หมุน")
    subject(tab).fill("พิมพ์ไว้แล้ว")
    tab.once("dialog", lambda dialog: dialog.dismiss())
    tab.get_by_role("button", name="อ่านหน้านี้ใหม่").click()
    expect(subject(tab)).to_have_value("พิมพ์ไว้แล้ว")


def spans(office: Office, draft: Draft) -> list[tuple[int, int]]:
    with looking(office.engine) as connection:
        live = live_drafts(connection, draft.scan_id)
    return [(each.first_page, each.last_page) for each in live]


def test_a_scan_is_split_with_the_keyboard_alone_and_that_is_undone(
    office: Office, tab: Page
) -> None:
    draft = office.add("pile.pdf", letter(pages=[page(number) for number in (1, 2, 3)]))
    tab.goto(f"/drafts/{draft.id}/split")
    box = tab.locator("[name=cut]")
    expect(box.nth(0)).to_be_focused()
    tab.keyboard.press("Space")  # the first page always begins a letter
    expect(box.nth(0)).to_be_checked()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")  # there is no fourth
    expect(box.nth(2)).to_be_focused()
    tab.keyboard.press("Space")
    expect(tab.locator("[data-letters]")).to_have_text("จะได้ 2 เรื่อง")
    tab.keyboard.press("r")
    expect(tab.locator("img").nth(2)).to_have_attribute("src", re.compile("turn=90$"))
    with looking(office.engine) as connection:
        assert standings(connection, draft.scan_id)[3].turn == 90
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("ได้ 2 เรื่อง")
    assert spans(office, draft) == [(1, 2), (3, 3)]
    expect(tab.locator("[data-first]")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.locator("[data-undo]")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-status]")).to_contain_text("ย้อนแล้ว")
    assert spans(office, draft) == [(1, 3)]
    tab.keyboard.press("Escape")
    expect(tab.locator("[name=subject]")).to_be_visible()


def test_the_row_of_pages_is_one_stop_for_the_tabulator(office: Office, tab: Page) -> None:
    draft = office.add("pile.pdf", letter(pages=[page(number) for number in (1, 2, 3)]))
    tab.goto(f"/drafts/{draft.id}/split")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Tab")
    expect(tab.locator("[data-cancel]")).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    expect(tab.locator("[name=cut]").nth(1)).to_be_focused()
    tab.locator("[data-leaf] img").nth(2).click()
    expect(tab.locator("[name=cut]").nth(2)).to_be_checked()
    tab.get_by_role("button", name="แบ่งตามนี้").click()
    expect(tab.locator("[data-status]")).to_contain_text("ได้ 2 เรื่อง")


def test_a_page_is_turned_all_the_way_round_by_keys_and_stays_as_it_was_looked_at(
    office: Office, tab: Page
) -> None:
    draft = office.add("a.pdf", letter(pages=[page(), page(2)]))
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    lit = tab.locator("#page-1 .box.lit[data-for=reference_no]")
    expect(lit).to_have_count(1)
    tab.locator("[data-zoom='1']").press("Enter")
    for turn in ("90", "180", "270", "0"):
        tab.keyboard.press("Alt+KeyR")
        sheet = tab.locator("#page-1 [data-sheet]")
        expect(sheet).to_have_attribute("data-turned", turn)
        expect(sheet).to_have_attribute("style", "width: 125%;")
        expect(lit).to_have_count(1)
    tab.keyboard.press("Alt+PageDown")
    expect(tab.locator("[data-page-now]")).to_have_text("2")
    tab.keyboard.press("Alt+PageUp")
    expect(tab.locator("[data-page-now]")).to_have_text("1")
