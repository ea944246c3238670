// Asking the server for something on behalf of an officer, who is told when it cannot be had.

/**
 * Post to an address; the answer, or null after having said what is wrong.
 *
 * `away` is what is said when the server is not reached; nothing is said of what `signal` stops.
 */
export async function ask(address, { say, away, signal, json }) {
  const headers = { Accept: "application/json", ...(json && { "Content-Type": "application/json" }) };
  const body = json && JSON.stringify(json);
  try {
    const answer = await fetch(address, { method: "POST", headers, body, signal });
    const told = await answer.json();
    if (answer.ok) return told;
    say(told.detail ?? away);
  } catch (error) {
    if (error.name === "AbortError") return null;
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    say(away);
  }
  return null;
}
