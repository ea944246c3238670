// A batch's page: choosing files, sending what is missing, and watching how far the server is.

import { dropped } from "./import/choose.js";
import { Sender } from "./import/sender.js";
import { watch } from "./import/watch.js";

const MANIFEST = 5000; // files that are declared in one request
const place = document.getElementById("choosing");
const now = document.getElementById("now");
const batch = now.dataset.batch;
const said = document.getElementById("said");
const PAINTS = 250; // milliseconds between two paints of the list

const say = (text) => { said.textContent = text; };

document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("orders").addEventListener("submit", (event) => {
  const sure = event.submitter?.dataset.sure;
  if (sure && !window.confirm(sure)) event.preventDefault();
});

// --- how far the server is

let fetching = false;
let again = false;

async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const answer = await fetch(`/import/${batch}/now`);
    if (answer.ok && !now.contains(document.activeElement)) now.innerHTML = await answer.text();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the next event, or poll, asks again
  }
  fetching = false;
  if (again) { again = false; refresh(); }
}

watch(`/api/v1/batches/${batch}`, refresh);

// --- sending from here

if (place) {
  const sending = document.getElementById("sending");
  const bar = document.getElementById("sent");
  const text = document.getElementById("sent-text");
  const hold = document.getElementById("hold");
  const list = document.getElementById("unsent");
  const sender = new Sender();
  let painted = "";

  const megabytes = (bytes) => (bytes / 2 ** 20).toLocaleString("th", { maximumFractionDigits: 1 });

  function timeLeft(state) {
    if (!state.pace || state.done) return "";
    const minutes = Math.round((state.bytes - state.sent) / state.pace / 60000);
    return minutes < 1 ? " · เหลือไม่ถึง 1 นาที" : ` · เหลือประมาณ ${minutes} นาที`;
  }

  function paint() {
    const state = sender.state();
    if (!state.files) return;
    sending.hidden = false;
    bar.max = state.bytes || 1;
    bar.value = state.sent;
    text.textContent = `${state.finished.toLocaleString("th")}/${state.files.toLocaleString("th")} ไฟล์`
      + ` · ${megabytes(state.sent)}/${megabytes(state.bytes)} MB`
      + (state.held ? " · พักอยู่" : timeLeft(state)) + (state.done ? " · ส่งครบแล้ว ปิดหน้านี้ได้" : "");
    hold.textContent = state.held ? "ส่งต่อ" : "พักการส่ง";
    hold.hidden = state.done;
    const rows = state.troubles.slice(0, 50).map(({ name, reason }) => `${name} — ${reason}`);
    if (rows.join("\n") !== painted) {
      painted = rows.join("\n");
      list.replaceChildren(...rows.map((row) => Object.assign(document.createElement("li"), { textContent: `↺ ${row}` })));
    }
    if (state.done && !said.textContent.startsWith("ส่งครบ")) say(`ส่งครบแล้ว ${state.finished} ไฟล์`);
  }
  setInterval(paint, PAINTS);

  async function send(chosen) {
    if (!chosen.length) { say("ไม่มีไฟล์ในที่ที่เลือก"); return; }
    say(`กำลังเทียบ ${chosen.length} ไฟล์กับที่ระบบมีแล้ว`);
    for (let start = 0; start < chosen.length; start += MANIFEST) {
      const part = chosen.slice(start, start + MANIFEST);
      const lines = await declare(part);
      if (!lines) return;
      sender.add(part.map(({ file, path }, place) => ({ file, path, line: lines[place] })));
    }
    say(`กำลังส่ง ${sender.state().files} ไฟล์`);
    paint();
    refresh();
  }

  async function declare(part) {
    const files = part.map(({ file, path }) => ({ name: path, size: file.size, mtime: file.lastModified }));
    try {
      const answer = await fetch(`/api/v1/batches/${batch}/files`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ files }),
      });
      const told = await answer.json();
      if (answer.ok) return told.files;
      say(told.detail);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      say("ติดต่อระบบไม่ได้ ยังไม่ได้ส่งไฟล์ ให้เลือกอีกครั้ง");
    }
    list.replaceChildren(Object.assign(document.createElement("li"), { textContent: `▲ ${said.textContent}` }));
    return null;
  }

  for (const kind of ["files", "folder"]) {
    const input = document.getElementById(kind);
    document.getElementById(kind === "files" ? "pick-files" : "pick-folder").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const chosen = [...input.files].filter((file) => !file.name.startsWith("."));
      send(chosen.map((file) => ({ file, path: file.webkitRelativePath || file.name })));
      input.value = "";
    });
  }
  hold.addEventListener("click", () => { sender.held ? sender.goOn() : sender.hold(); paint(); });

  const drop = document.getElementById("drop");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop") dropped(event.dataTransfer).then(send);
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (sender.busy) event.preventDefault();
  });
}
