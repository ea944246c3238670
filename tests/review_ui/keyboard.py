"""A tab without a mouse that counts keys, and a keyboard with the Thai layout."""

from __future__ import annotations

from playwright.sync_api import Page

# A key held down with others counts once; keys that do nothing by themselves count nothing.
_NO_MOUSE = """
const note = (what) => sessionStorage.setItem(what, Number(sessionStorage.getItem(what)) + 1);
const HELD = ['Control', 'Alt', 'Shift', 'Meta'];
addEventListener('keydown', (event) => HELD.includes(event.key) || note('presses'), true);
for (const kind of ['pointerdown', 'mousedown', 'click']) {
  addEventListener(kind, (event) => {
    if (!event.isTrusted || (kind === 'click' && event.detail === 0)) return;
    note('clicks');
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
"""

# Kedmanee, as far as our letters need it: sign → (code, with Shift).
_KEDMANEE = {
    "ส": "KeyL",
    "น": "KeyO",
    "ว": "KeyW",
    "พ": "KeyR",
    "ย": "KeyP",
    "ก": "KeyD",
    " ": "Space",
    "ม": "Comma",
    "ท": "KeyM",
    "ใ": "Period",
    "ฝ": "Slash",
    "ข": "Minus",
}
_NUMBER_ROW = dict(zip("1234567890", "ๅ/-ภถุึคตจ", strict=True))
_SIGNS = {"/": ("Slash", "ฝ"), "-": ("Minus", "ข"), ".": ("Period", "ใ")}


def take_mouse_away(tab: Page) -> None:
    tab.add_init_script(_NO_MOUSE)


def presses(tab: Page) -> int:
    """Return how many keys were pressed in this tab since last asked; no click may have been."""
    assert tab.evaluate("sessionStorage.getItem('clicks')") is None, "the mouse was used"
    count = int(tab.evaluate("Number(sessionStorage.getItem('presses'))"))
    tab.evaluate("sessionStorage.removeItem('presses')")
    return count


def type_in_thai(tab: Page, text: str) -> None:
    """Send what a keyboard sends whose layout stays Thai: digits and signs come as Thai letters."""
    session = tab.context.new_cdp_session(tab)
    for sign in text:
        if sign in _NUMBER_ROW:
            code, key = f"Digit{sign}", _NUMBER_ROW[sign]
        else:
            code, key = _SIGNS.get(sign) or (_KEDMANEE[sign], sign)
        event = {"code": code, "key": key}
        session.send("Input.dispatchKeyEvent", event | {"type": "keyDown", "text": key})
        session.send("Input.dispatchKeyEvent", event | {"type": "keyUp"})
    session.detach()
