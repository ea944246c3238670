"""Two scans of one sheet: their bytes differ, so both are read, and both are shown as a pair."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from models.alike import Reason
from models.database import looking
from models.draft_states import DraftState
from models.matters import count_undecided, pairs_of
from models.tables import pages
from models.waiting import list_drafts
from tests.conftest import SAMPLES, data_with_models, given, saraban
from tests.ingest.offices import office_in

pytestmark = pytest.mark.slow
SHEET = SAMPLES / "05-announcement-complaint-channels.png"
OTHER = SAMPLES / "08-complaint-handwritten-hardship.jpg"


def scanned_again() -> bytes:
    """The sheet a little lower on the glass, a little darker, squeezed as a JPEG."""
    with Image.open(SHEET) as picture:
        page = picture.convert("RGB")
    lower = Image.new("RGB", page.size, "white")
    lower.paste(page, (12, 20))
    file = io.BytesIO()
    lower.point(lambda value: int(value * 0.93)).save(file, "JPEG", quality=70)
    return file.getvalue()


def test_two_scans_of_one_sheet_become_a_pair_and_another_letter_does_not(
    tmp_path: Path, trained: Path
) -> None:
    data = data_with_models(tmp_path / "data", trained)
    files = {"a.png": SHEET.read_bytes(), "b.jpg": scanned_again(), "c.jpg": OTHER.read_bytes()}
    saraban("ingest", given(files, tmp_path / "pile"), data=data)
    with looking(office_in(data).engine) as connection:
        drafts = {each.scan_name: each for each in list_drafts(connection, DraftState.WAITING, 9)}
        assert set(drafts) == set(files)  # flagged, and nothing is dropped
        pairs = {name: pairs_of(connection, draft.id) for name, draft in drafts.items()}
        looks = connection.scalars(select(pages.c.look)).all()
        assert count_undecided(connection) == 2
    assert len(looks) == 3
    assert None not in looks
    assert pairs["c.jpg"] == []
    for name, other in (("a.png", "b.jpg"), ("b.jpg", "a.png")):
        (pair,) = pairs[name]
        assert pair.other_id == drafts[other].id
        assert {Reason.TEXT, Reason.LOOK} <= set(pair.reasons)
