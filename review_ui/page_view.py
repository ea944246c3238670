"""Pages as the review screen shows them: the picture, and boxes drawn over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from models.drafts import Draft, pages_of_draft
from models.letters import Box, Field, OcrPage, PageState
from models.national_id import with_ids_masked
from models.pages import Standing, standings
from models.recorded import RECORDED
from models.terms import FieldName
from models.turning import turned
from review_ui import words
from review_ui.desk import Desk
from review_ui.field_view import is_doubtful
from review_ui.pictures import has_picture

_A4 = (1654, 2339)  # pixels at 200 dpi, for a page whose size is not known
_AIR = (5.0, 3.0)  # thousandths between ink and box, which must not cover digits or tone marks
_GAP = 0.04  # of the page's width, between words of one row
_CROP_ROOM = 0.45  # of the box's height, above and below it
_CROP_SHAPE = 7.0  # width to height: a small box is shown with its surroundings


@dataclass(frozen=True, slots=True)
class Mark:
    """A box over a page, in thousandths of its width and height."""

    name: str
    label: str
    look: str  # sure, doubt, evidence, alarm or unread
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Crop:
    """A cut-out of a page's picture, in its pixels."""

    url: str
    page_width: int
    page_height: int
    view_box: str


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the letter as it is shown, turned clockwise by ``turn`` degrees.

    ``url`` and ``small`` (a thumbnail's) are None where there is no picture of it; under ``at``
    lies what can be done with it.
    """

    number: int
    at: str
    turn: int
    url: str | None
    small: str | None
    width: int
    height: int
    state: PageState
    reason: str | None
    notes: tuple[str, ...]
    text: str
    marks: tuple[Mark, ...]

    def without_reading(self) -> PageView:
        """Return the page without anything that the machine read on it."""
        return replace(self, text="", marks=(), notes=())


def picture_url(sha256: str, page: int, standing: Standing, small: bool = False) -> str:
    """Return the address of a page's picture: another one once it shows something else."""
    told = ["small=1"] if small else []
    told += [f"turn={standing.turn}"] if standing.turn else []
    told += [f"read={standing.again}"] if standing.again else []
    return f"/pictures/{sha256}/{page}.jpg" + ("?" if told else "") + "&".join(told)


def page_views(desk: Desk, connection: Connection, draft: Draft) -> tuple[PageView, ...]:
    """Return the pages of a draft with all boxes that stand on them."""
    standing = standings(connection, draft.scan_id)
    pages = pages_of_draft(connection, draft)
    return tuple(_page_view(desk, draft, page, standing[page.number]) for page in pages)


def _page_view(desk: Desk, draft: Draft, page: OcrPage, standing: Standing) -> PageView:
    there = has_picture(desk, draft.sha256, page.number)
    width, height = _size(page)
    if standing.turn in (90, 270):
        width, height = height, width
    return PageView(
        number=page.number,
        at=f"/drafts/{draft.id}/pages/{page.number}",
        turn=standing.turn,
        url=picture_url(draft.sha256, page.number, standing) if there else None,
        small=picture_url(draft.sha256, page.number, standing, True) if there else None,
        width=width,
        height=height,
        state=page.state,
        reason=page.reason,
        notes=page.notes,
        text=with_ids_masked(page.text),
        marks=tuple(_marks(draft, page, standing.turn)),
    )


def _size(page: OcrPage) -> tuple[int, int]:
    return (page.width, page.height) if page.width and page.height else _A4


def _marks(draft: Draft, page: OcrPage, turn: int) -> Iterator[Mark]:
    for name, label, look, box in _places(draft, page):
        yield _mark(name, label, look, turned(box, turn))


def _places(draft: Draft, page: OcrPage) -> Iterator[tuple[str, str, str, Box]]:
    """Give what stands on the page as it was read: field, label, look, box."""
    for box in page.unread:
        yield "", "เครื่องอ่านตรงนี้ไม่ได้", "unread", box
    for evidence in draft.suggestion.evidence if draft.suggestion else ():
        if evidence.page == page.number and evidence.box:
            yield "category", f"คำที่ชี้หมวด: {evidence.text}", "evidence", evidence.box
    for alarm in draft.alarms:
        if alarm.page == page.number and alarm.box:
            yield "", f"{words.DANGERS[alarm.danger]}: {alarm.text}", "alarm", alarm.box
    for name in FieldName:
        field = draft.fields.get(name)
        if field and field.page == page.number:
            look = "doubt" if is_doubtful(field) else "sure"
            for box in joined(field.boxes):
                yield name.value if name in RECORDED else "", words.FIELDS[name], look, box


def joined(boxes: Iterable[Box]) -> list[Box]:
    """Return one box for words that stand side by side: edges between them would cover ink."""
    rows: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.left):
        beside = next((row for row in rows if _beside(row, box)), None)
        if beside is None:
            rows.append(box)
        else:
            rows[rows.index(beside)] = beside.union(box)
    return rows


def _beside(left: Box, right: Box) -> bool:
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    same_row = overlap > 0.5 * min(left.height, right.height)
    return same_row and right.left - left.right < _GAP


def _mark(name: str, label: str, look: str, box: Box) -> Mark:
    beside, above = _AIR
    left, top = box.left * 1000 - beside, box.top * 1000 - above
    right, bottom = box.right * 1000 + beside, box.bottom * 1000 + above
    edges = (left, top, right - left, bottom - top)
    return Mark(name, label, look, *(round(edge, 1) for edge in edges))


def crops(draft: Draft, views: Iterable[PageView]) -> dict[FieldName, Crop]:
    """Return, for every field of the form that stands on a picture, the cut-out around it."""
    shown = {view.number: view for view in views if view.url}
    found = {}
    for name in RECORDED:
        field = draft.fields.get(name)
        view = shown.get(field.page or 0) if field else None
        if field and view:
            crop = _crop(field, view)
            if crop:
                found[name] = crop
    return found


def _crop(field: Field, view: PageView) -> Crop | None:
    if field.box is None or view.url is None:
        return None
    box = turned(field.box, view.turn)
    height = box.height * view.height
    room = max(height * _CROP_ROOM, view.height * 0.004)
    tall = height + 2 * room
    wide = min(max(box.width * view.width + 2 * room, tall * _CROP_SHAPE), view.width)
    centre = (box.left + box.width / 2) * view.width
    left = min(max(centre - wide / 2, 0), view.width - wide)
    top = box.top * view.height - room
    view_box = " ".join(f"{number:.1f}" for number in (left, top, wide, tall))
    return Crop(view.url, view.width, view.height, view_box)
