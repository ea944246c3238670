"""The two circulars that set the task: their traps must not catch us."""

import pytest

from models.terms import FieldName, LetterKind
from tests.extract.reading import SHARED, read

_PATH = SHARED / "circulars.txt"
pytestmark = pytest.mark.skipif(not _PATH.exists(), reason="../shared/circulars.txt is absent")


@pytest.fixture
def text() -> str:
    return _PATH.read_text(encoding="utf-8")


def test_the_date_of_the_stamp_is_no_date_of_the_letter(text: str) -> None:
    fields = read(text)
    assert fields.get(FieldName.DATE) is None
    received = fields.get(FieldName.RECEIVED_DATE)
    number = fields.get(FieldName.RECEIVED_NO)
    assert received is not None
    assert received.value == "2024-11-13"
    assert number is not None
    assert number.value == "5635"


def test_phuket_on_the_stamp_does_not_override_sakon_nakhon_and_is_reported(text: str) -> None:
    province = read(text).get(FieldName.PROVINCE)
    assert province is not None
    assert province.value == "สกลนคร"
    assert any("ภูเก็ต" in doubt for doubt in province.doubts)
    assert province.confidence < 0.8


def test_each_circular_has_its_own_reference_and_is_a_stamped_letter(text: str) -> None:
    cut = text.index("ปค. (")
    first, second = read(text[:cut]), read(text[cut:])
    assert first.kind is second.kind is LetterKind.STAMPED
    references = [fields.get(FieldName.REFERENCE_NO) for fields in (first, second)]
    assert [r.value for r in references if r] == ["สน 0018.1/ว 585", "มท 0307.2/ว 50255"]


def test_a_stamp_alone_names_no_province(text: str) -> None:
    second = read(text[text.index("ปค. (") :])
    assert second.get(FieldName.PROVINCE) is None
