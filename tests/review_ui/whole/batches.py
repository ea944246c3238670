"""Batches of the whole application, and what their page says of them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from models.batch_progress import Progress, progress
from models.batches import BatchOrigin, get_batch, open_batch
from models.database import looking, writing
from saraban.office import Office
from tests.conftest import NOW


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
