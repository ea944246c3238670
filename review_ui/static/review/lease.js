// A letter belongs to the officer who works on it: kept by a heartbeat, given back when nobody is
// there any more.

import { all, one } from "./page.js";

const BEAT = 60000; // milliseconds between two heartbeats
const WARNING = 120000; // milliseconds before the letter goes back to the queue
const LOOK = 1000;

/** Time in which somebody is at work; longer pauses do not count. */
export function openActivity({ signal, spent }) {
  const PAUSE = 60000;
  let last = Date.now();
  function active() {
    const now = Date.now();
    if (now - last <= PAUSE) spent(now - last);
    last = now;
  }
  for (const kind of ["keydown", "pointerdown", "wheel"]) addEventListener(kind, active, { signal, passive: true, capture: true });
  return { last: () => last, active };
}

export function openLease({ ids, seconds, activity, signal, lapsed, lost }) {
  const dialog = one("[data-lapse]");
  const length = seconds * 1000;
  let beaten = Date.now();

  async function renew() {
    beaten = Date.now();
    try {
      const answer = await fetch("/claims/renew", { method: "POST", body: body(), signal });
      if (answer.ok && !(await answer.json()).held.includes(ids()[0])) lost();
    } catch (error) {
      if (!signal.aborted && !(error instanceof TypeError)) throw error; // away: the next beat tells
    }
  }

  function body() {
    const form = new FormData();
    for (const id of ids()) form.append("ids", id);
    return form;
  }

  const giveBack = () => navigator.sendBeacon("/claims/back", body());

  function look() {
    const idle = Date.now() - activity.last();
    const left = length - idle;
    if (left <= 0) return lapsed();
    const warn = left <= Math.min(WARNING, length / 2);
    if (warn && !dialog.open) dialog.showModal();
    if (!warn && dialog.open) dialog.close();
    if (warn) one("[data-lapse-left]", dialog).textContent = Math.ceil(left / 1000);
    if (idle < BEAT && Date.now() - beaten >= BEAT) renew();
  }

  const timer = setInterval(look, LOOK);
  // Leaving gives the letter back; a page that is merely loaded anew claims it again at once.
  addEventListener("pagehide", giveBack, { signal });
  addEventListener("pageshow", (event) => event.persisted && renew(), { signal });
  const first = setTimeout(renew, 1500);
  for (const button of all("[data-stay]", dialog)) button.addEventListener("click", () => (activity.active(), dialog.close(), renew()), { signal });
  signal.addEventListener("abort", () => (clearInterval(timer), clearTimeout(first), dialog.open && dialog.close()));
  return { renew, giveBack };
}
