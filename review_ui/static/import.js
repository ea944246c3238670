// A batch's page: its orders, how far the server is, and what is sent from here.

import { sendFromHere } from "./import/sending.js";
import { watch } from "./import/watch.js";

const now = document.getElementById("now");
const batch = now.dataset.batch;
const said = document.getElementById("said");
const choosing = document.getElementById("choosing"); // not there in a batch that was cancelled
const PARTS = ["orders", "origin", "now", "group"]; // what an order may change

const say = (text) => { if (said.textContent !== text) said.textContent = text; };
const sender = choosing && sendFromHere(batch, say, refresh);

/** Show a part anew; a link or button in it that has the focus keeps it. */
function put(part, html) {
  const at = part.contains(document.activeElement) ? document.activeElement : null;
  const same = (each) => at && each.href === at.href && each.value === at.value;
  part.innerHTML = html;
  [...part.querySelectorAll("a, button")].find(same)?.focus({ preventScroll: true });
}

// --- how far the server is

let fetching = false;
let again = false;

async function refresh() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const answer = await fetch(`/import/${batch}/now`);
    if (answer.ok) {
      put(now, await answer.text());
      sender?.back();
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the next event, or poll, asks again
  } finally {
    fetching = false;
  }
  if (again) { again = false; refresh(); }
}

watch(`/api/v1/batches/${batch}`, refresh);

// --- orders; while files are sent nothing may leave the page, for that would stop them

async function ask(address, options) {
  try {
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.getElementById("orders")) throw new TypeError("another page");
    if (!page.getElementById("choosing")) { sender.hold(); location.assign(`/import/${batch}`); return; }
    for (const id of PARTS) put(document.getElementById(id), page.getElementById(id).innerHTML);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say("ติดต่อระบบไม่ได้ ยังไม่ได้ทำตามที่สั่ง ลองอีกครั้ง");
  }
}

document.getElementById("print").addEventListener("click", () => window.print());

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  const sure = submitter?.dataset.sure;
  if (sure && !window.confirm(sure)) { event.preventDefault(); return; }
  if (!sender?.busy) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(target));
  body.append(submitter.name, submitter.value);
  ask(target.action, { method: "POST", body });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='?group=']");
  if (!link || !sender?.busy || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.replaceState(null, "", link.href);
  ask(link.href).then(() => document.getElementById("group").scrollIntoView({ block: "nearest" }));
});
