// The fields of the form: which of them need the officer, how each was made sure of, and the walk
// from one to the next.

import { all, one } from "./page.js";

const MARKS = {
  edited: ["✎", "แก้แล้ว"],
  seen: ["✓", "ยืนยันแล้ว"],
  accepted: ["✓", "รับแล้ว"],
  absent: ["∅", "ไม่มีในเอกสาร"],
  unreadable: ["✗", "อ่านไม่ออก"],
};
// As in models/vouching.py: a person's own word for this one field.
const OWN_WORD = new Set(["key", "typed", "taken", "picked", "absent", "unreadable", "overridden"]);

export const control = (field) => one("input:not([type=checkbox], [type=radio]), select, textarea", field);

export function openFields(form, { signal, entered, changed, say }) {
  const scroller = one("[data-fields]", form);
  const fields = all("[data-field]", form);
  const touched = one("[name=touched]", form);
  const touches = new Map(Object.entries(JSON.parse(touched.value || "{}")));
  const shown = new Set();
  let active = null;

  for (const field of fields) control(field).dataset.first = control(field).value;

  const nameOf = (field) => field.dataset.field;
  const howOf = (field) => touches.get(nameOf(field))?.[0] ?? "unseen";
  const own = (field) => OWN_WORD.has(howOf(field));
  const critical = (field) => "critical" in field.dataset;
  const doubtful = (field) => field.dataset.state === "doubt";

  const isComplaint = () => one("[name=kind]", form).value === "complaint";

  /** What must not be saved before somebody looked. */
  function open(field) {
    if (nameOf(field) === "category" && !control(field).value && isComplaint()) return true;
    if (field.classList.contains("wrong")) return true;
    if (field.dataset.rule) return howOf(field) !== "overridden";
    if (critical(field)) return !own(field);
    return doubtful(field) && !own(field) && !["accepted", "seen"].includes(howOf(field));
  }

  /** Where Enter goes to: what is open, and doubts that were only passed by. */
  const toVisit = (field) => open(field) || (doubtful(field) && howOf(field) === "seen" && field !== active);

  function touch(field, how, more = 0) {
    const ms = (touches.get(nameOf(field))?.[1] ?? 0) + more;
    touches.set(nameOf(field), [how, Math.round(ms)]);
    touched.value = JSON.stringify(Object.fromEntries(touches));
  }

  function spend(ms) {
    if (active) touch(active, howOf(active), ms);
  }

  function putMark(field, state, sign, word) {
    const place = one("[data-mark]", field);
    const icon = Object.assign(document.createElement("span"), { ariaHidden: "true", textContent: sign });
    place.className = `mark ${state}`;
    place.replaceChildren(icon, ` ${word}`);
  }

  function mark(field, state) {
    putMark(field, state, ...MARKS[state]);
    field.classList.add("settled");
  }

  const isChanged = (field) => control(field).value !== control(field).dataset.first;

  /** Note how a field was made sure of, and say so beside it. */
  function settle(field, how) {
    touch(field, how);
    const kept = { absent: "absent", unreadable: "unreadable", accepted: "accepted" }[how];
    mark(field, kept ?? (isChanged(field) || field.dataset.state === "edited" ? "edited" : "seen"));
    tellLeft();
    changed();
  }

  /** Enter: this field is right. */
  function confirm(field) {
    const missing = nameOf(field) === "category" && !control(field).value;
    if (!missing) {
      field.classList.remove("wrong");
      const before = ["typed", "taken", "picked", "absent", "unreadable"].includes(howOf(field));
      if (field.dataset.rule) settle(field, "overridden");
      else settle(field, before ? howOf(field) : "key");
    }
    goOn(field);
  }

  /** On to what must be looked at: after this field, then before it, then the button to save. */
  function goOn(field) {
    const at = fields.indexOf(field);
    focusOrSave([...fields.slice(at + 1), ...fields.slice(0, at)].find(toVisit));
  }

  function focusOrSave(field) {
    if (field) focusOn(field);
    else one("[data-save]", form)?.focus();
  }

  function walk(step) {
    const at = active ? fields.indexOf(active) : -1;
    const order = step > 0 ? [...fields.slice(at + 1), ...fields.slice(0, at + 1)] : [...fields.slice(0, Math.max(at, 0)).reverse(), ...fields.slice(at).reverse()];
    const next = order.find((field) => field !== active && (open(field) || doubtful(field)));
    if (next) focusOn(next);
    else say("ไม่มีช่องที่ต้องดูอีก");
  }

  /** Back to the field that was made sure of before this one. */
  function back(field) {
    const before = fields.slice(0, fields.indexOf(field)).reverse().find((each) => critical(each) || doubtful(each) || own(each));
    if (before) focusOn(before);
  }

  function focusOn(field) {
    const fold = field.closest("details");
    if (fold) fold.open = true; // what is folded away takes no focus
    control(field).focus();
    control(field).select?.();
  }

  function fill(field, text, how) {
    control(field).value = text;
    control(field).dispatchEvent(new Event("input", { bubbles: true }));
    settle(field, how);
  }

  /** One of the alternatives: taken, vouched for, and on to the next. */
  function take(field, number) {
    const button = all("[data-take]", field)[number - 1];
    if (!button) return;
    fill(field, button.dataset.take, "taken");
    goOn(field);
  }

  /** "Not in the document" or "nobody can read it": the field is empty, and says why. */
  function emptied(how) {
    if (!active || nameOf(active) === "kind") return;
    fill(active, "", how);
    goOn(active);
  }

  /** The form was filled anew: take over how its fields were made sure of, and show it. */
  function refilled() {
    for (const [name, touch] of Object.entries(JSON.parse(touched.value || "{}"))) touches.set(name, touch);
    for (const field of fields) {
      if (isChanged(field)) mark(field, "edited");
      else if (own(field)) mark(field, "seen");
    }
    tellLeft();
  }

  function restore(field) {
    if (!isChanged(field) && !own(field)) return false;
    control(field).value = control(field).dataset.first;
    control(field).dispatchEvent(new Event("input", { bubbles: true }));
    touch(field, "seen");
    field.classList.remove("settled");
    const [sign, ...word] = one("[data-mark]", field).dataset.was.split(" ");
    putMark(field, field.dataset.state, sign, word.join(" "));
    tellLeft();
    return true;
  }

  /** F9: all doubtful fields that were on screen are right; the critical ones never go along. */
  function acceptShown() {
    const waiting = fields.filter((field) => open(field) && !critical(field) && !field.dataset.rule && !field.classList.contains("wrong"));
    const ready = waiting.filter((field) => shown.has(field) && (nameOf(field) !== "category" || control(field).value));
    for (const field of ready) settle(field, "accepted");
    focusOrSave(fields.find(open));
    const left = waiting.length - ready.length;
    say(`รับ ${ready.length} ช่อง${left ? ` – อีก ${left} ช่องยังไม่ได้ขึ้นจอ` : ""}`);
  }

  function tellLeft() {
    const left = fields.filter(open).length;
    const place = one("[data-left]", form);
    const text = left ? `เหลือ ${left} ช่องที่ต้องตรวจ` : "ดูครบแล้ว";
    if (place && place.textContent !== text) place.textContent = text;
  }

  /** What the server says against values: what cannot stand, and which rules are broken. */
  function against({ problems = {}, rules = {} }) {
    for (const field of fields) {
      const name = nameOf(field);
      const why = problems[name] ?? rules[name] ?? "";
      const place = one("[data-against]", field);
      field.classList.toggle("wrong", name in problems);
      if (name in rules) field.dataset.rule = rules[name];
      else delete field.dataset.rule;
      if (place && place.dataset.said !== why) {
        place.dataset.said = why;
        if (why && field === active) say(why);
        place.textContent = why && `▲ ${why}${name in rules ? " – ถ้าถูกต้องตามเอกสาร กด Enter" : ""}`;
      }
    }
    tellLeft();
  }

  const watcher = new IntersectionObserver(
    (seen) => seen.forEach(({ isIntersecting, target }) => isIntersecting && shown.add(target)),
    { root: scroller, threshold: 0.6 },
  );
  fields.forEach((field) => watcher.observe(field));
  signal.addEventListener("abort", () => watcher.disconnect());

  scroller.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-field]");
    if (!field || field === active) return;
    active = field;
    if (howOf(field) === "unseen") touch(field, "seen");
    field.scrollIntoView({ block: "nearest" });
    entered(field);
    tellLeft();
  }, { signal });
  scroller.addEventListener("input", (event) => {
    const field = event.target.closest("[data-field]");
    if (!field || event.target.type === "checkbox") return;
    touch(field, isChanged(field) ? "typed" : "seen");
    if (isChanged(field)) mark(field, "edited");
    field.classList.remove("wrong");
    tellLeft();
    changed();
  }, { signal });
  // A button must not move from under the mouse because the crop of another field folds away.
  scroller.addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault(), { signal });
  scroller.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const field = button.closest("[data-field]");
    take(field, all("[data-take]", field).indexOf(button) + 1);
  }, { signal });
  for (const place of all("[data-mark]", form)) place.dataset.was = place.textContent.trim();
  tellLeft();

  return {
    fields, open, confirm, walk, back, focusOn, fill, take, emptied, restore, refilled, acceptShown, against, spend,
    active: () => active,
    fillable: (field) => !control(field).matches("select"),
    typed: () => fields.some(isChanged),
    named: (name) => fields.find((field) => nameOf(field) === name),
    first: () => fields.find((field) => field.classList.contains("wrong")) ?? fields.find(open),
    left: () => fields.find(open),
  };
}
