// The form keeps itself: on the server a moment after the last key, in this tab until it is there.
// A power cut costs the field under the cursor at most, a lost network nothing.

import { one } from "./page.js";

const PAUSE = 800; // milliseconds without a key
const LONGEST = 15000; // between two tries while the network is away

export function openKeeping(form, { id, signal, told, stale }) {
  const version = one("[name=version]", form);
  const offline = one("[data-offline]");
  const place = `saraban:${id}`;
  let timer = null;
  let wait = 2000;
  let under = null; // the keeping under way
  let dirty = false;
  let ended = false;

  const pairs = () => [...new FormData(form)].filter(([name]) => !["version", "prefer", "skip"].includes(name));

  /** Note that something changed. */
  function changed() {
    dirty = true;
    sessionStorage.setItem(place, JSON.stringify({ version: version.value, pairs: pairs() }));
    schedule(PAUSE);
  }

  function schedule(ms) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(keep, ms);
  }

  async function keep() {
    if (under) return under;
    if (!dirty || ended) return null;
    dirty = false;
    under = send().finally(() => (under = null));
    await under;
    if (dirty) schedule(PAUSE);
    return null;
  }

  async function send() {
    let answer;
    try {
      answer = await fetch(`/drafts/${id}/form`, { method: "PATCH", body: new URLSearchParams(new FormData(form)), signal });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
      away();
      return;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      version.value = said.version;
      if (!dirty) sessionStorage.removeItem(place);
      back();
      told(said);
    } else if (answer.status === 412 || answer.status === 404) {
      ended = true;
      stale(said.detail);
    } else if (answer.status >= 500) away();
    else told({ said: said.detail });
  }

  /** The network or the server is away: what was typed stays in this tab until it is back. */
  function away() {
    dirty = true;
    offline.hidden = false;
    schedule(wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  /** A decision is not known to have got through: it is the officer's to repeat, not the form's. */
  function undelivered() {
    offline.hidden = false;
  }

  function back() {
    wait = 2000;
    offline.hidden = true;
  }

  /** Everything typed so far is on the server when this ends, if it can be reached. */
  async function flush() {
    clearTimeout(timer);
    if (under) await under;
    if (dirty) await keep();
  }

  /** What this tab kept of the letter and never got to the server. */
  function leftover() {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (kept && !kept.pairs.length) return null;
    return kept;
  }

  /** Keep nothing more on the server: a newer version must not be overwritten. */
  function halt() {
    ended = true;
    clearTimeout(timer);
  }

  function done() {
    halt();
    sessionStorage.removeItem(place);
  }

  addEventListener("online", () => (dirty ? schedule(0) : back()), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  return { changed, flush, leftover, halt, done, undelivered };
}

/** Put what was left over into the form again. */
export function refill(form, kept) {
  for (const [name, value] of kept.pairs) {
    const box = form.elements.namedItem(name);
    if (box instanceof RadioNodeList || !box || box.type === "checkbox") continue;
    box.value = value;
  }
}
