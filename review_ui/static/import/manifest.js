// The manifest of a batch: what was chosen, and what of it the server does not have yet.

import { ask } from "./tus.js";

const AT_A_TIME = 100; // files; the browser goes to the disk for the size of each
const breath = () => new Promise((done) => setTimeout(done));

/** Add the size (bytes) and the time of the last change (ms) to `{file, path}`, unhurriedly. */
export async function measure(chosen) {
  for (const [place, each] of chosen.entries()) {
    if (place % AT_A_TIME === 0) await breath();
    Object.assign(each, { size: each.file.size, mtime: each.file.lastModified });
  }
}

/** Put what was measured on the manifest; return the server's line for each, in the same order. */
export async function declare(batch, chosen) {
  const files = chosen.map(({ path, size, mtime }) => ({ name: path, size, mtime }));
  const answer = await ask(`/api/v1/batches/${batch}/files`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ files }),
  });
  return (await answer.json()).files;
}

/** Tell whether the server still wants bytes of this line. */
export const wanted = (line) => line.state === "new" || line.state === "partial";
