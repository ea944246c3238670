"""How sure a value is: in any doubt never sure, without one never below the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sureness import FAINT, settle_sureness
from models.letters import Field
from models.terms import FieldName
from tests.extract.reading import at, line, read_lines

N = FieldName
_NAMES = st.sampled_from(list(FieldName))
_RAW = st.floats(0, 1)


@pytest.mark.parametrize("name", list(FieldName))
def test_every_field_has_a_limit_between_never_and_always(name: FieldName) -> None:
    assert settle_sureness(name, Field("ก", "ก", 0.0)).doubts == (FAINT,)
    best = settle_sureness(name, Field("ก", "ก", 1.0))
    assert best.doubts == ()
    assert best.confidence > 0.95


@given(_NAMES, _RAW, st.lists(st.sampled_from(["อ่านไม่ชัด", "ไม่ตรงกัน"]), max_size=2))
def test_a_doubt_and_a_sure_value_exclude_each_other(
    name: FieldName, raw: float, doubts: list[str]
) -> None:
    settled = settle_sureness(name, Field("ก", "ก", raw, doubts=tuple(doubts)))
    assert 0 <= settled.confidence < 1
    assert (settled.confidence < 0.8) == bool(settled.doubts)
    assert set(doubts) <= set(settled.doubts)
    assert (FAINT in settled.doubts) <= (not doubts)
    assert (settled.value, settled.raw) == ("ก", "ก")


@given(_NAMES, _RAW, _RAW)
def test_clearer_words_are_never_less_sure(name: FieldName, one: float, other: float) -> None:
    low, high = sorted((one, other))
    faint, clear = (settle_sureness(name, Field("ก", "ก", raw)) for raw in (low, high))
    assert faint.confidence <= clear.confidence
    assert len(faint.doubts) >= len(clear.doubts)


@given(_NAMES, _RAW)
def test_what_was_not_understood_is_never_more_than_a_guess(name: FieldName, raw: float) -> None:
    settled = settle_sureness(name, Field(None, "ก", raw, doubts=("อ่านไม่ออก",)))
    assert settled.value is None
    assert settled.confidence <= 0.4


@given(st.floats(0.05, 1.0))
def test_a_faint_word_makes_only_its_own_field_faint(confidence: float) -> None:
    fields = read_lines(
        line("ที่ สน ๐๘๑๘/๒๔๑", 0.14, 0.1, confidence=confidence),
        line("๑๐ มีนาคม ๒๕๖๘", 0.45, 0.15, confidence=1.0),
        line("เรื่อง ขอเชิญประชุม", 0.14, 0.2, confidence=1.0),
        line("เรียน ผู้ว่าราชการจังหวัดสกลนคร", 0.14, 0.23, confidence=1.0),
    )
    number = at(fields, N.REFERENCE_NO)
    assert number.value == "สน 0818/241"
    assert (number.confidence >= 0.8) == (not number.doubts)
    if confidence < 0.5:
        assert number.doubts
    assert not at(fields, N.DATE).doubts
    assert at(fields, N.DATE).confidence >= 0.8
