// Small words for looking into a page; used by every module of the desk.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** The numbered keys above the letters, whatever the layout types with them; null for others. */
export const digitOf = (event) => /^Digit(\d)$/.exec(event.code)?.[1] ?? null;

export const isEnter = (event) => /^(Numpad)?Enter$/.test(event.code);

/** Only Alt is held, or nothing at all. */
export const altAlone = (event) => event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
export const bare = (event) => !event.altKey && !event.ctrlKey && !event.metaKey;
