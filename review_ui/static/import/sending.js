// Choosing files for a batch and sending what the server does not have yet.

import { dropped, picked } from "./choose.js";
import { declare } from "./manifest.js";
import { Sender } from "./sender.js";
import { Trouble } from "./tus.js";

const MANIFEST = 5000; // files that are declared in one request
const PAINTS = 250; // milliseconds between two paints
const SHOWN = 50; // files in trouble

const byName = new Intl.Collator("th", { numeric: true });
const megabytes = (bytes) => (bytes / 2 ** 20).toLocaleString("th", { maximumFractionDigits: 1 });
const counted = (number) => number.toLocaleString("th");

function timeLeft(state) {
  if (!state.pace || state.done) return "";
  const minutes = Math.round((state.bytes - state.sent) / state.pace / 60000);
  return minutes < 1 ? " · เหลือไม่ถึง 1 นาที" : ` · เหลือประมาณ ${counted(minutes)} นาที`;
}

function ended({ finished, failed }) {
  if (!failed) return `ส่งครบแล้ว ${counted(finished)} ไฟล์ ปิดหน้านี้ได้`;
  return `ส่งแล้ว ${counted(finished)} ไฟล์ ส่งไม่ได้ ${counted(failed)} ไฟล์ ดูเหตุผลในรายการ แก้แล้วเลือกอีกครั้ง`;
}

/** Let the officer choose; `say` tells in words, `changed` hears that the server knows more. */
export function sendFromHere(batch, say, changed) {
  const row = document.getElementById("sending");
  const bar = document.getElementById("sent");
  const text = document.getElementById("sent-text");
  const hold = document.getElementById("hold");
  const list = document.getElementById("unsent");
  const sender = new Sender(async (job) => (await declare(batch, [job]))[0]);
  let painted = "";

  function paint() {
    const state = sender.state();
    if (!state.files) return;
    row.hidden = false;
    bar.max = state.bytes || 1;
    bar.value = state.sent;
    text.textContent = `${counted(state.finished)}/${counted(state.files)} ไฟล์`
      + ` · ${megabytes(state.sent)}/${megabytes(state.bytes)} MB`
      + (state.held ? " · พักอยู่" : timeLeft(state));
    hold.textContent = state.held ? "ส่งต่อ" : "พักการส่ง";
    hold.hidden = state.done;
    const rows = state.troubles.slice(0, SHOWN).map((each) =>
      `${each.failed ? "✗ ส่งไม่ได้" : "↺ รอส่งใหม่"} ${each.name} — ${each.reason}`);
    if (rows.join("\n") !== painted) {
      painted = rows.join("\n");
      list.hidden = !rows.length;
      list.replaceChildren(...rows.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
    }
    if (state.done) say(ended(state));
  }
  setInterval(paint, PAINTS);

  async function send(chosen) {
    if (!chosen.length) { say("ไม่มีไฟล์ในที่ที่เลือก"); return; }
    // As they lie in the box, so that they wait in the queue in that order.
    chosen.sort((one, other) => byName.compare(one.path, other.path));
    say(`กำลังเทียบ ${counted(chosen.length)} ไฟล์กับที่ระบบมีแล้ว`);
    try {
      for (let start = 0; start < chosen.length; start += MANIFEST) {
        const part = chosen.slice(start, start + MANIFEST);
        const lines = await declare(batch, part);
        sender.add(part.map(({ file, path }, place) => ({ file, path, line: lines[place] })));
      }
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      say(`${error.message} ยังไม่ได้ส่งไฟล์ที่เพิ่งเลือก ให้เลือกอีกครั้ง`);
      return;
    }
    say("กำลังส่ง อย่าเพิ่งปิดหน้านี้ ถ้าปิดก่อนครบ ให้เลือกโฟลเดอร์เดิมอีกครั้ง ระบบจะส่งเฉพาะที่ยังขาด");
    paint();
    changed();
  }

  for (const kind of ["files", "folder"]) {
    const input = document.getElementById(kind);
    document.getElementById(`pick-${kind}`).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const chosen = picked(input);
      input.value = "";
      send(chosen);
    });
  }
  hold.addEventListener("click", () => {
    if (sender.held) sender.goOn();
    else sender.hold();
    paint();
  });

  const drop = document.getElementById("drop");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      drop.classList.toggle("over", kind === "dragover");
      if (kind !== "drop") return;
      dropped(event.dataTransfer).then(send, () => say("เปิดสิ่งที่วางไม่ได้ ให้ใช้ปุ่มเลือกไฟล์หรือเลือกโฟลเดอร์"));
    });
    // Dropped beside the field, a file would open in the place of this page.
    window.addEventListener(kind, (event) => event.preventDefault());
  }
  window.addEventListener("online", () => sender.back());
  window.addEventListener("beforeunload", (event) => {
    if (!sender.busy) return;
    event.preventDefault();
    event.returnValue = ""; // browsers before 119 ask only then
  });
  return sender;
}
