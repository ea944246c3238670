"""A network between the agent and the server that cuts every connection after some bytes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class CuttingProxy:
    """Lets ``budget`` bytes of every connection through to a port, then cuts it without a word."""

    def __init__(self, port: int, budget: int) -> None:
        self._to, self._budget, self.cuts, self.port = port, budget, 0, 0
        self._loop = asyncio.new_event_loop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._to)
        answers = asyncio.create_task(self._answer(back, writer))
        left = self._budget
        with suppress(OSError):
            while chunk := await reader.read(min(16_384, left)):
                forth.write(chunk)
                await forth.drain()
                left -= len(chunk)
                if left <= 0:
                    self.cuts += 1
                    break
        answers.cancel()
        for each in (writer, forth):
            each.transport.abort()  # a reset, in the middle of whatever is on its way

    async def _answer(self, back: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await back.read(16_384):
                writer.write(chunk)
                await writer.drain()
            writer.close()

    def run(self, ready: threading.Event) -> None:
        async def begin() -> None:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        self._loop.run_until_complete(begin())
        self._loop.run_forever()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


@contextmanager
def cutting(port: int, budget: int) -> Iterator[CuttingProxy]:
    proxy, ready = CuttingProxy(port, budget), threading.Event()
    thread = threading.Thread(target=proxy.run, args=(ready,))
    thread.start()
    assert ready.wait(5)
    try:
        yield proxy
    finally:
        proxy.stop()
        thread.join()
