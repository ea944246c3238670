"""How text is folded so that what is sought is found however it was written."""

from __future__ import annotations

import re
import unicodedata

_THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def folded(text: str) -> str:
    """Fold text for searching: Arabic digits, no spaces, small letters, SARA AM in one piece."""
    text = unicodedata.normalize("NFC", text).translate(_THAI_TO_ARABIC).replace("ํา", "ำ")
    return re.sub(r"\s+", "", text).casefold()


def containing(text: str) -> str:
    """Return the LIKE pattern (escape character ``\\``) of what contains the text, folded."""
    needle = folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{needle}%"
