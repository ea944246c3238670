// The review of a letter in the browser. The page works without this file; with it, hands stay on
// the keyboard. Keys are told by their place (event.code), so the Thai layout does not matter.

import { picking } from "./pick.js";
import { openFields } from "./review/fields.js";
import { openFlow, showPage } from "./review/flow.js";
import { openKeeping, refill } from "./review/keeping.js";
import { openActivity, openLease } from "./review/lease.js";
import { all, altAlone, digitOf, isEnter, one } from "./review/page.js";
import { echo, stepDay, typeDigit } from "./review/typing.js";
import { openViewer } from "./review/viewer.js";
import { turning } from "./turn.js";

let current = null; // how to stop what runs for the letter on screen

begin(one("form[data-review]"));
addEventListener("popstate", () => location.reload());

function begin(form) {
  current?.abort();
  current = new AbortController();
  const opened = form ? review(form, current.signal) : lookOnly(current.signal);
  document.addEventListener("keydown", (event) => onKey(event, opened), { signal: current.signal });
  one("[data-keys]")?.addEventListener("click", () => one("[data-dialog]").showModal(), { signal: current.signal });
}

function swap(page, path, said) {
  current.abort();
  begin(showPage(page, path, said));
}

function say(text) {
  const place = one("[data-say]");
  if (place) place.textContent = text;
}

/** A letter that nobody works on here: only the pages move. */
function lookOnly(signal) {
  if (!one("[data-sheets]")) return { commands: {} };
  const viewer = openViewer({ signal, chosen: (name) => viewer.light(name) });
  return { commands: viewing(viewer, signal) };
}

function viewing(viewer, signal) {
  const hold = (event) => {
    if (event.code !== "KeyH" && event.type === "keydown") return;
    viewer.hide(event.type === "keydown" && altAlone(event));
  };
  document.addEventListener("keydown", hold, { signal });
  document.addEventListener("keyup", hold, { signal });
  return {
    "Alt+Slash": () => one("[data-dialog]")?.showModal(),
    "Alt+PageUp": () => viewer.over(-1),
    "Alt+PageDown": () => viewer.over(1),
    "F2": () => viewer.closeUp(),
    "Alt+KeyG": () => one("[data-matters] a")?.click(),
  };
}

function review(form, signal) {
  const id = Number(form.dataset.review);
  const save = one("[data-save]", form);
  const aside = one("[data-aside]", form);
  const clock = one("[name=active_ms]", form);
  let stopped = false; // by a newer version of the letter
  let unanswered = false; // a decision was sent, and nothing came back

  const onEntered = (field) => viewer.light(field.dataset.field);
  const onChanged = () => {
    keeping.changed();
    if (!fields.left()) flow.prepare();
  };
  const viewer = openViewer({ signal, chosen: (name) => fields.named(name) && fields.focusOn(fields.named(name)) });
  const fields = openFields(form, { signal, say, entered: onEntered, changed: onChanged });
  const stop = [
    picking({ sheets: viewer.sheets, say, onPick: ({ text }) => pick(text) }),
    turning({ sheets: viewer.sheets, say, changed: () => fields.typed() }),
  ];
  signal.addEventListener("abort", () => stop.forEach((each) => each()));
  const activity = openActivity({ signal, spent: (ms) => ((clock.value = Number(clock.value) + ms), fields.spend(ms)) });
  const keeping = openKeeping(form, {
    id,
    signal,
    told: (said) => (said.said ? say(said.said) : fields.against(said)),
    stale: (why) => stopHere(why),
  });
  const flow = openFlow({ id, form, signal, say, lost: undelivered, swap });
  const lease = openLease({
    ids: flow.claimed,
    seconds: Number(form.dataset.lease),
    activity,
    signal,
    lapsed: () => leave("lapsed"),
    lost: () => unanswered || stopHere("เรื่องนี้ไม่ได้อยู่กับท่านแล้ว"),
  });

  /** Words of the page into the field that is being filled in. */
  function pick(text) {
    const field = fields.active();
    if (!field) return say("เลือกช่องที่จะใส่ก่อน");
    if (!fields.fillable(field)) return say("ช่องนี้เลือกจากรายการ");
    fields.fill(field, text, "picked");
    return say(`ใส่ “${text}” แล้ว`);
  }

  /** Somebody else changed the letter: nothing is overwritten, both versions can be looked at. */
  function stopHere(why) {
    stopped = true;
    keeping.halt();
    one("[data-stale]").hidden = false;
    one("[data-stale-why]").textContent = why;
    one("[data-stale] button").focus();
  }

  /** The decision may have got through or not: whoever repeats it finds out. */
  function undelivered() {
    unanswered = true;
    keeping.undelivered();
    say("ยังไม่สำเร็จ กดอีกครั้งเมื่อเครือข่ายกลับมา");
  }

  async function leave(done) {
    await keeping.flush();
    lease.giveBack();
    location.assign(`/queue?done=${done}`);
  }

  /** What is open is walked to, never saved silently. */
  async function confirm() {
    const left = fields.left();
    if (left) {
      fields.focusOn(left);
      say("ยังมีช่องที่ต้องตรวจก่อนบันทึก");
      return;
    }
    await decide("confirm");
  }

  async function decide(action, more) {
    if (stopped) return one("[data-stale] button").focus();
    if (flow.busy()) return;
    activity.active();
    await keeping.flush();
    if (await flow.send(action, more)) keeping.done();
  }

  function openAside() {
    if (!aside) return;
    aside.open = true;
    one("input", aside).focus();
  }

  function onFieldKey(event) {
    const field = event.target.closest("[data-field]");
    if (!field || event.isComposing || event.target.closest("button")) return;
    typeDigit(event, field);
    if (stepDay(event, field)) return;
    if (event.code === "Escape") {
      event.preventDefault();
      if (!fields.restore(field)) event.target.blur();
      return;
    }
    if (!isEnter(event) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.shiftKey) fields.back(field);
    else fields.confirm(field);
  }

  function onAsideKey(event) {
    if (event.code === "Escape") {
      event.preventDefault();
      aside.open = false;
      if (fields.active()) fields.focusOn(fields.active());
      return;
    }
    const group = event.target.closest("fieldset");
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const choice = number && group && !event.altKey && all("input", group)[number - 1];
    if (choice) choice.focus(), choice.click();
    if (isEnter(event) && !event.ctrlKey && event.target.closest("input")) {
      const chosen = group ?? one("input:checked", aside)?.closest("fieldset");
      if (chosen && !event.repeat) decide(chosen.dataset.action);
    } else if (!choice) return;
    event.preventDefault();
  }

  form.addEventListener("submit", (event) => {
    const action = event.submitter?.value;
    if (!["confirm", "park", "reject"].includes(action)) return; // the browser sends the others
    event.preventDefault();
    if (action === "confirm") confirm();
    else decide(action);
  }, { signal });
  one("[data-fields]", form).addEventListener("keydown", onFieldKey, { signal });
  one("[data-fields]", form).addEventListener("input", (event) => {
    const field = event.target.closest("[data-field]");
    if (field && "dated" in field.dataset) echo(field, signal);
  }, { signal });
  aside?.addEventListener("keydown", onAsideKey, { signal });
  for (const button of all("[data-do]")) {
    button.addEventListener("click", () => commands[button.dataset.do](), { signal });
  }

  const commands = {
    ...viewing(viewer, signal),
    "compare": () => (keeping.done(), form.requestSubmit(one("[data-compare]", form))),
    "Ctrl+Enter": confirm,
    "F4": openAside,
    "F8": () => fields.walk(1),
    "Shift+F8": () => fields.walk(-1),
    "F9": fields.acceptShown,
    "Alt+Digit0": () => fields.emptied("absent"),
    "Alt+Minus": () => fields.emptied("unreadable"),
    "Alt+KeyC": () => fields.focusOn(fields.named("category")),
    "Alt+KeyI": () => (document.activeElement === viewer.sheets && fields.active() ? fields.focusOn(fields.active()) : viewer.sheets.focus()),
    "Alt+KeyN": () => keeping.flush().then(() => flow.skip()),
    "Alt+KeyR": () => one("[data-rotate]", viewer.page())?.requestSubmit(),
    "Alt+KeyS": () => one("[data-split]")?.click(),
  };
  for (let n = 1; n <= 9; n++) commands[`Alt+Digit${n}`] = () => fields.active() && fields.take(fields.active(), n);

  open();
  setTimeout(flow.prepare, 3000);
  return { commands };

  function open() {
    const kept = keeping.leftover();
    if (kept) {
      refill(form, kept);
      fields.refilled();
      if (kept.version === one("[name=version]", form).value) {
        say("นำสิ่งที่พิมพ์ค้างไว้ในเครื่องนี้กลับมาแล้ว");
        keeping.changed();
      } else stopHere("สิ่งที่พิมพ์ค้างไว้ในเครื่องนี้ไม่ตรงกับฉบับล่าสุด");
    }
    if (stopped) return;
    if (one("[data-aside][open] .problem") || location.hash === "#aside") openAside();
    else if (fields.first()) fields.focusOn(fields.first());
    else save.focus();
  }
}

function onKey(event, { commands }) {
  if (event.repeat || event.isComposing || all("dialog").some((dialog) => dialog.open)) return;
  const name = [
    event.ctrlKey && "Ctrl+",
    event.altKey && "Alt+",
    event.shiftKey && "Shift+",
    isEnter(event) ? "Enter" : event.code,
  ].filter(Boolean).join("");
  if (!Object.hasOwn(commands, name) || event.metaKey) return;
  if (digitOf(event) && !altAlone(event)) return;
  event.preventDefault();
  commands[name]();
}
