from __future__ import annotations

from pathlib import Path

import pytest

from ocr.digits import load_digit_model
from ocr.reader import Reader
from ocr.tesseract import tesseract_engine


@pytest.fixture(scope="session")
def reader(trained: Path) -> Reader:
    """A real reader: the installed Tesseract and digits learnt from this machine's fonts."""
    return Reader(tesseract_engine(), load_digit_model(trained / "digits.npz"), "tesseract")
