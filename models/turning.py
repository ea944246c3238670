"""Quarter turns of a page and of the boxes on it, in degrees clockwise."""

from __future__ import annotations

from models.letters import Box

TURNS = (0, 90, 180, 270)


def turned(box: Box, turn: int) -> Box:
    """Return where a box stands once its page is turned clockwise by one of ``TURNS``.

    Raises:
        ValueError: it is no quarter turn.
    """
    match turn:
        case 0:
            return box
        case 90:
            return Box(1 - box.bottom, box.left, box.height, box.width)
        case 180:
            return Box(1 - box.right, 1 - box.bottom, box.width, box.height)
        case 270:
            return Box(box.top, 1 - box.right, box.height, box.width)
        case _:
            raise ValueError(f"{turn} is no quarter turn")
