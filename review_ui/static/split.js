// Parting a scan into letters with the keyboard. The page works without this file: boxes to tick
// and buttons to press. Keys are told by their place (event.code) and work within the row only.

import { ask } from "./ask.js";
import { all, isEnter, one } from "./review/page.js";

splitting(one("[data-split]"));

function splitting(form) {
  const leaves = all("[data-leaf]", form);
  const box = (leaf) => one("input", leaf);
  const apply = one("[data-apply]", form);
  let sent = false;

  // A box that may not be changed can still be gone to: its page is looked at and turned.
  for (const leaf of leaves) {
    if (box(leaf).disabled) {
      box(leaf).disabled = false;
      box(leaf).setAttribute("aria-disabled", "true");
    }
    for (const button of all("[data-rotate]", leaf)) button.tabIndex = -1; // R turns: one stop for the tabulator in the row
    box(leaf).tabIndex = -1;
  }
  const fixed = (leaf) => box(leaf).hasAttribute("aria-disabled");

  function rove(leaf) {
    for (const each of leaves) box(each).tabIndex = each === leaf ? 0 : -1;
  }

  function goTo(place) {
    const leaf = leaves[Math.min(Math.max(place, 0), leaves.length - 1)];
    rove(leaf);
    box(leaf).focus();
    leaf.scrollIntoView({ block: "nearest" });
  }

  async function turn(leaf) {
    if (!leaf.dataset.leaf) return say("หน้านี้ไม่อยู่ในเรื่องใด จึงหมุนไม่ได้");
    const told = await ask(`${leaf.dataset.leaf}/turn`, { say, away: "ติดต่อเครื่องแม่ข่ายไม่ได้ ยังไม่ได้หมุนหน้า" });
    const picture = one("img", leaf);
    if (!told || !picture) return;
    const address = new URL(picture.src);
    address.searchParams.set("turn", told.turn);
    picture.src = address.href;
    say(`หมุนหน้า ${box(leaf).value} แล้ว`);
  }

  function say(text) {
    one("[data-letters]").textContent = text;
  }

  const sayHowMany = () => say(`จะได้ ${all("input[name=cut]:checked", form).length} เรื่อง`);

  function onKey(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const leaf = event.target.closest("[data-leaf]");
    if (!leaf) return;
    const at = leaves.indexOf(leaf);
    const places = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: leaves.length - 1 };
    if (event.code in places) goTo(places[event.code]);
    else if (event.repeat) return;
    else if (event.code === "KeyR") turn(leaf);
    else if (isEnter(event) && event.target === box(leaf)) form.requestSubmit(apply);
    else return;
    event.preventDefault();
  }

  form.addEventListener("keydown", onKey);
  document.addEventListener("keydown", (event) => {
    if (event.code === "Escape" && !event.repeat && !event.isComposing) location.assign(one("[data-cancel]").href);
  });
  form.addEventListener("click", (event) => {
    const leaf = event.target.closest("[data-leaf]");
    if (!leaf) return;
    if (event.target.closest("[data-rotate]")) {
      event.preventDefault();
      turn(leaf);
    } else if (event.target === box(leaf) && fixed(leaf)) event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    const leaf = event.target.closest("[data-leaf]");
    if (leaf) rove(leaf);
  });
  form.addEventListener("change", sayHowMany);
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    say("กำลังแบ่งและอ่านเรื่องใหม่…");
  });
  addEventListener("pageshow", () => (sent = false));

  sayHowMany();
  const first = one("[data-first]");
  if (first) first.focus(); // it is done: on to the first of the new letters
  else goTo(leaves.findIndex((leaf) => !("apart" in leaf.dataset)));
}
