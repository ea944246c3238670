// The review of a letter in the browser. The page works without this file; with it, hands stay on
// the keyboard. Keys are told by their place (event.code), so the Thai layout does not matter.

import { picking } from "./pick.js";
import { turning } from "./turn.js";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const WORDS = { edited: ["✎", "แก้แล้ว"], seen: ["✓", "ตรวจแล้ว"] };

review(one("[data-review]"));

function review(form) {
  const fields = all("[data-field]", form);
  const scroller = one("[data-fields]", form);
  const sheets = one("[data-sheets]");
  const save = one("[data-save]", form);
  const aside = one("[data-aside]", form);
  const control = (field) => one("input, select, textarea", field);
  const doubtful = (field) => field.dataset.state === "doubt" || field.classList.contains("wrong");
  const toCheck = (field) => doubtful(field) || "critical" in field.dataset;
  const visited = new Set();
  let active = null;
  let zoom = 1;
  let sent = false;

  for (const field of fields) control(field).dataset.first = control(field).value;

  // ---- fields and their places on the page ----

  function enter(field) {
    active = field;
    visited.add(field);
    for (const box of all(".box.lit")) box.classList.remove("lit");
    const boxes = all(`.box[data-for="${field.dataset.field}"]`);
    for (const box of boxes) box.classList.add("lit");
    if (boxes.length) showBox(boxes[0]);
    field.scrollIntoView({ block: "nearest" });
    tellLeft();
  }

  function showBox(box) {
    const place = box.getBoundingClientRect();
    const view = sheets.getBoundingClientRect();
    sheets.scrollBy(
      place.left + place.width / 2 - view.left - view.width / 2,
      place.top + place.height / 2 - view.top - view.height / 2,
    );
  }

  function setState(field, state) {
    const mark = one("[data-mark]", field);
    const [sign, word] = WORDS[state];
    mark.className = `mark ${state}`;
    mark.replaceChildren(Object.assign(document.createElement("span"), { ariaHidden: "true", textContent: sign }), ` ${word}`);
    field.classList.add("settled");
  }

  const changed = (field) => control(field).value !== control(field).dataset.first;

  function goOn(field) {
    const missing = field.dataset.field === "category" && !control(field).value;
    if (!missing) setState(field, changed(field) || field.dataset.state === "edited" ? "edited" : "seen");
    const next = fields.slice(fields.indexOf(field) + 1).find(toCheck);
    if (next) focusOn(next);
    else save?.focus();
  }

  function focusOn(field) {
    const fold = field.closest("details");
    if (fold) fold.open = true; // what is folded away takes no focus
    control(field).focus();
    control(field).select?.();
  }

  function tellLeft() {
    const left = fields.filter((field) => toCheck(field) && !visited.has(field)).length;
    const place = one("[data-left]", form);
    const text = left ? `เหลือ ${left} ช่องที่ต้องดู` : "ดูครบแล้ว";
    if (place && place.textContent !== text) place.textContent = text;
  }

  function take(field, number) {
    const button = all("[data-take]", field)[number - 1];
    if (!button) return;
    control(field).value = button.dataset.take;
    control(field).dispatchEvent(new Event("input", { bubbles: true }));
    setState(field, "edited");
    focusOn(field);
  }

  let asked = 0;
  async function echo(field) {
    const place = one("[data-echo]", field);
    const text = control(field).value.trim();
    const turn = ++asked;
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (turn !== asked) return;
    const answer = text ? await (await fetch(`/dates.json?text=${encodeURIComponent(text)}`)).json() : {};
    if (turn !== asked) return;
    place.textContent = answer.words ?? answer.problem ?? "";
    place.classList.toggle("problem", "problem" in answer);
  }

  // ---- the number row types digits where a number is due, in the Thai layout too; so do / - . ----

  function wantsDigit(kind, before) {
    if (kind === "reference") return /[\d๐-๙\s]/.test(before); // letters of the office come first
    if (kind === "date") return !/^\s*[\d๐-๙]{1,2}\s+[ก-๙.]*$/.test(before); // not in a month's name
    return kind === "all";
  }

  // The keys of / - and . are letters in the Thai layout.
  const SIGNS = { Slash: "/", Minus: "-", Period: "." };

  function wantsSign(kind, before) {
    if (kind === "reference") return /[\d๐-๙]$/.test(before); // a letter stands behind a sign (/ว), not behind a digit
    return wantsDigit(kind, before);
  }

  function typeDigit(event, field) {
    const box = control(field);
    const digit = /^Digit(\d)$/.exec(event.code)?.[1];
    const wanted = digit ?? SIGNS[event.code];
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!wanted || !plain || event.key === wanted || box.readOnly) return;
    const before = box.value.slice(0, box.selectionStart);
    if (!(digit ? wantsDigit : wantsSign)(field.dataset.digits, before)) return;
    event.preventDefault();
    document.execCommand("insertText", false, wanted); // keeps undo, unlike setting the value
  }

  // ---- pages ----

  const pages = all("[data-page]");
  const middle = () => sheets.getBoundingClientRect().top + sheets.clientHeight / 2;
  const pageNow = () => Math.max(pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle()), 0);

  function turn(step) {
    const page = pages[Math.min(Math.max(pageNow() + step, 0), pages.length - 1)];
    if (page) sheets.scrollBy(0, page.getBoundingClientRect().top - sheets.getBoundingClientRect().top);
  }

  function setZoom(step) {
    zoom = step === 0 ? 1 : Math.min(Math.max(zoom * (step > 0 ? 1.25 : 0.8), 0.4), 4);
    for (const sheet of all("[data-sheet]")) sheet.style.width = `${zoom * 100}%`;
    const lit = one(".box.lit");
    if (lit && step !== 0) showBox(lit);
  }

  // ---- what the officer does ----

  function onKey(event) {
    if (event.repeat || event.isComposing || one("[data-dialog]").open) return;
    const alone = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (alone && number && active && save) take(active, Number(number));
    else if (alone && event.code === "Slash") one("[data-dialog]").showModal();
    else if (alone && event.code === "PageUp") turn(-1);
    else if (alone && event.code === "PageDown") turn(1);
    else if (event.ctrlKey && /^(Numpad)?Enter$/.test(event.code) && save) form.requestSubmit(save);
    else if (event.code === "F4" && !event.altKey && aside) openAside();
    else return;
    event.preventDefault();
  }

  function openAside() {
    aside.open = true;
    one("input", aside).focus();
  }

  function onFieldKey(event) {
    const field = event.target.closest("[data-field]");
    if (!field || event.isComposing || event.target.closest("button")) return;
    typeDigit(event, field);
    if (!/^(Numpad)?Enter$/.test(event.code) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (!event.repeat && save) goOn(field);
  }

  function onAsideKey(event) {
    if (event.code === "Escape") {
      aside.open = false;
      if (active) focusOn(active);
      return;
    }
    const group = event.target.closest("fieldset");
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const choice = number && group && !event.altKey && all("input", group)[number - 1];
    if (choice) choice.focus(), choice.click();
    const enter = /^(Numpad)?Enter$/.test(event.code) && !event.ctrlKey;
    if (enter && event.target.closest("input")) {
      const chosen = group ?? one("input:checked", aside)?.closest("fieldset");
      if (chosen && !event.repeat) form.requestSubmit(one("button", chosen));
    } else if (!choice) return;
    event.preventDefault();
  }

  /** Doubtful fields that nobody looked at are not saved silently; nothing is sent twice. */
  function onSubmit(event) {
    const unseen = fields.find((field) => doubtful(field) && !visited.has(field));
    if (event.submitter === save && unseen) {
      event.preventDefault();
      focusOn(unseen);
      one("[data-left]", form).textContent = "ยังมีช่องที่สงสัยและยังไม่ได้ดู";
    } else if (sent) event.preventDefault();
    else sent = true;
  }

  document.addEventListener("keydown", onKey);
  scroller.addEventListener("keydown", onFieldKey);
  aside?.addEventListener("keydown", onAsideKey);
  form.addEventListener("submit", onSubmit);
  addEventListener("pageshow", () => (sent = false));
  scroller.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-field]");
    if (field) enter(field);
  });
  scroller.addEventListener("input", (event) => {
    const field = event.target.closest("[data-field]");
    if (changed(field)) setState(field, "edited");
    if ("dated" in field.dataset) echo(field);
  });
  // A button must not move from under the mouse because the crop of another field folds away.
  scroller.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
  scroller.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const field = button.closest("[data-field]");
    take(field, all("[data-take]", field).indexOf(button) + 1);
  });
  sheets.addEventListener("click", (event) => {
    const name = event.target.closest("[data-for]")?.dataset.for;
    const field = fields.find((each) => each.dataset.field === name);
    if (field) focusOn(field);
  });
  sheets.addEventListener("scroll", () => (one("[data-page-now]").textContent = pageNow() + 1));
  sheets.addEventListener("keydown", (event) => {
    const steps = { Equal: 1, NumpadAdd: 1, Minus: -1, NumpadSubtract: -1, Digit0: 0, Numpad0: 0 };
    if (!(event.code in steps) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    setZoom(steps[event.code]);
  });
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => setZoom(Number(button.dataset.zoom)));
  for (const button of all("[data-turn]")) button.addEventListener("click", () => turn(Number(button.dataset.turn)));
  one("[data-keys]")?.addEventListener("click", () => one("[data-dialog]").showModal());

  const say = (text) => {
    const place = one("[data-left]", form);
    if (place) place.textContent = text;
  };
  if (save) picking({ sheets, say, onPick: ({ text }) => fill(text) });
  turning({ sheets, say, changed: () => fields.some(changed) });

  function fill(text) {
    if (!active || control(active).tagName === "SELECT") return; // a list takes no words
    control(active).value = text;
    control(active).dispatchEvent(new Event("input", { bubbles: true }));
  }

  const opening = fields.find((field) => field.classList.contains("wrong")) ?? fields.find(toCheck);
  if (one("[data-aside][open] .problem")) openAside();
  else if (opening && save) focusOn(opening);
  tellLeft();
}
