"""Stories of an officer's day, told by a real Chromium."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from models.database import looking
from models.decisions import decisions_of
from models.draft_states import DraftState
from models.letters import Box, Citation, LetterPart, Receipt
from models.records import get_record
from models.terms import FieldName, PartKind
from tests.review_ui.conftest import check_and_save
from tests.review_ui.office import (
    LINES,
    SUGGESTION,
    Office,
    doubtful,
    filled,
    letter,
    page,
    seen,
)
from tests.review_ui.seats import held_back, until

pytestmark = pytest.mark.browser
EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def focused(tab: Page) -> str:
    return str(tab.evaluate("document.activeElement.name || document.activeElement.tagName"))


def test_a_clean_letter_is_confirmed_with_the_keyboard_alone(office: Office, tab: Page) -> None:
    office.add("a.pdf", letter())
    office.add("b.pdf", letter({"reference_no": seen("มท 0307.2/ว 50255", None)}))
    tab.goto("/queue")
    tab.keyboard.press("Enter")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    for name in ("date", "district"):
        tab.keyboard.press("Enter")
        expect(tab.locator(f"[name={name}]")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-save]")).to_be_focused()
    expect(tab.locator("[data-left]")).to_have_text("ดูครบแล้ว")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").first).to_contain_text("บันทึกลงทะเบียนแล้ว")
    expect(tab.locator("[name=reference_no]")).to_have_value("มท 0307.2/ว 50255")
    for _ in range(3):
        tab.keyboard.press("Enter")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    expect(tab.locator("[data-count=recorded]")).to_have_text("2")


def test_a_script_that_comes_late_leaves_the_officer_where_they_are(
    office: Office, tab: Page
) -> None:
    office.add("a.pdf", letter())
    late = held_back(tab, "**/review/page.js")
    tab.goto("/queue", wait_until="commit")
    tab.locator("[data-find]").focus()
    until(tab, lambda: len(late) == 1)
    late[0].continue_()
    expect(tab.locator("html.scripted")).to_have_count(1)
    expect(tab.locator("[data-find]")).to_be_focused()


def test_one_wrong_digit_is_mended(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("End")
    tab.keyboard.press("Backspace")
    tab.keyboard.type("7")
    expect(tab.locator("#s-reference_no")).to_contain_text("แก้แล้ว")
    check_and_save(tab)
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.values[FieldName.REFERENCE_NO] == "สน 0018.1/457"
    assert record.values[FieldName.DATE] == "2024-11-13"


def test_a_doubtful_letter_is_walked_through_and_saved_by_no_accident(
    office: Office, tab: Page
) -> None:
    draft = office.add("b.pdf", doubtful())
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=category]")).to_be_focused()  # the machine abstained
    tab.keyboard.press("Control+Enter")  # nothing was made sure of
    expect(tab.locator("[data-say]")).to_have_text("ยังมีช่องที่ต้องตรวจก่อนบันทึก")
    tab.keyboard.press("Alt+1")
    expect(tab.locator("[name=category]")).to_have_value("HARDSHIP")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    tab.keyboard.press("Alt+2")
    expect(tab.locator("[name=reference_no]")).to_have_value("สน 0018.1/456")
    expect(tab.locator("[name=date]")).to_be_focused()
    tab.keyboard.press("F9")  # takes doubts along, and never what is critical
    expect(tab.locator("[name=date]")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("[name=district]")).to_be_focused()
    tab.keyboard.press("Control+Enter")
    assert office.fresh(draft).state is DraftState.WAITING
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
        said = decisions_of(connection, [draft.id])[draft.id][0].answers or {}
    assert record is not None
    assert record.values[FieldName.REFERENCE_NO] == "สน 0018.1/456"
    assert record.category == "HARDSHIP"
    by = {name: said[name]["by"] for name in ("category", "reference_no", "date", "subject")}
    assert by == {"category": "taken", "reference_no": "taken", "date": "key", "subject": "unseen"}


def test_holding_enter_does_not_run_through_a_letter(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.down("Enter")
    for _ in range(6):
        tab.keyboard.down("Enter")  # pressed again without release: a repeat
    expect(tab.locator("[name=date]")).to_be_focused()


def test_a_letter_is_parked_with_a_reason(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("F4")
    tab.keyboard.press("4")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").first).to_contain_text("พักเรื่องไว้แล้ว")
    with looking(office.engine) as connection:
        decision = decisions_of(connection, [draft.id])[draft.id][0]
    assert (decision.reason, decision.officer) == ("category", "สมชาย ใจเย็น")


def test_a_letter_is_rejected_and_other_reasons_need_words(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("F4")
    tab.locator("[name=reject_reason][value=other]").check()
    tab.get_by_role("button", name="ตีกลับ", exact=True).click()
    expect(tab.locator("#note-problem")).to_be_visible()
    expect(tab.locator("[name=reject_reason][value=other]")).to_be_checked()
    tab.locator("[name=note]").fill("ส่งผิดที่")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").first).to_contain_text("ตีกลับแล้ว")
    assert office.fresh(draft).state is DraftState.REJECTED


def test_a_stale_letter_is_not_overwritten(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    held_back(tab, "**/claims/renew")  # a heartbeat would tell of it before anything is typed
    tab.goto(f"/drafts/{draft.id}")
    other = tab.context.new_page()
    other.goto(f"/drafts/{draft.id}")
    check_and_save(other)
    expect(other.get_by_text("หมดคิวแล้ว")).to_be_visible()
    tab.locator("[name=subject]").fill("ที่พิมพ์ไว้")
    expect(tab.get_by_role("button", name="เทียบสองฉบับ")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("row", name="เรื่อง")).to_contain_text("ที่พิมพ์ไว้")
    tab.get_by_role("link", name="เปิดข้อมูลล่าสุด").first.click()
    expect(tab.get_by_role("link", name="ดูทะเบียนที่ 1")).to_be_visible()


def test_a_bad_date_keeps_the_typing_and_takes_the_officer_to_it(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=subject]").fill("เรื่องใหม่")
    tab.locator("[name=date]").fill("30/2/2567")
    expect(tab.locator("[data-field=date] [data-echo]")).to_contain_text("ไม่มีวันที่ 30")
    expect(tab.locator("[data-field=date] [data-against]")).to_contain_text("ไม่มีวันที่ 30")
    tab.locator("[name=phone]").focus()
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[data-field].wrong [name=date]")).to_have_value("30/2/2567")
    expect(tab.locator("[name=subject]")).to_have_value("เรื่องใหม่")
    tab.locator("[name=date]").fill("๒๘ ก.พ. ๒๕๖๗")
    expect(tab.locator("[data-field=date] [data-echo]")).to_have_text("พุธ 28 กุมภาพันธ์ 2567")


def test_the_place_on_the_page_follows_the_field(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=phone]").focus()
    box = tab.locator(".box.lit")
    expect(box).to_have_count(1)
    expect(box).to_have_attribute("data-for", "phone")
    place, view = box.bounding_box(), tab.locator("[data-sheets]").bounding_box()
    assert place is not None
    assert view is not None
    assert view["y"] < place["y"] < view["y"] + view["height"] - place["height"]
    expect(tab.locator("[data-field=phone] .crop")).to_be_visible()
    tab.locator(".box[data-for=date]").click()
    expect(tab.locator("[name=date]")).to_be_focused()


def test_pages_turn_and_zoom_with_keys(office: Office, tab: Page) -> None:
    draft = office.add("b.pdf", doubtful())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("Alt+PageDown")
    expect(tab.locator("[data-page-now]")).to_have_text("2")
    expect(tab.locator("#page-2 .remark")).to_contain_text("ลายมือจางเกินไป")
    tab.keyboard.press("Alt+PageUp")
    expect(tab.locator("[data-page-now]")).to_have_text("1")
    before = tab.locator("[data-sheet]").first.bounding_box()
    tab.locator("[data-sheets]").focus()
    tab.keyboard.press("+")
    after = tab.locator("[data-sheet]").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"] * 1.25, rel=0.01)


def test_the_list_of_keys_opens_and_closes(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.keyboard.press("Alt+Slash")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Control+Enter")  # nothing behind a dialog is saved
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    assert office.fresh(draft).state is DraftState.WAITING


@pytest.mark.parametrize(
    ("name", "before", "key", "after"),
    [
        ("received_no", "56", "ค", "568"),
        ("received_time", "0", "ค", "08"),
        ("refers_to", "สน 001", "ค", "สน 0018"),
        ("date", "13/", "ค", "13/8"),
        ("date", "13 ", "ค", "13 ค"),
        ("date", "13 ต.ค. 256", "ค", "13 ต.ค. 2568"),
        ("reference_no", "", "ค", "ค"),
        ("reference_no", "สน 001", "ค", "สน 0018"),
        ("subject", "เรื่อง 1", "ค", "เรื่อง 1ค"),
    ],
)
def test_the_number_row_types_digits_in_the_thai_layout(
    office: Office, tab: Page, name: str, before: str, key: str, after: str
) -> None:
    draft = office.add("a.pdf", filled())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator(f"[name={name}]").fill(before)
    press_in_thai(tab, "Digit8", key)
    expect(tab.locator(f"[name={name}]")).to_have_value(after)


def press_in_thai(tab: Page, code: str, key: str) -> None:
    """Send what a keyboard with the Thai layout sends."""
    session = tab.context.new_cdp_session(tab)
    session.send(
        "Input.dispatchKeyEvent", {"type": "keyDown", "code": code, "key": key, "text": key}
    )


@pytest.mark.parametrize(
    ("name", "before", "code", "key", "after"),
    [
        ("house_no", "12", "Slash", "ฝ", "12/"),
        ("received_time", "9", "Period", "ใ", "9."),
        ("date", "13", "Minus", "ข", "13-"),
        ("date", "13 พ", "Minus", "ข", "13 พข"),
        ("reference_no", "สน 0018", "Period", "ใ", "สน 0018."),
        ("reference_no", "สน 0018.1", "Slash", "ฝ", "สน 0018.1/"),
        ("reference_no", "สน 0018.1/", "Slash", "ฝ", "สน 0018.1/ฝ"),  # a letter may stand there
        ("reference_no", "", "Slash", "ฝ", "ฝ"),
        ("subject", "12", "Slash", "ฝ", "12ฝ"),
    ],
)
def test_the_signs_of_numbers_are_typed_in_the_thai_layout(
    office: Office, tab: Page, name: str, before: str, code: str, key: str, after: str
) -> None:
    draft = office.add("a.pdf", filled())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator(f"[name={name}]").fill(before)
    press_in_thai(tab, code, key)
    expect(tab.locator(f"[name={name}]")).to_have_value(after)


def test_what_was_not_found_is_opened_and_filled_with_the_keyboard_alone(
    office: Office, tab: Page
) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=secrecy]").focus()
    tab.keyboard.press("Tab")
    assert focused(tab) == "SUMMARY"  # one stop, whatever is folded away behind it
    tab.keyboard.press("Tab")
    assert focused(tab) == "SUMMARY"
    expect(tab.locator("[name=age]")).to_be_hidden()
    tab.keyboard.press("Tab")
    expect(tab.locator("[name=province]")).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator("[name=group_size]")).to_be_focused()
    tab.keyboard.type("12")
    expect(tab.locator("#s-group_size")).to_contain_text("แก้แล้ว")
    tab.keyboard.press("Enter")  # goes on to what must be looked at, past what was not found
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    tab.locator("[name=group_size]").focus()
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("[name=group_size]")).to_be_hidden()
    note = tab.evaluate(
        "getComputedStyle(document.activeElement, '::after').content"
    )  # folding away what was typed does not hide that it was
    assert "มีค่าที่พิมพ์ไว้" in note
    check_and_save(tab)
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.values[FieldName.GROUP_SIZE] == "12"


def test_what_is_wrong_in_a_fold_is_shown_even_when_it_was_closed_again(
    office: Office, tab: Page
) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    fold = tab.locator(".fold:has([name=received_time])")
    fold.locator("summary").click()
    tab.locator("[name=received_time]").fill("25.00")
    expect(tab.locator("[data-field=received_time]")).to_contain_text("ไม่มีเวลา 25:00")
    fold.locator("summary").click()
    expect(tab.locator("[name=received_time]")).to_be_hidden()
    tab.locator("[name=reference_no]").focus()
    for name in ("date", "district", "received_time"):
        tab.keyboard.press("Enter")
        expect(tab.locator(f"[name={name}]")).to_be_focused()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("0915")
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()


def test_a_clean_letter_is_no_longer_than_it_needs_to_be(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.goto(f"/drafts/{draft.id}")
    shown = tab.locator("[data-field]:visible")
    expect(shown).to_have_count(2 + 14)  # kind and category, and what every letter should have
    expect(tab.locator(".fold")).to_have_count(4)
    height = tab.evaluate("document.querySelector('[data-fields]').scrollHeight")
    assert height < 1250  # the folds and the headings are worth less than five more fields


def test_an_outcome_is_chosen_by_its_number_and_its_place_is_shown(
    office: Office, tab: Page
) -> None:
    draft = office.add("a.pdf", filled())
    tab.goto(f"/drafts/{draft.id}")
    tab.locator("[name=outcome]").focus()
    expect(tab.locator(".box.lit")).to_have_attribute("data-for", "outcome")
    expect(tab.locator("[data-field=outcome] .crop")).to_be_visible()
    tab.keyboard.press("Alt+1")
    expect(tab.locator("[name=outcome]")).to_have_value("in_progress")
    expect(tab.locator("#s-outcome")).to_contain_text("แก้แล้ว")


def test_a_national_id_takes_no_focus_and_shows_no_picture(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", filled())
    tab.goto(f"/drafts/{draft.id}")
    row = tab.locator(".looked-at")
    expect(row).to_contain_text("1-xxxx-xxxxx-01-1")
    expect(row.locator("input, select, textarea, .crop, button")).to_have_count(0)
    tab.locator("[name=home_province]").focus()
    tab.keyboard.press("Tab")
    assert focused(tab) == "SUMMARY"


def test_what_else_was_read_unfolds_with_the_keyboard_and_fits(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", filled())
    tab.goto(f"/drafts/{draft.id}")
    summary = tab.locator("[data-extras] summary")
    summary.focus()
    expect(tab.get_by_text("ศูนย์ดำรงธรรมอำเภอ")).to_be_hidden()
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("ศูนย์ดำรงธรรมอำเภอ")).to_be_visible()
    for selector in ("[data-fields]", ":root"):
        size = tab.evaluate(
            f"(e => [e.scrollWidth, e.clientWidth])(document.querySelector('{selector}'))"
        )
        assert size[0] <= size[1]


def test_long_thai_text_in_every_field_does_not_break_the_form(office: Office, tab: Page) -> None:
    long = ("ขอให้ตรวจสอบปั้นจั่นและผู้รับเหมาที่ทิ้งงาน" * 8)[:300]
    reading = filled()
    values = dict(reading.fields.values)
    values |= {
        name: field
        and replace(field, value=long, raw=long, doubts=(long,), alternatives=(long + "๑",))
        for name, field in values.items()
        if name is not FieldName.URGENCY  # one of three words
    }
    also = replace(
        reading.fields,
        values=values,
        parts=tuple(replace(part, text=long) for part in reading.fields.parts),
        citations=tuple(
            replace(each, office=long, urgency=long) for each in reading.fields.citations
        ),
        receipts=tuple(replace(each, office=long) for each in reading.fields.receipts),
    )
    draft = office.add("a.pdf", replace(reading, fields=also))
    for width in (1366, 480):
        tab.set_viewport_size({"width": width, "height": 768})
        tab.goto(f"/drafts/{draft.id}")
        tab.evaluate("document.querySelectorAll('.form details').forEach(e => e.open = true)")
        for selector in ("[data-fields]", ":root"):
            size = tab.evaluate(
                f"(e => [e.scrollWidth, e.clientWidth])(document.querySelector('{selector}'))"
            )
            assert size[0] <= size[1], (width, selector)


def test_long_thai_text_does_not_break_the_screen(office: Office, tab: Page) -> None:
    subject = ("ขอให้ตรวจสอบปั้นจั่นและผู้รับเหมาที่ทิ้งงาน" * 5)[:200]
    changes = {"subject": seen(subject, Box(0.12, 0.22, 0.8, 0.06), doubts=("ยาว" * 60,))}
    draft = office.add("ชื่อไฟล์ที่ยาวมาก" * 12 + ".pdf", letter(changes))
    for path in ("/queue", f"/drafts/{draft.id}"):
        tab.goto(path)
        wide = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1]
    tall = tab.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert tall[0] <= tall[1]
    for part in ("[data-save]", "[data-fields]", "[data-sheets]"):
        box = tab.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 768
        assert box["x"] + box["width"] <= 1366
    fields = tab.evaluate(
        "(e => [e.scrollWidth, e.clientWidth])(document.querySelector('[data-fields]'))"
    )
    assert fields[0] <= fields[1]


def test_tone_marks_have_room(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter({"complainant": seen("ปี่ ฟ้ำ กตัญญู ปั้น", None)}))
    tab.goto(f"/drafts/{draft.id}")
    tab.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    tab.evaluate("document.fonts.ready")
    faces = tab.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
    assert faces >= 2
    tab.evaluate("document.querySelectorAll('.fold, .also').forEach(each => each.open = true)")
    heights = tab.evaluate(
        """[...document.querySelectorAll('.field input:not([type=checkbox]), textarea')].map(e => {
          const style = getComputedStyle(e);
          return [e.offsetHeight, parseFloat(style.lineHeight) / parseFloat(style.fontSize),
                  e.tagName === 'TEXTAREA' ? e.scrollHeight - e.clientHeight : 0];
        })"""
    )
    for height, line, hidden in heights:
        assert height >= 38
        assert line >= 1.6
        assert hidden <= 0
    body = tab.evaluate(
        "(s => parseFloat(s.lineHeight) / parseFloat(s.fontSize))(getComputedStyle(document.body))"
    )
    assert body == pytest.approx(1.6)
    assert tab.locator("html").get_attribute("lang") == "th"


def test_markup_in_a_letter_stays_text(office: Office, tab: Page) -> None:
    read = page(1, (*LINES, (EVIL, 0.1, 0.8)))
    evil = replace(SUGGESTION, evidence=(replace(SUGGESTION.evidence[0], text=EVIL),))
    changes = {
        name: seen(EVIL, Box(0.1, 0.1, 0.2, 0.02), doubts=(EVIL,), alternatives=(EVIL + "1",))
        for name in ("subject", "reference_no", "complainant", "urgency", "outcome", "national_id")
    }
    noted = replace(read, notes=(EVIL,))
    reading = letter(changes, pages=[noted], suggestion=evil)
    also = replace(
        reading.fields,
        parts=(LetterPart(PartKind.BODY, EVIL, 1),),
        citations=(Citation(seen(None, None, raw=EVIL, doubts=(EVIL,)), None, EVIL, EVIL),),
        receipts=(Receipt(EVIL, seen(EVIL, None), seen(EVIL, None), seen(EVIL, None)),) * 2,
    )
    draft = office.add(f"{EVIL}.pdf", replace(reading, fields=also))
    for path in ("/queue", f"/drafts/{draft.id}", f"/registry?q={EVIL}"):
        tab.goto(path)
        assert "owned" not in tab.title().replace(EVIL, "")
        assert tab.locator("img[src=x]").count() == 0
    tab.goto(f"/drafts/{draft.id}")
    expect(tab.locator("[name=subject]")).to_have_value(EVIL)
    check_and_save(tab)
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    tab.goto("/registry/1")
    assert tab.locator("img[src=x]").count() == 0


def test_the_registry_finds_and_exports(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter({"subject": seen("=1+1 ไฟดับ", None)}))
    tab.goto(f"/drafts/{draft.id}")
    check_and_save(tab)
    expect(tab.get_by_text("หมดคิวแล้ว")).to_be_visible()
    tab.get_by_role("link", name="ทะเบียน").click()
    tab.get_by_label("ค้นในทะเบียน").fill("๐๐๑๘.๑/๔๕๖")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("link", name="สน 0018.1/456")).to_be_visible()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["เรื่อง"] for row in rows] == ["'=1+1 ไฟดับ"]


def test_an_officer_gives_a_name_before_the_first_letter(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    tab.context.clear_cookies()
    tab.goto(f"/drafts/{draft.id}")
    assert focused(tab) == "name"
    tab.keyboard.type("มานี มีนา")
    tab.keyboard.press("Enter")
    expect(tab.locator("[name=reference_no]")).to_be_focused()
    expect(tab.get_by_text("มานี มีนา")).to_be_visible()


def test_everything_works_without_javascript(office: Office, tab: Page) -> None:
    draft = office.add("a.pdf", letter())
    assert tab.context.browser is not None
    context = tab.context.browser.new_context(
        java_script_enabled=False,
        viewport={"width": 1366, "height": 768},
        storage_state=tab.context.storage_state(),
    )
    plain = context.new_page()
    tab.goto("/queue")
    plain.goto(f"{tab.evaluate('location.origin')}/drafts/{draft.id}")
    plain.locator("[name=date]").fill("1 ม.ค. 68")
    plain.keyboard.press("Enter")
    expect(plain.get_by_text("พุธ 1 มกราคม 2568")).to_be_visible()
    plain.get_by_text("ช่องที่ไม่พบ 2 ช่อง").click()
    plain.locator("[name=outcome]").select_option(label="แล้วเสร็จ")
    plain.locator("[name=finished_date]").fill("30/2/2568")
    plain.keyboard.press("Enter")
    expect(plain.get_by_text("ไม่มีวันที่ 30 กุมภาพันธ์ 2568")).to_be_visible()
    expect(plain.locator("[name=outcome]")).to_have_value("finished")
    plain.get_by_text("พัก / ตีกลับ").click()
    plain.get_by_text("หน้าขาดหรือสลับ").click()
    plain.get_by_role("button", name="พักไว้", exact=True).click()
    expect(plain.get_by_text("พักเรื่องไว้แล้ว")).to_be_visible()
    context.close()


def test_the_desk_fits_a_narrow_window(office: Office, tab: Page) -> None:
    draft = office.add("b.pdf", doubtful())
    tab.set_viewport_size({"width": 480, "height": 800})
    for path in ("/queue", f"/drafts/{draft.id}", "/registry"):
        tab.goto(path)
        wide = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], path
