"""How long the server thinks about the pages that officers open all day."""

from __future__ import annotations

import time
from urllib.parse import quote

import httpx

from benchmarks.desk.review import p95

PAGES = {
    "/queue": "/queue",
    "/queue กรองอำเภอ": "/queue?sieve=1&district=อำเภอสมมุติ3",
    "/queue ค้นคำ": "/queue?sieve=1&text=ไฟถนน",
    "/queue หน้า 2": "/queue?sieve=1&page=2",
    "/overview": "/overview",
    "/status.json": "/status.json",
}
NEXT = "POST /queue/next"


def server_times(address: str, first: int, tries: int) -> dict[str, float]:
    """Return the 95th percentile for each page, in milliseconds, from request to whole answer.

    ``first`` is a letter that waits; others are asked for from beside it.
    """
    found: dict[str, float] = {}
    officer = {"saraban_officer": quote("วัดผล")}
    for name, path in PAGES.items():
        with httpx.Client(base_url=address, cookies=officer, timeout=60) as client:
            client.get(path)
            found[name] = p95([_timed(client, "GET", path) for _ in range(tries)])
    with httpx.Client(base_url=address, cookies=officer, timeout=60) as client:
        asked = [f"/queue/next?beside={first + place}" for place in range(tries)]
        found[NEXT] = p95([_timed(client, "POST", path) for path in asked])
    return found


def _timed(client: httpx.Client, method: str, path: str) -> float:
    headers = {"Accept": "application/json", "Origin": str(client.base_url).rstrip("/")}
    start = time.perf_counter()
    answer = client.request(method, path, headers=headers)
    took = (time.perf_counter() - start) * 1000
    answer.raise_for_status()
    return took
