// Typing where a number is due: the number row types digits in the Thai layout too, so do / - and .

import { bare, digitOf } from "./page.js";
import { control } from "./fields.js";

// The keys of / - and . are letters in the Thai layout.
const SIGNS = { Slash: "/", Minus: "-", Period: "." };
const DAY = 86400000;

function wantsDigit(kind, before) {
  if (kind === "reference") return /[\d๐-๙\s]/.test(before); // letters of the office come first
  if (kind === "date") return !/^\s*[\d๐-๙]{1,2}\s+[ก-๙.]*$/.test(before); // not in a month's name
  return kind === "all";
}

function wantsSign(kind, before) {
  if (kind === "reference") return /[\d๐-๙]$/.test(before); // a letter stands behind a sign (/ว), not behind a digit
  return wantsDigit(kind, before);
}

export function typeDigit(event, field) {
  const box = control(field);
  const digit = digitOf(event);
  const wanted = digit ?? SIGNS[event.code];
  if (!wanted || !bare(event) || event.shiftKey || event.key === wanted || box.readOnly) return;
  const before = box.value.slice(0, box.selectionStart);
  if (!(digit ? wantsDigit : wantsSign)(field.dataset.digits, before)) return;
  event.preventDefault();
  document.execCommand("insertText", false, wanted); // keeps undo, unlike setting the value
}

/** Arrow up and down in a date: a day later, a day earlier. */
export function stepDay(event, field) {
  const step = { ArrowUp: 1, ArrowDown: -1 }[event.code];
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(control(field).value.trim());
  if (!step || !("dated" in field.dataset) || !bare(event) || event.shiftKey || !parts) return false;
  const [day, month, year] = parts.slice(1).map(Number);
  const moved = new Date(Date.UTC(year - 543, month - 1, day) + step * DAY);
  const two = (number) => String(number).padStart(2, "0");
  event.preventDefault();
  control(field).value = `${two(moved.getUTCDate())}/${two(moved.getUTCMonth() + 1)}/${moved.getUTCFullYear() + 543}`;
  control(field).dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

let asked = 0;

/** Say a date in words, so that a wrong year is seen. */
export async function echo(field, signal) {
  const place = field.querySelector("[data-echo]");
  const text = control(field).value.trim();
  const turn = ++asked;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (turn !== asked || signal.aborted) return;
  let answer = {};
  try {
    if (text) answer = await (await fetch(`/dates.json?text=${encodeURIComponent(text)}`)).json();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the network is away: the server says it later
  }
  if (turn !== asked || signal.aborted) return;
  place.textContent = answer.words ?? answer.problem ?? "";
  place.classList.toggle("problem", "problem" in answer);
}
