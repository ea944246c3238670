// Turning a page and having it read again, without losing what was typed into the form beside it.

import { ask } from "./ask.js";

const AWAY = "ติดต่อเครื่องแม่ข่ายไม่ได้ ลองใหม่อีกครั้ง";
const SURE = "อ่านหน้านี้ใหม่แล้ว สิ่งที่พิมพ์ไว้และยังไม่บันทึกจะหายไป อ่านใหม่หรือไม่";

/**
 * Let the forms in `sheets` that turn a page, or have it read again, work in place.
 *
 * `say(text)` shows a message; `changed()` tells whether something was typed that a new reading
 * would throw away. Returns what stops it.
 */
export function turning({ sheets, say, changed }) {
  const ending = new AbortController();
  const { signal } = ending;
  const home = location.pathname;

  /** Show a page, and the cut-outs of all fields, as the server draws them now. */
  async function refresh(page) {
    const answer = await fetch(home, { signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = fresh.getElementById(page.id);
    if (!now) return;
    page.replaceWith(now);
    for (const crop of fresh.querySelectorAll("[data-field] .crop")) {
      const { field } = crop.closest("[data-field]").dataset;
      document.querySelector(`[data-field="${field}"] .crop`)?.replaceWith(crop);
    }
    now.querySelector("[data-rotate] button")?.focus({ preventScroll: true });
    sheets.dispatchEvent(new Event("turned"));
  }

  async function onSubmit(event) {
    const form = event.target.closest("[data-rotate], [data-reread]");
    if (!form) return;
    event.preventDefault();
    const again = "reread" in form.dataset;
    if (form.dataset.busy || (again && changed() && !confirm(SURE))) return;
    form.dataset.busy = "yes";
    if (again) say("กำลังอ่านหน้านี้ใหม่ ใช้เวลาไม่กี่วินาที…");
    const told = await ask(form.action, { say, away: AWAY, signal });
    delete form.dataset.busy;
    if (!told) return;
    if (again) location.reload();
    else await refresh(form.closest("[data-page]"));
  }

  sheets.addEventListener("submit", onSubmit, { signal });
  return () => ending.abort();
}
