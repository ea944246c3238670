"""Typed-out real letters: what a careful clerk reads is what we read."""

import json

import pytest

from models.terms import FieldName
from tests.extract.reading import SHARED, read

_SCANS = SHARED / "real-scans"
pytestmark = pytest.mark.skipif(
    not (_SCANS / "truth.json").exists(), reason="../shared/real-scans is absent"
)


@pytest.mark.parametrize("name", ["reference_no", "date", "urgency"])
def test_the_fields_of_real_letters_are_read(name: str) -> None:
    truth = json.loads((_SCANS / "truth.json").read_text(encoding="utf-8"))
    found = {}
    for scan in truth:
        text = (_SCANS / scan).with_suffix(".txt").read_text(encoding="utf-8")
        field = read(text).get(FieldName(name))
        found[scan] = field.value if field else None
    assert found == {scan: fields[name] for scan, fields in truth.items()}
