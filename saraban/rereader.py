"""Reads again for the officers' desk: what it takes is loaded at the first wish, then kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import classify
from ingest.letter_marks import marks_of_letter
from ingest.reading import Understanding, read_letter
from ingest.rereading import CannotReread, ReaderUnavailable, Rereading
from models.letters import Box, MediaType, OcrPage, Reading
from models.marks import Marks
from models.sheet_codes import Separator
from review_ui.desk import NoReader, RereadPage, Unreadable
from saraban.office import Office, now, open_understanding, reader_plan, today

_NO_CLASSIFIER = "ยังอ่านเรื่องใหม่ไม่ได้ เพราะเครื่องจัดหมวดยังไม่มีหรือเสียหาย แจ้งผู้ดูแลระบบให้สั่ง saraban check"


class OfficeRereader:
    """An office's ``Rereader``."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._rereading = Rereading(office.archive, lambda: reader_plan(office.settings))
        self._understanding: Callable[[], Understanding] | None = None
        self._loading = threading.Lock()

    def region(self, sha256: str, page: int, box: Box, turn: int) -> tuple[str, ...]:
        """Return the lines of text in a region of a page as it is shown."""
        with _told():
            return self._rereading.region(sha256, page, box, turn)

    def page(self, sha256: str, media_type: MediaType, page: int, turn: int) -> RereadPage:
        """Read a whole page as it is shown."""
        with _told():
            result = self._rereading.page(sha256, media_type, page, turn)
        assert result.view is not None
        return RereadPage(result.page, result.view)

    def letter(
        self, pages: Sequence[OcrPage], number: int, separator: Separator | None = None
    ) -> Reading:
        """Make sense of pages that are one letter."""
        with self._loading:
            if self._understanding is None:
                try:
                    self._understanding = open_understanding(self._office.settings)
                except (classify.NoTrainedModel, classify.DamagedModel) as error:
                    raise NoReader(_NO_CLASSIFIER) from error
        own = tuple(pages)
        return read_letter(number, own, self._understanding(), today(now()), separator)

    def marks(self, reading: Reading, looks: Mapping[int, str | None]) -> Marks:
        """Return by what a letter is compared with others."""
        return marks_of_letter(reading, looks)

    def picture(self, sha256: str, page: int, turn: int, longest: int | None = None) -> bytes:
        """Return the turned picture of a page as JPEG, smaller if asked."""
        with _told():
            return self._rereading.picture(sha256, page, turn, longest)

    def keep_picture(self, sha256: str, page: int, picture: bytes) -> None:
        """Let this be the picture of a page."""
        self._office.archive.write_view(sha256, page, picture)


@contextmanager
def _told() -> Iterator[None]:
    """Put what went wrong in reading into the desk's terms."""
    try:
        yield
    except ReaderUnavailable as error:
        raise NoReader(str(error)) from error
    except CannotReread as error:
        raise Unreadable(str(error)) from error
