"""The printer of the officers' pages: separator sheets and stickers of this office."""

from __future__ import annotations

from dataclasses import dataclass

import extract
from models.sheet_codes import NotWritable
from ocr.digit_training import NoThaiFont
from review_ui.desk import CannotPrint
from saraban import office
from saraban.districts import UnknownDistrict, find_district
from saraban.separator_commands import separator_sheet
from saraban.separators import TooMany, separator_pdf
from saraban.settings import Settings, WrongSetting
from saraban.stickers import sticker_pdf

_FAULTS = (UnknownDistrict, WrongSetting, NotWritable, TooMany, NoThaiFont)


@dataclass(frozen=True, slots=True)
class OfficePrinter:
    """Draws what an officer asks for; every fault has a message for the officer."""

    settings: Settings

    def separators(self, district: str, category: str, batch: str, count: int) -> bytes:
        """Return separator sheets as PDF.

        Raises:
            CannotPrint: the message says in Thai why.
        """
        try:
            sheet = separator_sheet(self.settings, district, category, batch)
            return separator_pdf(sheet, count, office.FONT_FOLDERS)
        except _FAULTS as error:
            raise CannotPrint(str(error)) from error

    def stickers(self, district: str, first: int, count: int) -> bytes:
        """Return stickers with receiving numbers as PDF.

        Raises:
            CannotPrint: the message says in Thai why.
        """
        try:
            area = find_district(extract.load_gazetteer(), district)
            return sticker_pdf(area.code, first, count, office.FONT_FOLDERS)
        except _FAULTS as error:
            raise CannotPrint(str(error)) from error
