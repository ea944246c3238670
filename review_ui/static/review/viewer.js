// The pages beside the form: the place of the active field, zoom, turning over, thumbnails.

import { all, bare, one } from "./page.js";

const STEPS = { Equal: 1, NumpadAdd: 1, Minus: -1, NumpadSubtract: -1, Digit0: 0, Numpad0: 0 };
const CLOSE_UP = 2.2;

export function openViewer({ signal, chosen }) {
  const sheets = one("[data-sheets]");
  const pages = () => all("[data-page]", sheets); // a page that is turned gives way to a new one
  const thumbs = all("[data-thumb]");
  let zoom = 1;
  let before = null; // the zoom that F2 goes back to
  let lit = null; // the field whose boxes are lit

  function light(name) {
    lit = name;
    const first = relight();
    if (first) show(first);
  }

  function relight() {
    for (const box of all(".box.lit", sheets)) box.classList.remove("lit");
    const boxes = all(`.box[data-for="${lit}"]`, sheets);
    for (const box of boxes) box.classList.add("lit");
    return boxes[0];
  }

  function show(box) {
    const place = box.getBoundingClientRect();
    const view = sheets.getBoundingClientRect();
    sheets.scrollBy(
      place.left + place.width / 2 - view.left - view.width / 2,
      place.top + place.height / 2 - view.top - view.height / 2,
    );
  }

  const middle = () => sheets.getBoundingClientRect().top + sheets.clientHeight / 2;
  const pageNow = () => Math.max(pages().findLastIndex((page) => page.getBoundingClientRect().top <= middle()), 0);

  function goTo(index) {
    const every = pages();
    const page = every[Math.min(Math.max(index, 0), every.length - 1)];
    if (page) sheets.scrollBy(0, page.getBoundingClientRect().top - sheets.getBoundingClientRect().top);
  }

  function setZoom(wanted) {
    zoom = Math.min(Math.max(wanted, 0.4), 4);
    resize();
    const place = one(".box.lit", sheets);
    if (place && zoom !== 1) show(place);
  }

  function resize() {
    for (const sheet of all("[data-sheet]", sheets)) sheet.style.width = `${zoom * 100}%`;
  }

  const step = (direction) => setZoom(direction === 0 ? 1 : zoom * (direction > 0 ? 1.25 : 0.8));

  /** F2: the active field's place from close up, and back. */
  function closeUp() {
    const back = before;
    before = back === null ? zoom : null;
    setZoom(back ?? CLOSE_UP);
  }

  function tellPage() {
    const now = pageNow();
    const place = one("[data-page-now]");
    if (place) place.textContent = now + 1;
    thumbs.forEach((thumb, index) => (index === now ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
  }

  const hide = (hidden) => sheets.classList.toggle("bare", hidden);

  sheets.addEventListener("click", (event) => {
    const name = event.target.closest("[data-for]")?.dataset.for;
    if (name) chosen(name);
  }, { signal });
  sheets.addEventListener("turned", () => (resize(), relight()), { signal });
  sheets.addEventListener("scroll", tellPage, { signal, passive: true });
  sheets.addEventListener("keydown", (event) => {
    if (!(event.code in STEPS) || !bare(event) || event.target !== sheets) return;
    event.preventDefault();
    step(STEPS[event.code]);
  }, { signal });
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => step(Number(button.dataset.zoom)), { signal });
  for (const button of all("[data-over]")) button.addEventListener("click", () => goTo(pageNow() + Number(button.dataset.over)), { signal });
  thumbs.forEach((thumb, index) => thumb.addEventListener("click", () => goTo(index), { signal }));

  return { sheets, light, closeUp, hide, pageNow, over: (by) => goTo(pageNow() + by), page: () => pages()[pageNow()] };
}
