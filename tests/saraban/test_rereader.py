"""A region, a page and a letter read again by a real office, over HTTP."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from ingest.page_reading import jpeg
from models.database import looking, writing
from models.drafts import Draft, add_draft, drafts_of_scan
from models.letters import MediaType, OcrPage, PageState
from models.pages import add_page, get_pages
from models.rearrangements import live_drafts
from models.terms import FieldName
from review_ui.desk import NoReader, Unreadable
from saraban.app import create_app
from saraban.office import Office, now, open_office
from saraban.rereader import OfficeRereader
from saraban.settings import Settings
from tests.conftest import data_with_models, page_of_text
from tests.models.letters import keep_scan, make_reading

SUBJECT = "เรื่อง ขอให้ซ่อมถนนหน้าโรงเรียน"
SHA = "ab" * 32
SEEN = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


@pytest.fixture
def office(tmp_path: Path, trained: Path) -> Office:
    return open_office(Settings(data_dir=data_with_models(tmp_path / "data", trained)))


@pytest.fixture
def client(office: Office) -> TestClient:
    cookies = {"saraban_officer": quote("มานี มีนา")}
    return TestClient(create_app(office), cookies=cookies, headers=SEEN, follow_redirects=False)


def scanned(office: Office, pixels: np.ndarray, pages: int = 1) -> Draft:
    """A scan of which the machine read nothing right."""
    file = io.BytesIO()
    frames = [Image.fromarray(pixels)] * pages
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:])
    place = office.archive.original(SHA)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(file.getvalue())
    read = [OcrPage(n, 1654, 2339, PageState.UNREAD, reason="กลับหัว") for n in range(1, pages + 1)]
    reading = make_reading()
    with writing(office.engine) as connection:
        scan_id = keep_scan(connection, SHA, "a.tif", media_type=MediaType.TIFF, now=now())
        for page in read:
            add_page(connection, scan_id, page, now())
            office.archive.write_view(SHA, page.number, jpeg(pixels))
        whole = type(reading)(1, tuple(read), reading.fields, None)
        add_draft(connection, scan_id, whole, now())
        (draft,) = drafts_of_scan(connection, scan_id)
    return draft


def test_a_page_on_its_head_is_turned_pointed_at_and_read(
    office: Office, client: TestClient
) -> None:
    upright = page_of_text(SUBJECT, "เรียน นายอำเภอเมืองสกลนคร", "นางสมศรี ใจดี")
    draft = scanned(office, np.ascontiguousarray(np.rot90(upright, 2)))
    at = f"/drafts/{draft.id}/pages/1"
    for turn in (90, 180):
        assert client.post(f"{at}/turn").json() == {"turn": turn}
    region = {"x": 0.09, "y": 0.1, "width": 0.8, "height": 0.05}
    assert client.post(f"{at}/region", json=region).json() == {"text": SUBJECT, "lines": [SUBJECT]}
    small = client.post(f"{at}/region", json=region | {"width": 0.001})
    assert small.status_code == 422
    assert "เล็กเกินไป" in small.json()["detail"]
    assert client.post(f"{at}/reread").json() == {"turn": 0, "version": 2}
    with looking(office.engine) as connection:
        (page,) = get_pages(connection, draft.scan_id)
        (now_read,) = drafts_of_scan(connection, draft.scan_id)
    assert page.lines[0].text == SUBJECT
    subject = now_read.fields.get(FieldName.SUBJECT)
    assert subject is not None
    assert subject.value == "ขอให้ซ่อมถนนหน้าโรงเรียน"
    assert client.post(f"{at}/region", json=region).json()["text"] == SUBJECT


def test_a_scan_of_several_letters_is_split_by_what_it_says(
    office: Office, client: TestClient
) -> None:
    draft = scanned(office, page_of_text(SUBJECT, "เรียน นายอำเภอเมืองสกลนคร"), pages=3)
    sent = {"seen": f"{draft.id}:1", "cut": ["2"]}
    assert client.post(f"/drafts/{draft.id}/split", data=sent).status_code == 303
    with looking(office.engine) as connection:
        live = live_drafts(connection, draft.scan_id)
    assert [(each.first_page, each.last_page) for each in live] == [(1, 1), (2, 3)]


def test_an_office_without_models_says_what_to_do(tmp_path: Path) -> None:
    rereader = OfficeRereader(open_office(Settings(data_dir=tmp_path / "data")))
    rereader.keep_picture(SHA, 1, jpeg(page_of_text(SUBJECT)))
    box = make_reading().pages[0].unread[0]
    with pytest.raises(NoReader, match="ยังอ่านภาพไม่ได้"):
        rereader.region(SHA, 1, box, 0)
    with pytest.raises(NoReader, match="saraban check"):
        rereader.letter(make_reading().pages, 1)
    with pytest.raises(Unreadable, match="ไม่มีภาพ"):
        rereader.picture(SHA, 2, 90)
