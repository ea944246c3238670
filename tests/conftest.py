"""Builders of what the tests of several rooms need: real files, a real database, real models."""

from __future__ import annotations

import datetime as dt
import io
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import settings as hypothesis_settings
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Engine

from models.database import open_database
from models.schema import upgrade
from saraban.office import missing_models, train_classifier, train_digits
from saraban.settings import Settings

if TYPE_CHECKING:
    from tests.saraban.busy_office import BusyOffice

ROOT = Path(__file__).parents[1]
# How long an example takes says something of the machine, nothing of the product.
hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.load_profile("steady")
SAMPLES = ROOT / "saraban" / "samples" / "scans"
NOW = dt.datetime(2025, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


def clock() -> dt.datetime:
    """A clock that stands still."""
    return NOW


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models, trained once for all tests that read pages."""
    data = tmp_path_factory.mktemp("trained")
    settings = Settings(data_dir=data)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        for training in [
            processes.submit(each, settings) for each in (train_digits, train_classifier)
        ]:
            training.result()
    assert missing_models(settings) == []
    return data / "models"


def data_with_models(data: Path, trained: Path) -> Path:
    """A data directory that holds nothing but the trained models."""
    data.mkdir(parents=True)
    (data / "models").symlink_to(trained)
    return data


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty office database."""
    engine = open_database(f"sqlite:///{tmp_path}/office.sqlite3")
    upgrade(engine)
    return engine


@pytest.fixture(scope="session")
def busy_office(tmp_path_factory: pytest.TempPathFactory, trained: Path) -> BusyOffice:
    """An office that has read a pile of letters."""
    from tests.saraban.busy_office import make_busy_office

    return make_busy_office(tmp_path_factory.mktemp("busy"), trained)


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a command of ours is started with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SARABAN_")}
    return kept | {"SARABAN_DATA_DIR": str(data), "COLUMNS": "200"} | more


def saraban(
    *arguments: object, data: Path, stdin: bytes = b"", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``saraban`` as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "saraban", *map(str, arguments)],
        cwd=ROOT,
        env=environment(data, **more),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=200,
    )


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every path under a folder, files with their content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def fake_programs(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    """Put shell scripts before the real programs on the PATH."""
    folder.mkdir(exist_ok=True)
    for name, script in scripts.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def processes_with(mark: str) -> list[str]:
    """The command lines of running processes that hold a mark."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # it ended just now
            continue
        if mark in command:
            found.append(command)
    return found


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), mark: int = 0) -> bytes:
    """A small honest picture; ``mark`` makes it another one."""
    image = Image.new("RGB", size, (200, mark % 256, mark // 256))
    file = io.BytesIO()
    image.save(file, kind, comment=str(mark).encode())  # colours may be lost in a JPEG
    return file.getvalue()


def page_of_text(*lines: str, face: str = "Laksaman", size: int = 64) -> np.ndarray[Any, Any]:
    """Draw a clean A4 page at 200 dpi with some lines of text."""
    font = ImageFont.truetype(f"/usr/share/fonts/truetype/tlwg/{face}.ttf", size)
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((180, 240 + number * 2 * size), line, font=font, fill="black")
    return np.asarray(image)


def pdf(*pages: str, trailer: str = "", objects: tuple[str, ...] = ()) -> bytes:
    """Write a PDF by hand; every page is given as the entries of its dictionary."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(f"<< /Type /Page /Parent 2 0 R {page} >>" for page in pages),
        *objects,
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(content)
    content += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(bodies) + 1
    content += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode("latin-1")
    return content + f"startxref\n{start}\n%%EOF\n".encode()


A4 = "/MediaBox [0 0 595 842]"


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password that nobody has."""
    secret = "<" + "5a" * 32 + ">"
    encrypt = (
        f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /O {secret} /U {secret} /P -4 >>"
    )
    identity = "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    return pdf(A4, trailer=f"{encrypt} {identity}")


def given(names: Mapping[str, bytes], folder: Path) -> Path:
    """Write files into a new folder."""
    folder.mkdir(parents=True)
    for name, content in names.items():
        (folder / name).write_bytes(content)
    return folder
