"""A browser tab as slow as an office PC of 2013, and what is measured in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
SLOWER = 6  # times
_BYTES = 10_000_000 / 8  # a second
_LATENCY = 40  # milliseconds
_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# What happens in a tab, noted from the first moment of every page.
NOTES = """
window.notes = {keys: [], focus: [], usable: null, flips: [], inp: []};
let asked = null, letter = null;
const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
const fieldOf = (each) => each?.closest?.('form[data-review] [data-field]');
const numberOf = (each) => each.closest('form').dataset.review;
addEventListener('keydown', (event) => {
  notes.keys.push(event.timeStamp);
  if (event.ctrlKey && event.code === 'Enter') asked = {at: event.timeStamp, from: letter};
}, true);
document.addEventListener('focusin', (event) => {
  const field = fieldOf(event.target);
  if (!field) return;
  const now = performance.now(), key = notes.keys.at(-1);
  if (letter === numberOf(field) && key && now - key < 1000) notes.focus.push(now - key);
  letter = numberOf(field);
  if (asked && asked.from !== letter) {
    const {at} = asked;
    asked = null;
    painted(() => notes.flips.push([now - at, performance.now() - at]));
  }
}, true);
const usable = () => {
  const field = fieldOf(document.activeElement);
  const crop = field?.querySelector('.crop image');
  const from = crop && new URL(crop.getAttribute('href'), location.href).href;
  const there = crop && performance.getEntriesByName(from).some(each => each.responseEnd > 0);
  if (field && there) painted(() => (notes.usable = performance.now()));
  else requestAnimationFrame(usable);
};
requestAnimationFrame(usable);
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (each.interactionId) notes.inp.push(each.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def a_tab(browser: Browser, address: str, slow: bool = True) -> Iterator[tuple[Page, CDPSession]]:
    """A tab of a new officer on a new PC: nothing is in the browser's cache."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, base_url=address, locale="th-TH"
    )
    context.add_cookies([{"name": "saraban_officer", "value": quote("วัดผล"), "url": address}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(NOTES)
    session = context.new_cdp_session(page)
    if slow:
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        session.send("Network.enable")
        limits = {"latency": _LATENCY, "downloadThroughput": _BYTES, "uploadThroughput": _BYTES}
        session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    yield page, session
    context.close()


def first_paint(page: Page, path: str) -> float:
    """Open a page; return when it showed anything, in milliseconds from asking for it."""
    page.goto(path)
    return float(
        page.evaluate(
            """() => new Promise(done => new PerformanceObserver(list => {
              const [entry] = list.getEntriesByName('first-contentful-paint');
              if (entry) done(entry.startTime);
            }).observe({type: 'paint', buffered: true}))"""
        )
    )


def usable(page: Page, path: str) -> float:
    """Open a letter; return when its first field had the focus and its picture was painted."""
    page.goto(path)
    return float(wait_for(page, "notes.usable"))


def wait_for(page: Page, what: str) -> Any:
    """Return the value of an expression as soon as there is one."""
    for _ in range(3_000):
        if value := page.evaluate(what):
            return value
        page.wait_for_timeout(20)
    raise TimeoutError(what)


def memory(session: CDPSession) -> tuple[float, float]:
    """Return the size of the script's heap in MB and the number of DOM nodes, without litter."""
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: each["value"] for each in metrics}
    return found["JSHeapUsedSize"] / 1e6, found["Nodes"]
