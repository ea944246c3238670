"""Several letters in one file: a new letter begins where a page's head is a letterhead."""

from __future__ import annotations

from collections.abc import Sequence

from extract.heads import own_reference
from extract.kinds import is_announcement_title, is_memo_title, is_order_title
from extract.labels import Part
from extract.parts import take_apart, title_rows
from extract.rows import rows_of
from models.letters import OcrPage, PageState

_HEAD = 14  # rows: a letterhead stands in the first of a page


def split_letters(pages: Sequence[OcrPage]) -> tuple[tuple[OcrPage, ...], ...]:
    """Return the pages by letter, every page exactly once and in order.

    A page without a letterhead of its own, blank or unread, stays with the letter before; blank
    pages before the first letter stay with it.
    """
    letters: list[list[OcrPage]] = []
    current: str | None = None
    for page in pages:
        head, reference = _letterhead(page)
        same = reference is not None and reference == current
        if not letters or (head and not same and not _is_empty(letters[-1])):
            letters.append([page])
            current = reference
        else:
            letters[-1].append(page)
            current = current or reference
    return tuple(tuple(letter) for letter in letters)


def _is_empty(letter: Sequence[OcrPage]) -> bool:
    return all(page.state is PageState.BLANK for page in letter)


def _letterhead(page: OcrPage) -> tuple[bool, str | None]:
    """Tell whether the page opens a letter, and under which reference."""
    if page.state is not PageState.READ:
        return False, None
    letter = take_apart(rows_of([page])[:_HEAD])
    own = own_reference(letter)
    value = own.reference.value if own and own.labelled and own.reference else None
    titles = [row.text for row in title_rows(letter)[:8]]
    titled = any(is_memo_title(t) or is_order_title(t) or is_announcement_title(t) for t in titles)
    # A citizen's letter has no number, but both of its labels stand in its head.
    addressed = letter.has(Part.SUBJECT) and letter.has(Part.ADDRESSEE)
    return bool(value or titled or addressed), value
