// Hears of changes on the server: events while the page is seen, asking again where they fail.

const POLL = 5000; // milliseconds
const AWAY = 2000; // between two polls of a server that does not answer
const WITHOUT_EVENTS = 12; // polls, after which events are tried once more

/** Call `changed` whenever what is at `address` changed. */
export function watch(address, changed) {
  let events = null;
  let failures = 0;
  let polls = 0;
  let timer = null;
  let last = "";
  let away = false;

  function heard(text) {
    if (text === last) return;
    last = text;
    changed();
  }

  async function poll() {
    const answer = await fetch(address).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => "") : "";
    if (document.hidden) return;
    if (text && away) { // the server is back, and its events with it
      away = false;
      failures = 0;
      listen();
      return;
    }
    away = !text;
    if (text) heard(text);
    polls += 1;
    timer = setTimeout(polls < WITHOUT_EVENTS ? poll : listen, away ? AWAY : POLL);
  }

  function listen() {
    rest();
    polls = 0;
    const mine = new EventSource(`${address}/events`);
    events = mine;
    mine.addEventListener("progress", (event) => { failures = 0; heard(event.data); });
    mine.addEventListener("error", () => {
      mine.close();
      if (mine !== events || document.hidden) return;
      last = ""; // whatever is heard next is news: the server is back
      failures += 1; // after two of them something on the way lets no events through
      timer = setTimeout(failures < 2 ? listen : poll, failures < 2 ? 1000 : 0);
    });
  }

  function rest() {
    events?.close();
    clearTimeout(timer);
    events = timer = null;
  }

  // A browser has six connections for all its tabs: one that nobody sees needs none.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  if (!document.hidden) listen();
}
