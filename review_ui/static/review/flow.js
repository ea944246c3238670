// From one letter to the next in one tab: the next is claimed and fetched while this one is read.

import { all, one } from "./page.js";

const JSON_ONLY = { Accept: "application/json" };
const SKIPPED = "saraban:skipped";
const MOST_SKIPPED = 20;

const skipped = () => JSON.parse(sessionStorage.getItem(SKIPPED) ?? "[]");

/** The answer to a request; a server that fails is as good as one that is away. */
async function reached(asked) {
  const answer = await asked;
  if (answer.status >= 500) throw new TypeError(`the server answers ${answer.status}`);
  return answer;
}

export function openFlow({ id, form, signal, say, lost, swap }) {
  let claim = null; // the promise of the next letter's id, once it is asked for
  let next = null; // the id itself
  let page = null; // the promise of its page
  let busy = false;

  async function fetchPage(url) {
    const answer = await reached(fetch(url, { headers: { Accept: "text/html" } }));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const first = one("[data-sheet] img", page);
    if (first) {
      const image = new Image();
      image.src = first.getAttribute("src");
      image.decode().catch(() => null); // a broken picture is shown as such, later; nobody waits for it
    }
    return page;
  }

  /** Claim and fetch what comes next, so that it stands there at once. */
  function prepare() {
    if (!claim && !signal.aborted) claim = take().catch(ifAway);
  }

  async function take() {
    const query = new URLSearchParams({ beside: id });
    for (const each of skipped()) query.append("skip", each);
    const answer = await reached(fetch(`/queue/next?${query}`, { method: "POST", headers: JSON_ONLY, signal }));
    const told = await answer.json();
    next = told.id;
    if (next) page = fetchPage(told.url).catch(ifAway);
  }

  /** What could not be fetched now is fetched when it is due. */
  function ifAway(error) {
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
    return null;
  }

  async function go(url, said = "") {
    const path = new URL(url, location.href).pathname;
    if (!path.startsWith("/drafts/")) return location.assign(url);
    const fetched = path === `/drafts/${next}` ? await page : null;
    return swap(fetched ?? (await fetchPage(url)), path, said);
  }

  /** Send the form; true when the letter is done and the next one stands there. */
  async function send(action, more = {}) {
    if (busy) return false;
    busy = true;
    await claim; // a letter that is being claimed for this tab must not be passed over
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    body.set("skip", skipped().join(","));
    if (next) body.set("prefer", next);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    try {
      const answer = await reached(fetch(`/drafts/${id}`, { method: "POST", body, headers: JSON_ONLY }));
      if ((answer.headers.get("content-type") ?? "").includes("json")) {
        const told = await answer.json();
        if (!answer.ok) return say(told.detail), false;
        await go(told.url, told.said);
        return true;
      }
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (next) navigator.sendBeacon("/claims/back", new URLSearchParams({ ids: next }));
      swap(told, location.pathname);
      return false;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      lost();
      return false;
    } finally {
      busy = false;
    }
  }

  /** Alt+N: the next letter, this one stays in the queue with what was typed. */
  async function skip() {
    sessionStorage.setItem(SKIPPED, JSON.stringify([...skipped().filter((each) => each !== id), id].slice(-MOST_SKIPPED)));
    await claim;
    const query = new URLSearchParams({ beside: id, ...(next && { prefer: next }) });
    for (const each of skipped()) query.append("skip", each);
    try {
      const answer = await reached(fetch(`/queue/next?${query}`, { method: "POST", headers: JSON_ONLY }));
      await go((await answer.json()).url);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      lost();
    }
  }

  return { prepare, send, skip, go, claimed: () => (next ? [id, next] : [id]), busy: () => busy };
}

/** Show another page of the desk in this tab. */
export function showPage(page, path, said) {
  const main = document.adoptNode(one("main", page));
  document.title = page.title;
  document.body.className = page.body.className;
  one("main").replaceWith(main);
  if (said) one("[data-status]", main)?.replaceWith(document.adoptNode(one("[data-status]", new DOMParser().parseFromString(said, "text/html"))));
  if (path !== location.pathname || location.search) history.pushState(null, "", path);
  document.dispatchEvent(new Event("desk:shown"));
  return all("main form[data-review]")[0] ?? null;
}
