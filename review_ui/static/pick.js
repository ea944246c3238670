// Taking text from the page into a field: click a word, Shift+click to a range, draw a band to have
// it read again, or go from word to word with Ctrl+arrows and take it with Enter.

import { ask } from "./ask.js";
import { isEnter } from "./review/page.js";
import { beyond, gridOf, rangeOf, wordAt } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SLACK = 4; // pixels that a hand moves while it clicks
const LEAST = 8; // pixels across and down of a band that is meant
const EMPTY = { x: [], y: [], w: [], h: [], text: [], line: [] };
const AWAY = "ติดต่อเครื่องแม่ข่ายไม่ได้ ลองใหม่ หรือพิมพ์เองจากภาพ";

/** A rectangle in a drawing of its own, which is laid over a page when it is needed. */
function layer(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "picking");
  svg.setAttribute("viewBox", "0 0 1 1");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", name);
  svg.append(rect);
  return rect;
}

/**
 * Let the officer take text from the pages in `sheets`, a focusable element around [data-sheet]s.
 *
 * `onPick({page, text, box})` is called with what was taken: the page's number, and the box in
 * fractions of the page as shown. `say(text)` shows a message, "" for none. Returns what stops it.
 */
export function picking({ sheets, onPick, say }) {
  const ending = new AbortController();
  const { signal } = ending;
  const pages = new WeakMap(); // sheet → promise of its grid
  const ready = new WeakMap(); // sheet → its grid
  const [pointed, picked, band] = ["pointed", "picked", "band"].map(layer);
  let anchor = null; // {sheet, word}: where a range begins
  let cursor = null; // {sheet, word}: where it ends
  let press = null; // {sheet, x, y, id, moved}: a button held down
  let reading = null; // AbortController of a region that is being read
  let dragged = false;

  // ---- words ----

  function gridFor(sheet) {
    if (!pages.has(sheet)) pages.set(sheet, fetched(sheet));
    return pages.get(sheet);
  }

  async function fetched(sheet) {
    const { at, turned } = sheet.dataset;
    let words = EMPTY;
    try {
      const answer = await fetch(`${at}/words.json?turn=${turned}`, { signal });
      if (answer.ok) words = await answer.json();
      else pages.delete(sheet); // the next touch asks again
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      pages.delete(sheet);
    }
    const grid = gridOf(words);
    ready.set(sheet, grid);
    return grid;
  }

  const pageOf = (sheet) => Number(sheet.dataset.at.split("/").pop());

  function placeOn(sheet, event) {
    const frame = sheet.getBoundingClientRect();
    return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
  }

  // ---- what is drawn: three rectangles in all, on whichever page they are needed ----

  function draw(rect, sheet, box) {
    const svg = rect.parentNode;
    if (!box) return svg.remove();
    for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value);
    if (svg.parentNode !== sheet) sheet.append(svg);
  }

  function show() {
    const range = rangeOf(ready.get(cursor.sheet).words, anchor.word, cursor.word);
    draw(picked, cursor.sheet, range.box);
    return range;
  }

  function take() {
    onPick({ page: pageOf(cursor.sheet), ...show() });
  }

  // ---- the mouse ----

  const sheetAt = (event) => event.target.closest?.("[data-sheet]");

  function onPoint(event) {
    const sheet = sheetAt(event);
    if (press) return onDrag(event);
    if (!sheet) return draw(pointed, null, null);
    gridFor(sheet);
    const grid = ready.get(sheet);
    const word = grid ? wordAt(grid, ...placeOn(sheet, event)) : -1;
    const free = word >= 0 && !event.target.closest("[data-for]");
    draw(pointed, sheet, free ? rangeOf(grid.words, word, word).box : null);
  }

  function onPress(event) {
    const sheet = sheetAt(event);
    dragged = false;
    if (!sheet || event.button !== 0 || event.pointerType === "touch") return;
    const [x, y] = placeOn(sheet, event);
    press = { sheet, x, y, id: event.pointerId, left: event.clientX, top: event.clientY, moved: false };
  }

  function onDrag(event) {
    const far = Math.hypot(event.clientX - press.left, event.clientY - press.top);
    if (!press.moved && far <= SLACK) return;
    if (!press.moved) {
      press.moved = true;
      press.sheet.classList.add("dragging");
      sheets.setPointerCapture(press.id);
      draw(pointed, null, null);
      draw(picked, null, null);
    }
    draw(band, press.sheet, bandTo(event));
  }

  function bandTo(event) {
    const within = (edge) => Math.min(Math.max(edge, 0), 1);
    const [x, y] = placeOn(press.sheet, event).map(within);
    const [left, top] = [Math.min(x, press.x), Math.min(y, press.y)];
    return { x: left, y: top, width: Math.abs(x - press.x), height: Math.abs(y - press.y) };
  }

  function onRelease(event) {
    if (!press) return;
    const { sheet, moved } = press;
    const frame = sheet.getBoundingClientRect();
    const box = bandTo(event);
    letGo();
    if (!moved) return;
    dragged = true; // the click that follows is none
    const meant = box.width * frame.width >= LEAST && box.height * frame.height >= LEAST;
    if (meant && event.type === "pointerup") readAgain(sheet, box);
    else draw(band, null, null);
  }

  function letGo() {
    press?.sheet.classList.remove("dragging");
    press = null;
  }

  async function onClick(event) {
    if (dragged) {
      dragged = false;
      event.stopImmediatePropagation();
      return;
    }
    const sheet = sheetAt(event);
    if (!sheet || event.target.closest("[data-for]")) return;
    const place = placeOn(sheet, event);
    const extend = event.shiftKey;
    const grid = await gridFor(sheet);
    const word = wordAt(grid, ...place);
    if (signal.aborted) return;
    if (word < 0) return sheets.focus({ preventScroll: true });
    cursor = { sheet, word };
    if (!extend || anchor?.sheet !== sheet) anchor = cursor;
    take();
  }

  async function readAgain(sheet, box) {
    reading?.abort();
    const mine = (reading = new AbortController());
    say("กำลังอ่าน…");
    const json = { ...box, turn: Number(sheet.dataset.turned) };
    const told = await ask(`${sheet.dataset.at}/region`, { say, away: AWAY, signal: mine.signal, json });
    if (reading === mine) reading = null;
    if (mine.signal.aborted) return;
    draw(band, null, null);
    if (!told) return;
    say("");
    anchor = cursor = null;
    draw(picked, sheet, box);
    onPick({ page: pageOf(sheet), text: told.text, box });
  }

  // ---- the keyboard, while the pages have the focus ----

  const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
  const ROWS = { ArrowUp: -1, ArrowDown: 1 };

  async function onKey(event) {
    if (event.isComposing || event.target !== sheets) return;
    const arrow = event.code in STEPS || event.code in ROWS;
    if (event.code === "Escape" && (press || reading)) {
      letGo();
      reading?.abort();
      draw(band, null, null);
      say("");
    } else if (event.ctrlKey && !event.altKey && arrow) {
      event.preventDefault();
      await go(event.code, event.shiftKey);
      return;
    } else if (isEnter(event) && !event.ctrlKey && !event.altKey && cursor && !event.repeat) take();
    else return;
    event.preventDefault();
  }

  async function go(code, extend) {
    if (!cursor?.sheet.isConnected) return begin();
    const { sheet, word } = cursor;
    const { words } = await gridFor(sheet);
    const next = code in STEPS ? word + STEPS[code] : beyond(words, word, ROWS[code]);
    const out = next < 0 || next >= words.text.length || (next === word && code in ROWS);
    if (!out) moveTo({ sheet, word: next }, extend);
    else if (!extend) await leave(sheet, code === "ArrowLeft" || code === "ArrowUp" ? -1 : 1);
  }

  /** Go on to the first word of the next page that has one, or the last of the one before. */
  async function leave(sheet, step) {
    const every = [...sheets.querySelectorAll("[data-sheet]")];
    for (let at = every.indexOf(sheet) + step; at >= 0 && at < every.length; at += step) {
      const { words } = await gridFor(every[at]);
      if (words.text.length) return moveTo({ sheet: every[at], word: step > 0 ? 0 : words.text.length - 1 }, false);
    }
  }

  /** Begin at the first word in sight. */
  async function begin() {
    const view = sheets.getBoundingClientRect();
    for (const sheet of sheets.querySelectorAll("[data-sheet]")) {
      const frame = sheet.getBoundingClientRect();
      if (frame.bottom < view.top || frame.top > view.bottom) continue;
      const { words } = await gridFor(sheet);
      const top = (view.top - frame.top) / frame.height;
      const word = words.y.findIndex((edge) => edge >= top);
      if (word >= 0) return moveTo({ sheet, word }, false);
    }
  }

  function moveTo(place, extend) {
    cursor = place;
    if (!extend || anchor?.sheet !== place.sheet) anchor = place;
    say(show().text);
    picked.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  sheets.addEventListener("pointermove", onPoint, { signal });
  sheets.addEventListener("pointerleave", () => press || draw(pointed, null, null), { signal });
  sheets.addEventListener("pointerdown", onPress, { signal });
  sheets.addEventListener("pointerup", onRelease, { signal });
  sheets.addEventListener("pointercancel", onRelease, { signal });
  // The field that is being filled keeps the focus, and no picture is dragged away.
  sheets.addEventListener("mousedown", (event) => sheetAt(event) && event.button === 0 && event.preventDefault(), { signal });
  sheets.addEventListener("click", onClick, { signal, capture: true });
  sheets.addEventListener("keydown", onKey, { signal });
  signal.addEventListener("abort", () => {
    letGo();
    reading?.abort();
    for (const rect of [pointed, picked, band]) draw(rect, null, null);
  });
  return () => ending.abort();
}
