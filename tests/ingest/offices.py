"""An office whose worker is a real ``saraban ingest`` in a process of its own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from sqlalchemy import select

from models import pages, scans, tables
from models.database import looking
from models.letters import OcrPage
from models.waiting import Pile, list_drafts
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import ROOT, SAMPLES, environment, page_of_text

FILES = (
    "03-stamped-circular-reminder.pdf",
    "05-announcement-complaint-channels.png",
    "09-complaint-land-boundary.tif",
    "11-complaint-debt.pdf",
    "15-complaint-three-pages-one-blank.pdf",
    "17-complaint-streetlight-phone-photo.jpg",
    "circulars.pdf",
)
BROKEN_PAGE = "หน้ากลางเสีย.tif"


def tiff_with_a_broken_page() -> bytes:
    """Three pages; the packed bytes of the second are spoilt, its header is not."""
    texts = ("หน้าแรกอ่านได้ดี", "หน้ากลางเสียหาย", "หน้าท้ายอ่านได้ดี")
    frames = [
        Image.fromarray(page_of_text(text)).convert("L").resize((827, 1170)) for text in texts
    ]
    file = io.BytesIO()
    more: dict[str, Any] = {"save_all": True, "append_images": frames[1:]}
    frames[0].save(file, "TIFF", compression="tiff_adobe_deflate", **more)
    content = bytearray(file.getvalue())
    with Image.open(file) as picture:
        picture.seek(1)
        starts, lengths = picture.tag_v2[273], picture.tag_v2[279]  # type: ignore[attr-defined]
    for start, length in zip(starts, lengths, strict=True):
        content[start : start + length] = bytes(np.full(length, 0xAA, np.uint8))
    return bytes(content)


def pile(folder: Path) -> Path:
    """A folder of letters to take in, one of which has a page that cannot be opened."""
    folder.mkdir()
    for name in FILES:
        (folder / name).symlink_to(SAMPLES / name)
    (folder / BROKEN_PAGE).write_bytes(tiff_with_a_broken_page())
    return folder


def office_in(data: Path) -> Office:
    return open_office(Settings(data_dir=data, processes=2))


def start_ingest(data: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start taking a folder in, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "saraban", "ingest", str(folder)],
        cwd=ROOT,
        env=environment(data, SARABAN_PROCESSES="2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def kill_when_pages_are_read(process: subprocess.Popen[bytes], office: Office, least: int) -> int:
    """Kill the whole group with SIGKILL as soon as so many pages are read; return how many were."""
    try:
        while (read := rows(office, "pages")) < least:
            assert process.poll() is None, (process.stderr or io.BytesIO()).read().decode()
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return read


def rows(office: Office, table: str) -> int:
    with looking(office.engine) as connection:
        return len(connection.execute(select(tables.metadata.tables[table])).all())


@dataclass(frozen=True)
class Told:
    """All that the office knows of one scan, whenever it was read."""

    name: str
    state: str
    pages: list[OcrPage]
    letters: list[dict[str, object]]


def all_that_is_known(office: Office) -> dict[str, Told]:
    known = {}
    with looking(office.engine) as connection:
        drafts = list_drafts(connection, Pile.WAITING, 1000)
        ids = connection.execute(select(tables.scans.c.id)).scalars().all()
        for scan_id in ids:
            scan = scans.get_scan(connection, scan_id)
            assert scan is not None
            letters = [
                {
                    "letter": draft.letter,
                    "pages": (draft.first_page, draft.last_page),
                    "fields": draft.fields,
                    "suggestion": draft.suggestion,
                }
                for draft in sorted(drafts, key=lambda draft: draft.letter)
                if draft.scan_id == scan_id
            ]
            read = pages.get_pages(connection, scan_id)
            known[scan.name] = Told(scan.name, scan.state, read, letters)
    return known
