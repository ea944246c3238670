// Two letters side by side. The page works without this file; with it, hands stay on the keyboard.
// Keys are told by their place (event.code), so the Thai layout does not matter.

import { all, one } from "./review/page.js";

const verdicts = one("[data-verdicts]");
const pages = one("[data-pairs]");
const rows = all("[data-pair]");

verdicts.addEventListener("keydown", onVerdictKey);
document.addEventListener("keydown", onKey);
verdicts.focus();

/** 1 to 4, while the verdicts have the focus; a key held down judges nothing twice. */
function onVerdictKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const button = number && all("button", verdicts)[number - 1];
  if (button) {
    event.preventDefault();
    if (!event.repeat) button.click();
    return;
  }
  const steps = { ArrowDown: 0.2, ArrowUp: -0.2, PageDown: 0.9, PageUp: -0.9 };
  if (!(event.code in steps)) return;
  event.preventDefault();
  pages.scrollBy(0, steps[event.code] * pages.clientHeight);
}

function onKey(event) {
  const turns = { PageDown: 1, PageUp: -1 };
  if (event.code === "Escape") {
    event.preventDefault();
    location.assign(one("[data-back]").href);
  } else if (event.altKey && event.code in turns) {
    event.preventDefault();
    turn(turns[event.code]);
  }
}

/** Go to the next pages of both letters, or to the ones before. */
function turn(step) {
  const top = pages.getBoundingClientRect().top;
  const now = rows.findLastIndex((row) => row.getBoundingClientRect().top <= top + 20);
  rows[Math.min(Math.max(now + step, 0), rows.length - 1)]?.scrollIntoView({ block: "start" });
}
