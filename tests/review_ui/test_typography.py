"""No tone mark and no vowel is cut off: Thai stacks them above and below the letters."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.review_ui import beside_states, import_states, review_states
from tests.review_ui.conftest import OFFICER
from tests.review_ui.office import Office, open_office
from tests.review_ui.seats import seated
from tests.review_ui.states import STATES

pytestmark = pytest.mark.browser
assert [beside_states, import_states, review_states]  # they register their states

WORDS = ("ปี่", "ฟ้ำ", "กตัญญู", "ผู้", "ปั้น", "ชู้", "ฏิ", "ปี๊")
WORST = "ปี๊ญู"  # reaches as high and as low as any of them, and is narrow
DENSITY = 2
SLACK = 1  # of half pixels: where a line is put on the grid
# Screens, and the part of each that lies on top.
PARTS = (
    *(("queue_with_letters", "body"), ("queue_parked", "main"), ("queue_failed", "main")),
    *(("queue_after_the_last_letter", ".status"), ("queue_standing_still", ".banner")),
    *(("review_result_report_unfolded", "body"), ("review_being_put_aside", ".panel")),
    *(("review_with_the_list_of_keys", "dialog[open]"), ("review_with_an_alarm", ".banner")),
    *(("review_doubtful_with_unread_pages", "main"), ("review_confirmed", "main")),
    *(("review_beside_a_newer_version", "main"), ("review_beside_one_alike", "[data-matters]")),
    *(("split_page", "main"), ("third_reading", "main"), ("compare", "main")),
    *(("overview_full", "main"), ("registry_with_records", "main"), ("record", "main")),
    *(("classifier", "main"), ("officer_seat", "main"), ("error_page", "main")),
    *(("import_with_mistakes", "main"), ("import_with_batches", ".recent")),
    *(
        ("batch_group", "main"),
        ("stations_with_new_key", "main"),
        ("device_approve", "main"),
        ("printing_what_cannot_be", "main"),
    ),
    ("device_wrong", "main"),
)
_LOOKS = """
* { color: transparent !important; -webkit-text-fill-color: transparent !important;
    caret-color: transparent !important; text-decoration: none !important; }
.inked, .inked > option { -webkit-text-fill-color: #f0f !important; }
.reference { position: fixed; z-index: 999; left: 0; top: 0; line-height: 5; padding: 40px;
    white-space: nowrap; background: #fff; }
"""
# One element of each kind that shows text of its own.
_KINDS = """
([root, sheet]) => {
  const looks = new CSSStyleSheet();
  looks.replaceSync(sheet);
  document.adoptedStyleSheets = [looks];
  for (const each of document.querySelectorAll('main details:not([data-aside])')) each.open = true;
  const TYPED = 'input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea';
  const NOT = '.hidden, .skip, script, style, title, option, pre, svg';
  const says = (each) => each.matches(TYPED)
    || [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const kind = (each) => `${each.tagName.toLowerCase()}.${[...each.classList].join('.')}`;
  const kinds = new Map();
  for (const each of document.querySelectorAll(`${root}, ${root} *`)) {
    if (!each.checkVisibility() || !says(each) || each.closest(NOT)) continue;
    const name = `${kind(each.parentElement)} > ${kind(each)}`;
    if (!kinds.has(name)) kinds.set(name, each);
  }
  window.kinds = [...kinds.values()];
  return [...kinds.keys()];
}
"""
_INK = """
([index, text]) => {
  const each = window.kinds[index];
  const [value, inside] = [each.value, [...each.childNodes]];
  const typed = each.matches('input, textarea');
  window.undo = () => (typed ? (each.value = value) : each.replaceChildren(...inside));
  if (typed) each.value = text;
  else if (each.matches('select')) each.replaceChildren(new Option(text, '', true, true));
  else each.textContent = text;
  each.classList.add('inked');
  each.scrollIntoView({block: 'center', inline: 'center'});
  const box = each.getBoundingClientRect();
  return [box.left, box.top, box.width, box.height, getComputedStyle(each).font];
}
"""
_CLEAN = "index => { window.kinds[index].classList.remove('inked'); window.undo(); }"
_REFERENCE = """
([font, text]) => {
  document.querySelector('.reference')?.remove();
  const each = document.createElement('div');
  Object.assign(each, {className: 'reference inked', textContent: text});
  each.style.font = font;
  each.style.lineHeight = 5;
  (document.querySelector('dialog[open]') ?? document.body).append(each);
  const box = each.getBoundingClientRect();
  return [box.left, box.top, box.width, box.height];
}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    opened = open_office(tmp_path)
    return replace(opened, desk=replace(opened.desk, second_share=1.0, lot=lambda: 0.0))


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    with seated(browser, address, OFFICER, device_scale_factor=DENSITY) as page:
        yield page


def ink(tab: Page, left: float, top: float, width: float, height: float) -> int:
    """Return how many rows of half pixels there are from the highest ink to the lowest."""
    air = 12
    size = tab.viewport_size
    assert size is not None
    x, y = max(left - air, 0), max(top - air, 0)
    right, bottom = min(left + width + air, size["width"]), min(top + height + air, size["height"])
    picture = tab.screenshot(clip={"x": x, "y": y, "width": right - x, "height": bottom - y})
    colours = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)
    rows = np.flatnonzero(
        ((colours[..., 0] > 170) & (colours[..., 1] < 110) & (colours[..., 2] > 170)).any(axis=1)
    )
    return int(rows[-1] - rows[0] + 1) if rows.size else 0


class Ruler:
    """How many rows the worst word takes in each font where nothing cuts it off."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.rows: dict[str, int] = {}

    def of(self, font: str, text: str = WORST) -> int:
        key = f"{font}|{text}"
        if key not in self.rows:
            self.rows[key] = ink(self.tab, *self.tab.evaluate(_REFERENCE, [font, text]))
            self.tab.evaluate("document.querySelector('.reference').remove()")
        return self.rows[key]


def cut_off(tab: Page, root: str, looks: str = "") -> list[str]:
    """Return the kinds of elements in which the worst word loses ink."""
    names = tab.evaluate(_KINDS, [root, _LOOKS + looks])
    assert names
    ruler = Ruler(tab)
    faults = []
    for index, name in enumerate(names):
        *box, font = tab.evaluate(_INK, [index, WORST])
        found: int = ink(tab, *box)
        tab.evaluate(_CLEAN, index)
        whole = ruler.of(font)
        if found < whole - SLACK:
            faults.append(f"{name}: {found} of {whole} rows ({font})")
    return faults


@pytest.mark.parametrize(("name", "root"), PARTS)
def test_no_mark_is_cut_off(office: Office, tab: Page, name: str, root: str) -> None:
    STATES[name](office, tab)
    tab.evaluate("document.fonts.ready")
    faults = cut_off(tab, root)
    assert not faults, "\n".join(faults)


def test_the_worst_word_reaches_as_far_as_any_other(office: Office, tab: Page) -> None:
    STATES["queue_empty"](office, tab)
    tab.evaluate(_KINDS, ["body", _LOOKS])
    ruler = Ruler(tab)
    font: Any = tab.evaluate("getComputedStyle(document.body).font")
    assert ruler.of(font) >= ruler.of(font, " ".join(WORDS))


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        (
            "queue_with_letters",
            ".tabs a { line-height: 1 !important; padding: 0 !important; overflow: hidden; }",
        ),
        ("review_clean", ".field input { height: 22px !important; min-height: 0 !important; }"),
        (
            "review_clean",
            ".control { position: relative; z-index: 2; background: #fff; "
            "margin-top: -34px; } .field > label { z-index: 1; }",
        ),
    ],
)
def test_a_mark_that_is_cut_off_or_covered_is_found(
    office: Office, tab: Page, name: str, looks: str
) -> None:
    STATES[name](office, tab)
    tab.evaluate("document.fonts.ready")
    assert cut_off(tab, "main", looks)
