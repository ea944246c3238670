// The words of one page: fetched once, found by a point in a grid, followed in reading order.

const CELLS = 16; // of the grid, across and down
const AIR = 0.003; // of the page: a word is hit a little beside its ink, too

/** Put words (arrays x, y, w, h, text, line in fractions of the page) into a grid. */
export function gridOf(words) {
  const cells = Array.from({ length: CELLS * CELLS }, () => []);
  const cell = (edge) => Math.min(Math.max(Math.floor(edge * CELLS), 0), CELLS - 1);
  for (let word = 0; word < words.text.length; word++) {
    const right = cell(words.x[word] + words.w[word] + AIR);
    const bottom = cell(words.y[word] + words.h[word] + AIR);
    for (let row = cell(words.y[word] - AIR); row <= bottom; row++)
      for (let column = cell(words.x[word] - AIR); column <= right; column++) cells[row * CELLS + column].push(word);
  }
  return { words, cells };
}

/** The word at a point, the smallest where several lie there; -1 where none does. */
export function wordAt({ words, cells }, x, y) {
  if (x < 0 || x >= 1 || y < 0 || y >= 1) return -1;
  let found = -1;
  let least = Infinity;
  for (const word of cells[Math.floor(y * CELLS) * CELLS + Math.floor(x * CELLS)]) {
    const across = x - words.x[word];
    const down = y - words.y[word];
    const size = words.w[word] * words.h[word];
    const inside = across >= -AIR && down >= -AIR && across <= words.w[word] + AIR && down <= words.h[word] + AIR;
    if (inside && size < least) [found, least] = [word, size];
  }
  return found;
}

/** The text of the words from one to another, whichever comes first, and the box around them. */
export function rangeOf(words, one, other) {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  let text = words.text[from];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let word = from; word <= to; word++) {
    if (word > from) text += ` ${words.text[word]}`;
    left = Math.min(left, words.x[word]);
    top = Math.min(top, words.y[word]);
    right = Math.max(right, words.x[word] + words.w[word]);
    bottom = Math.max(bottom, words.y[word] + words.h[word]);
  }
  return { text, box: { x: left, y: top, width: right - left, height: bottom - top } };
}

/** The word that lies nearest below (step 1) or above (step -1) another; itself where none does. */
export function beyond(words, from, step) {
  const middle = (word) => words.x[word] + words.w[word] / 2;
  let found = from;
  let nearest = Infinity;
  for (let word = 0; word < words.text.length; word++) {
    const down = (words.y[word] + words.h[word] / 2 - words.y[from] - words.h[from] / 2) * step;
    if (down < Math.min(words.h[word], words.h[from]) / 2) continue; // of the same row, or behind
    const beside = Math.max(words.x[word] - middle(from), middle(from) - words.x[word] - words.w[word], 0);
    const far = down * 3 + beside; // the next row first, then whatever lies straight on
    if (far < nearest) [found, nearest] = [word, far];
  }
  return found;
}
