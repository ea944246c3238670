// Every page of the desk: counters that stay fresh, and lists that arrow keys walk through.
// Every page works without this file.

import { all, altAlone, one } from "./review/page.js";

document.documentElement.classList.add("scripted");
focusAtOnce();
announceAgain();
if (one("[data-live]")) setInterval(refreshCounters, 15000);
document.addEventListener("desk:shown", refreshCounters); // another letter stands in this tab
document.addEventListener("keydown", onKey);

/** Browsers focus by themselves only when they first paint; keys pressed before that would be lost. */
function focusAtOnce() {
  const untouched = document.activeElement === document.body && !location.hash;
  if (untouched) one("[autofocus]:not(dialog *)")?.focus();
}

/** Screen readers announce only what changes after the page has come. */
function announceAgain() {
  const status = one("[data-status].said");
  if (status) setTimeout(() => status.append(" "), 300);
}

async function refreshCounters() {
  if (document.hidden) return;
  let counts;
  try {
    const response = await fetch("/status.json");
    if (!response.ok) return;
    counts = await response.json();
  } catch (error) {
    if (error instanceof TypeError) return; // the office's network is away for a moment
    throw error;
  }
  for (const place of all("[data-count]")) place.textContent = counts[place.dataset.count];
  const arrived = one("[data-arrived]");
  if (arrived) arrived.hidden = counts.waiting <= Number(arrived.dataset.arrived);
  const reading = one("[data-reading]");
  if (reading) reading.hidden = counts.reading === 0;
}

/** Arrow keys walk through a list; Alt+K goes to the search, Alt+P parks a row, Alt+U takes back. */
function onKey(event) {
  if (one("dialog[open]")) return;
  const alone = altAlone(event) && !event.repeat;
  const row = document.activeElement.closest("[data-row]");
  if (alone && event.code === "KeyK" && one("[data-find]")) one("[data-find]").focus();
  else if (alone && event.code === "KeyP" && row) location.assign(`${row.href}#aside`);
  else if (alone && event.code === "KeyU" && one("form[data-undo]")) one("form[data-undo]").requestSubmit();
  else if (!walk(event)) return;
  event.preventDefault();
}

function walk(event) {
  const rows = all("[data-row]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (!step || !rows.length || event.target.closest("input, select, textarea")) return false;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
  return true;
}
