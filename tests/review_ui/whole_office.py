"""The whole application, served from this process or from one that may be killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, expect

from models.batch_progress import Progress, progress
from models.batches import BatchOrigin, get_batch, open_batch
from models.database import looking, writing
from saraban.app import create_app
from saraban.office import Office, open_office
from saraban.settings import Settings
from tests.conftest import NOW


def whole_office(folder: Path) -> Office:
    return open_office(Settings(data_dir=folder / "data", least_free_mb=0))


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """The address of the whole application on a free port."""
    config = uvicorn.Config(
        create_app(office), host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)


def new_batch(office: Office, name: str = "แฟ้มค้าง 2566 กล่อง 4") -> int:
    with writing(office.engine) as connection:
        return open_batch(connection, BatchOrigin(name, "browser"), NOW, "มานี มีนา")


def how_far(office: Office, batch_id: int) -> Progress:
    with looking(office.engine) as connection:
        return progress(connection, get_batch(connection, batch_id), NOW)


def sums(tab: Page) -> dict[str, int]:
    """The numbers of the receipt, as they stand on the screen."""
    words = tab.locator(".sums dt").all_text_contents()
    numbers = tab.locator(".sums dd").all_text_contents()
    return {
        word.strip(): int(number.replace(",", ""))
        for word, number in zip(words, numbers, strict=True)
    }


def receipt_says(tab: Page, text: str) -> None:
    expect(tab.locator(".receipt-line")).to_contain_text(text)
