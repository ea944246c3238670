"""A page read again as the officer turned it, and with it the fields of its letter."""

from __future__ import annotations

from models.database import looking, writing
from models.draft_states import OPEN_STATES, WrongState
from models.drafts import DraftGone, get_draft, pages_of_draft
from models.marks import values_read
from models.matters import relate_again
from models.pages import replace_reading, standings
from models.redrafting import redraft
from models.scans import get_scan
from models.stacked import separator_before
from review_ui.desk import Desk


def read_again(desk: Desk, draft_id: int, number: int, officer: str) -> int:
    """Read a page of a draft anew as it is shown, and the draft; return its new version.

    The reading takes seconds and holds no transaction: it counts only if the draft is unchanged.

    Raises:
        DraftGone: there is no such draft or page.
        WrongState: the draft was decided; its record says what was on the page then.
        StaleDraft: somebody changed the draft meanwhile.
        Unreadable: nothing was read; everything stays as it was.
    """
    with looking(desk.engine) as connection:
        draft = get_draft(connection, draft_id)
        pages = pages_of_draft(connection, draft)
        scan = get_scan(connection, draft.scan_id)
        standing = standings(connection, draft.scan_id).get(number)
        separator = separator_before(connection, draft.scan_id, draft.first_page)
    if draft.state not in OPEN_STATES:
        raise WrongState("เรื่องนี้ตัดสินไปแล้ว จึงอ่านใหม่ไม่ได้")
    there = number in {page.number for page in pages}
    if not there or standing is None or scan is None or scan.media_type is None:
        raise DraftGone("ไม่พบหน้านี้")
    read = desk.rereader.page(draft.sha256, scan.media_type, number, standing.turn)
    now = [read.page if page.number == number else page for page in pages]
    reading = desk.rereader.letter(now, draft.letter, separator)
    with writing(desk.engine) as connection:
        version = redraft(connection, draft, reading)
        relate_again(connection, draft_id, values_read(reading.fields), desk.now())
        replace_reading(connection, draft.scan_id, read.page, officer=officer, now=desk.now())
        # Last: if the picture cannot be kept, the boxes of the old one are.
        desk.rereader.keep_picture(draft.sha256, number, read.picture)
    return version
