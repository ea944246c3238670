// One file to the server by tus 1.0: small ones in one request, large ones in chunks.

const CHUNK = 4 * 2 ** 20; // bytes; smaller files go along with their creation
const BUSY = [408, 409, 423, 429]; // answers to a question about an upload come without a reason
const UPLOADS = "/api/v1/uploads";
const BYTES = { "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream" };

/** What went wrong, in Thai; `again` tells whether trying again may help, `wait` is in seconds. */
export class Trouble extends Error {
  constructor(reason, { again = false, wait = 0, anew = false, lost = false } = {}) {
    super(reason);
    Object.assign(this, { again, wait, anew, lost });
  }
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Fetch, and make a Trouble of whatever goes wrong. */
export async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble("ติดต่อระบบไม่ได้", { again: true, lost: true });
  }
  if (answer.ok) return answer;
  if (answer.status === 401) throw new Trouble("ยังไม่ได้ระบุชื่อผู้ตรวจ เปิดหน้านี้ใหม่ ระบุชื่อ แล้วเลือกโฟลเดอร์เดิมอีกครั้ง");
  const told = await answer.json().catch(() => ({}));
  throw new Trouble(told.detail ?? "ระบบขัดข้อง", {
    again: told.retryable ?? (answer.status >= 500 || BUSY.includes(answer.status)),
    wait: Number(answer.headers.get("Retry-After")) || 0,
    anew: answer.status === 404 || answer.status === 410,
  });
}

async function readable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Trouble("เปิดไฟล์ไม่ได้ ไฟล์อาจถูกย้ายหรือแก้ไข ให้เลือกใหม่");
  }
}

/**
 * Send a file of the manifest from where the server is; `moved` hears of every byte that is safe.
 *
 * `job` keeps the address of an upload under way between two tries.
 */
export async function upload(job, { signal, moved }) {
  const { file, line } = job;
  await readable(file);
  if (!job.url) {
    const body = file.size <= CHUNK ? file : undefined;
    const headers = {
      ...(body ? BYTES : { "Tus-Resumable": "1.0.0" }),
      "Upload-Length": String(file.size),
      "Upload-Metadata": `filename ${base64(file.name)},file ${base64(String(line.id))}`,
    };
    const made = await ask(UPLOADS, { method: "POST", headers, body, signal });
    moved(Number(made.headers.get("Upload-Offset")));
    if (made.headers.get("Saraban-Outcome")) return;
    job.url = made.headers.get("Location");
  }
  const head = await ask(job.url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" }, signal });
  let offset = Number(head.headers.get("Upload-Offset"));
  let done = head.headers.get("Saraban-Outcome");
  moved(offset);
  while (!done) {
    const answer = await ask(job.url, {
      method: "PATCH",
      headers: { ...BYTES, "Upload-Offset": String(offset) },
      body: file.slice(offset, offset + CHUNK),
      signal,
    });
    offset = Number(answer.headers.get("Upload-Offset"));
    done = answer.headers.get("Saraban-Outcome");
    moved(offset);
  }
}
