// Hears of changes on the server: events while the page is seen, asking again where they fail.

const POLL = 5000; // milliseconds

/** Call `changed` whenever what is at `address` changed. */
export function watch(address, changed) {
  let events = null;
  let failures = 0;
  let poll = null;
  let last = "";

  function heard(text) {
    if (text === last) return;
    last = text;
    changed();
  }

  function listen() {
    if (failures >= 2) { // something on the way lets no events through
      poll ??= setInterval(async () => {
        const answer = await fetch(address).catch(() => null);
        if (answer?.ok) heard(await answer.text());
      }, POLL);
      return;
    }
    events = new EventSource(`${address}/events`);
    events.addEventListener("progress", (event) => { failures = 0; heard(event.data); });
    events.addEventListener("error", () => {
      failures += 1;
      events.close();
      setTimeout(() => { if (!document.hidden) listen(); }, 1000 * failures);
    });
  }

  function rest() {
    events?.close();
    clearInterval(poll);
    poll = null;
  }

  // A browser has six connections for all its tabs: one that nobody sees needs none.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  if (!document.hidden) listen();
}
