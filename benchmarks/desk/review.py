"""How officers get through letters: to the first field, from key to key, on to the next letter."""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response

from benchmarks.desk.tab import a_tab, first_paint, memory, usable, wait_for

_READS = 400  # milliseconds that the quickest officer looks at a letter
_RESTS = 5_000  # milliseconds in which a browser tidies up
_WORDS = 1_000


def p95(values: Sequence[float]) -> float:
    """Return what 95 in 100 do not go beyond."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


def first_paints(browser: Browser, address: str, letter: str, tries: int) -> dict[str, list[float]]:
    """Return first contentful paints by page, on a new PC and on one that was here before."""
    found: dict[str, list[float]] = {}
    for _ in range(tries):
        for name, path in (("คิว", "/queue"), ("ตรวจ", letter), ("ภาพรวม", "/overview")):
            with a_tab(browser, address) as (page, _session):
                found.setdefault(f"{name} ครั้งแรก", []).append(first_paint(page, path))
                page.wait_for_load_state("networkidle")
                found.setdefault(f"{name} ครั้งต่อไป", []).append(first_paint(page, path))
    return found


def first_fields(browser: Browser, address: str, letter: str, tries: int) -> list[float]:
    """Return how long it takes a new PC until the first field can be checked."""
    times = []
    for _ in range(tries):
        with a_tab(browser, address) as (page, _session):
            times.append(usable(page, letter))
    return times


def open_first(page: Page) -> None:
    page.goto("/queue")
    page.locator("[data-start]").press("Enter")
    page.wait_for_url("**/drafts/*")
    wait_for(page, "notes.usable")


def save(page: Page, wait_for_next: bool) -> None:
    """Check a letter and save it; while an officer reads, the next one is fetched."""
    before = page.evaluate("document.querySelector('form[data-review]').dataset.review")
    while page.locator("[data-left]").text_content() != "ดูครบแล้ว":
        page.keyboard.press("Enter")
    if wait_for_next:
        page.wait_for_timeout(_READS)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(_READS)
    page.keyboard.press("Control+Enter")
    now = "document.querySelector('form[data-review]')?.dataset.review"
    wait_for(page, f"{now} !== '{before}' && document.activeElement.closest('[data-field]') && 1")


@dataclass(frozen=True)
class Flips:
    """Milliseconds from Ctrl+Enter to the focus and to the paint of the next letter's field, from
    keys to the focus within a letter, and the durations of interactions."""

    focus: list[float]
    paint: list[float]
    keys: list[float]
    interactions: list[float]


def flips(browser: Browser, address: str, letters: int, wait_for_next: bool) -> Flips:
    with a_tab(browser, address) as (page, _session):
        open_first(page)
        for _ in range(letters):
            save(page, wait_for_next)
        page.wait_for_timeout(500)
        notes = page.evaluate("notes")
    focus, paint = zip(*notes["flips"], strict=True)
    return Flips(list(focus), list(paint), notes["focus"], notes["inp"])


def growth(browser: Browser, address: str, letters: int) -> tuple[float, float]:
    """Return how many MB and DOM nodes a tab grows by after its first ten letters.

    Looked at after a rest: while letters fly by, the browser holds the last dozen of them.
    """
    with a_tab(browser, address, slow=False) as (page, session):
        open_first(page)
        sizes = []
        for number in range(letters):
            save(page, wait_for_next=False)
            if number in (min(10, letters // 3), letters - 1):
                page.wait_for_timeout(_RESTS)
                sizes.append(memory(session))
    (heap, nodes), (later, more) = sizes
    return later - heap, more - nodes


def hit_test(browser: Browser, address: str, letter: str) -> tuple[float, float]:
    """Return milliseconds for laying out 1,000 words, and for one find (the mean of 2,000)."""
    with a_tab(browser, address) as (page, _session):
        page.goto(letter)
        wait_for(page, "notes.usable")
        laid, found = page.evaluate(
            """async count => {
              const script = document.querySelector('script[src*="review.js"]').src;
              const {gridOf, wordAt} = await import(script.replace('review.js', 'words.js'));
              const words = {x: [], y: [], w: [], h: [], text: [], line: []};
              for (let n = 0; n < count; n++) {
                words.x.push(.05 + .09 * (n % 10)); words.y.push(.02 + .0095 * Math.floor(n / 10));
                words.w.push(.08); words.h.push(.008);
                words.text.push('คำ'); words.line.push(Math.floor(n / 10));
              }
              const start = performance.now();
              const grid = gridOf(words);
              const laid = performance.now() - start;
              const at = performance.now();
              for (let n = 0; n < 2000; n++) wordAt(grid, Math.random(), Math.random());
              return [laid, (performance.now() - at) / 2000];
            }""",
            _WORDS,
        )
    return float(laid), float(found)


def weights(browser: Browser, address: str, paths: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Return, by page, the scripts' size with gzip and the fonts' size in kB."""
    sizes = {}
    for path in paths:
        scripts, fonts = [], []

        def weigh(answer: Response, scripts: list[int] = scripts, fonts: list[int] = fonts) -> None:
            name = urlsplit(answer.url).path
            if name.endswith(".js"):
                scripts.append(len(gzip.compress(answer.body())))
            elif name.endswith(".woff2"):
                fonts.append(len(answer.body()))

        with a_tab(browser, address, slow=False) as (page, _session):
            page.on("response", weigh)
            page.goto(path)
            page.wait_for_load_state("networkidle")
        sizes[path] = (sum(scripts) / 1000, sum(fonts) / 1000)
    return sizes


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
