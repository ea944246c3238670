// The second reading: Enter goes to the next field, Ctrl+Enter saves; digits in the Thai layout.

import { all, altAlone, digitOf, isEnter, one } from "./review/page.js";
import { typeDigit } from "./review/typing.js";

const form = one("[data-second]");
if (form) form.addEventListener("keydown", onKey);

function onKey(event) {
  if (event.repeat || event.isComposing) return;
  const field = event.target.closest("[data-field]");
  if (event.ctrlKey && isEnter(event)) form.requestSubmit(one("[data-save]"));
  else if (altAlone(event) && field && /^Digit[0-3]$/.test(event.code)) choose(field, Number(digitOf(event)));
  else if (isEnter(event) && field) goOn(field);
  else {
    if (field && event.target.matches("input:not([type])")) typeDigit(event, field);
    return;
  }
  event.preventDefault();
}

function choose(field, number) {
  if (number === 0) one("[type=checkbox]", field).click();
  else all("[type=radio]", field)[number - 1]?.click();
}

function goOn(field) {
  const fields = all("[data-field]", form);
  const next = fields[fields.indexOf(field) + 1];
  (next ? one("input:not([type=checkbox]):not([type=radio])", next) : one("[data-save]")).focus();
}
