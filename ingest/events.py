"""Live progress: server-sent events that begin with all there is to say, then tell of changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

_LOOKS = 0.7  # seconds between two looks: no more than two events a second
State = TypeVar("State", bound=BaseModel)
_PING = 15  # seconds, so that nothing on the way takes the stream for dead


def _never(_: object) -> bool:
    return False


def stream(
    look: Callable[[], State], over: Callable[[State], bool] = _never
) -> EventSourceResponse:
    """Return a stream of what ``look`` finds, as often as it changes, until it is ``over``.

    Every event is the whole state, with a number that rises: whoever connects again needs no
    replay, the first event tells all.
    """
    return EventSourceResponse(
        _events(look, over),
        ping=_PING,
        headers={"X-Accel-Buffering": "no", "Cache-Control": "no-store"},
    )


async def _events(
    look: Callable[[], State], over: Callable[[State], bool]
) -> AsyncIterator[ServerSentEvent]:
    told, number = "", 0
    while True:
        found = await run_in_threadpool(look)
        if (text := found.model_dump_json()) != told:
            told, number = text, number + 1
            yield ServerSentEvent(text, event="progress", id=str(number))
        if over(found):
            yield ServerSentEvent(text, event="end", id=str(number))
            return
        await asyncio.sleep(_LOOKS)
