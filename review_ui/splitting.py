"""The pages of a scan parted into letters as an officer says, in one transaction."""

from __future__ import annotations

from collections.abc import Collection

from models.claims import holders
from models.database import looking, writing
from models.matters import relate
from models.pages import looks_of
from models.parting import part
from models.rearrangements import Rearrangement, live_drafts, rearrange
from models.versions import StaleDraft
from review_ui.desk import Desk
from review_ui.split_view import open_bundle, versions_of

_CHANGED = "มีผู้อื่นแก้ไขเรื่องในไฟล์นี้ไปแล้ว"


def split(
    desk: Desk,
    draft_id: int,
    cuts: Collection[int],
    seen: str,
    officer: str,
    kept: Collection[int] = (),
) -> Rearrangement | None:
    """Let letters begin at these pages of the draft's scan; None where nothing changes.

    Pages of no letter that are ``kept`` become pages of letters.

    What a letter says is read anew before the transaction, which counts only if all is as seen.

    Raises:
        DraftGone: there is no such draft.
        StaleDraft: a letter of the scan was changed since the officer saw them.
        WrongState: the same, by a decision.
        NoReader: the letters could not be read; nothing was changed.
    """
    with looking(desk.engine) as connection:
        bundle = open_bundle(connection, draft_id)
    if bundle.seen != seen:
        raise StaleDraft(_CHANGED)
    parting = part(bundle.live, cuts, set(kept) & set(bundle.loose))
    if not parting.new:
        return None
    readings = [
        desk.rereader.letter(
            [bundle.pages[number] for number in pages], place, bundle.separator_before(pages[0])
        )
        for place, pages in enumerate(parting.new, start=1)
    ]
    scan_id = bundle.draft.scan_id
    with writing(desk.engine) as connection:
        if versions_of(live_drafts(connection, scan_id)) != seen:
            raise StaleDraft(_CHANGED)
        for claim in holders(connection, [each.id for each in parting.old], desk.now()).values():
            if claim.officer != officer:
                raise StaleDraft(f"{claim.officer} กำลังตรวจเรื่องในไฟล์นี้อยู่")
        done = rearrange(
            connection, parting.old, readings, scan_id=scan_id, officer=officer, now=desk.now()
        )
        looks = looks_of(connection, scan_id)
        for new_id, reading in zip(done.after, readings, strict=True):
            relate(connection, new_id, desk.rereader.marks(reading, looks), desk.now())
        return done
