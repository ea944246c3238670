"""Takes the text layer out of a PDF page, through a confined child process."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

from ingest.opening import CONFINED
from models.letters import Box
from ocr.text_layer import LayerWord

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)"')
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', re.S
)
_MOST = 2_000_000  # characters; a page of text has a few thousand


def text_layer(path: Path, number: int) -> list[LayerWord]:
    """Return the words of page ``number``; none where the page has no text or it cannot be had."""
    answer = subprocess.run(
        [
            *(CONFINED / "pdftotext", "-bbox", "-enc", "UTF-8"),
            *("-f", str(number), "-l", str(number), str(path), "-"),
        ],
        capture_output=True,
        check=False,
    )
    found = answer.stdout[:_MOST].decode("utf-8", "replace")
    page = _PAGE.search(found)
    if page is None:
        return []
    width, height = float(page[1]) or 1.0, float(page[2]) or 1.0
    words = []
    for left, top, right, bottom, text in _WORD.findall(found):
        x, y = float(left) / width, float(top) / height
        box = Box(x, y, float(right) / width - x, float(bottom) / height - y)
        words.append(LayerWord(html.unescape(text), box))
    return words
