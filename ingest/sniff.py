"""Tells what a file is by its first bytes; its name proves nothing."""

from __future__ import annotations

from models.letters import MediaType

HEAD_BYTES = 1024

_MARKS: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
    (b"PK\x03\x04", MediaType.ZIP),
    (b"PK\x05\x06", MediaType.ZIP),
)


def sniff(head: bytes) -> MediaType | None:
    """Return the type that the first ``HEAD_BYTES`` bytes show, None for anything else.

    A PDF may have some bytes of a printer's or mailer's before its mark (ISO 32000-1, annex H).
    """
    for mark, media_type in _MARKS:
        if head.startswith(mark):
            return media_type
    return MediaType.PDF if b"%PDF-" in head[:HEAD_BYTES] else None
