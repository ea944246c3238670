// The manifest of a batch: what was chosen, and what of it the server does not have yet.

import { ask } from "./tus.js";

/** Put `{file, path}` on the manifest; return the server's line for each, in the same order. */
export async function declare(batch, chosen) {
  const files = chosen.map(({ file, path }) => ({ name: path, size: file.size, mtime: file.lastModified }));
  const answer = await ask(`/api/v1/batches/${batch}/files`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ files }),
  });
  return (await answer.json()).files;
}

/** Tell whether the server still wants bytes of this line. */
export const wanted = (line) => line.state === "new" || line.state === "partial";
