"""Every reference that can be written is read back; one misread is read back or doubted."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.provinces import MINISTRIES, PROVINCES
from extract.references import normal_form
from models.letters import Field
from models.terms import FieldName
from tests.extract.made_letters import THAI
from tests.extract.reading import field

_MISREAD = {"0": "oOํQ", "1": "lI|", "/": "\\|", "ว": "จ"}
_OFFICES = st.sampled_from(["17", "18", "19", "20", "21", "22", "23", "33"])
_COMMITTEES = st.sampled_from(["", "", "(กวจ) ", "(บกปภ) ", "(ศบค.มท.) "])
_TOKENS = re.compile(r"[ก-ฮ.]+(?=\))|[0-9๐-๙]+|[ก-ฮ]+|[()./]")
_SUBS = st.one_of(
    st.just(""),
    st.sampled_from([".7(1)", "(สน).7(1)", "(กบ).3"]),
    st.integers(1, 19).map(".{}".format),
    st.tuples(st.integers(1, 99), st.integers(1, 9)).map(lambda n: f".{n[0]:02d}.{n[1]}"),
)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A reference in its normal form: a ministry's, a province's, a district's or a town's."""
    circular = draw(st.sampled_from(["", "ว ", "ว (ล) "]))
    tail = f"/{circular}{draw(st.integers(1, 999_999))}"
    if draw(st.booleans()):
        code, office = draw(st.sampled_from(sorted(MINISTRIES))), draw(st.integers(101, 999))
        return f"{code} {draw(_COMMITTEES)}0{office}{draw(_SUBS)}{tail}"
    code = draw(st.sampled_from(sorted(PROVINCES)))
    if draw(st.booleans()):
        return f"{code} {draw(st.integers(50_000, 89_999))}{tail}"
    district = draw(st.integers(0, 25))
    return f"{code} {draw(_COMMITTEES)}{district:02d}{draw(_OFFICES)}{draw(_SUBS)}{tail}"


@st.composite
def writings(draw: st.DrawFn) -> tuple[str, str]:
    """A normal form, and one of the ways to write it: digits of either script, any spaces."""
    normal = draw(numbers())
    tokens = _TOKENS.findall(normal.translate(THAI) if draw(st.booleans()) else normal)
    gaps = draw(st.lists(st.sampled_from(["", "", " "]), min_size=len(tokens), max_size=60))
    written = "".join(gap + token for gap, token in zip(gaps, tokens, strict=False)).strip()
    if draw(st.booleans()):
        written = re.sub(r"(/ ?ว)", r"\1.", written)
    return normal, written


def numbered(written: str) -> Field | None:
    return field(f"ที่ {written}\nเรื่อง ก\nเรียน นายอำเภอ", FieldName.REFERENCE_NO)


@settings(max_examples=150)
@given(writings())
def test_every_form_of_the_grammar_is_read_back_without_a_doubt(pair: tuple[str, str]) -> None:
    normal, written = pair
    found = numbered(written)
    assert found is not None
    assert (found.value, found.doubts) == (normal, ())
    assert found.confidence >= 0.8
    assert normal_form(written) == normal


@settings(max_examples=150)
@given(writings(), st.data())
def test_spaces_between_the_digits_leave_a_number_right_or_doubted(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    normal, written = pair
    where = data.draw(st.sets(st.integers(1, len(written)), min_size=1, max_size=4))
    spaced = "".join(" " * (n in where) + sign for n, sign in enumerate(written))
    found = numbered(spaced)
    assert found is not None
    assert found.value == normal or found.doubts


@settings(max_examples=200)
@given(writings(), st.data())
def test_a_number_with_a_sign_misread_is_never_sure(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    _, written = pair
    folded = written.translate({thai: str(n) for n, thai in enumerate(range(0x0E50, 0x0E5A))})
    slash = folded.index("/")
    places = [n for n, sign in enumerate(folded) if sign in _MISREAD and (sign != "ว" or n > slash)]
    place = data.draw(st.sampled_from(places))
    sign = data.draw(st.sampled_from(_MISREAD[folded[place]]))
    found = numbered(f"{written[:place]}{sign}{written[place + 1 :]}")
    assert found is not None
    assert found.doubts
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("สน o๘๑๘/๒๔๑", "สน 0818/241"),
        ("สน ๐๘l๘/๒๔๑", "สน 0818/241"),
        ("สน ๐๘|๘/๒๔|", "สน 0818/241"),
        ("สน ํ๘๑๘.๑/๒๔๑", "สน 0818.1/241"),
        ("สน ๐๘๑๘.l/๒๔๑", "สน 0818.1/241"),
        ("สน ๐๘๑๘\\๒๔๑", "สน 0818/241"),
        ("สน ๐๘๑๘|๒๔๑", "สน 0818/241"),
        ("สน OO18.1/จ 585", "สน 0018.1/ว 585"),
        ("มท ๐๓๐๗.๒/จ ๕o๒๕๕", "มท 0307.2/ว 50255"),
        ("กค (กวจ) O405.2/ว 119", "กค (กวจ) 0405.2/ว 119"),
    ],
)
def test_what_only_a_glyph_hides_is_read_back(written: str, normal: str) -> None:
    found = numbered(written)
    assert found is not None
    assert found.value == normal
    assert found.doubts


@pytest.mark.parametrize(
    ("written", "normal"),
    [("สน 0818. ํ1/241", "สน 0818.01/241"), ("กค (กวจ) ํ405/119", "กค (กวจ) 0405/119")],
)
def test_a_nought_read_as_a_ring_behind_a_space_is_not_thrown_away(
    written: str, normal: str
) -> None:
    found = numbered(written)
    assert found is not None
    assert found.doubts
    assert normal in (found.value, *found.alternatives)
