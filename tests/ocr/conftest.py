from __future__ import annotations

from pathlib import Path

import pytest

from ocr.digits import load_digit_model
from ocr.number_reader import NumberReader
from ocr.reader import Reader
from ocr.tesseract import RAW_LINE, SINGLE_LINE, tesseract_engine


@pytest.fixture(scope="session")
def reader(trained: Path) -> Reader:
    """A real reader: the installed Tesseract and digits learnt from this machine's fonts."""
    engines = tesseract_engine(layout=RAW_LINE), tesseract_engine(layout=SINGLE_LINE)
    return Reader(*engines, load_digit_model(trained / "digits.npz"), NumberReader(), "tesseract")
