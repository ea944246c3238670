"""Our own letters as text: true to themselves, and two halves that share no wording."""

import datetime as dt
import re
from typing import get_args

import pytest

from benchmarks.drawing.letters import Part
from benchmarks.fragments import BOOK, fragments
from benchmarks.known_texts import TODAY, KnownText, known_texts
from extract import load_gazetteer
from extract.gazetteer import Area, Level
from models.terms import Channel, FieldName, LetterKind, Outcome

N = FieldName
_PARTS: tuple[Part, ...] = get_args(Part)
_RUN = 26  # letters: shorter runs are the set phrases of every office
_FORMULAS = (
    "ขอแสดงความนับถือ", "ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัด", "องค์การบริหารส่วนตำบล", "ที่ทำการปกครอง",
    "หัวหน้ากลุ่มงานบริหารงานปกครอง", "สำนักงานปลัดสำนักนายกรัฐมนตรี",
)  # fmt: skip
_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def every() -> list[KnownText]:
    return [text for part in _PARTS for text in known_texts(part)]


def letters_of(text: str) -> str:
    """The wording alone: no digits, no signs, no spaces, no set phrases."""
    for formula in _FORMULAS:
        text = text.replace(formula, "\n")
    return re.sub(r"[^ก-๎\n]", "", text)


def runs(text: str) -> set[str]:
    return {
        line[at : at + _RUN]
        for line in letters_of(text).split("\n")
        for at in range(len(line) - _RUN + 1)
    }


def test_there_are_sixty_letters_or_more_each_with_its_own_name() -> None:
    names = [text.name for text in every()]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


def test_the_two_parts_are_large_and_share_no_wording() -> None:
    tuning, measuring = (known_texts(part) for part in _PARTS)
    assert min(len(tuning), len(measuring)) >= 30
    ours = {run for text in tuning for run in runs(text.text)}
    assert {run for text in measuring for run in runs(text.text) if run in ours} == set()


@pytest.mark.parametrize("part", _PARTS)
def test_every_kind_field_and_outcome_is_measured(part: Part) -> None:
    texts = known_texts(part)
    kinds = {kind for text in texts for kind in text.expected.kinds}
    assert kinds == set(LetterKind) - {LetterKind.OTHER}
    named = {name for text in texts for name, wanted in text.expected.fields.items() if wanted}
    assert named == set(FieldName) - {N.REFERS_TO}
    said = {text.expected.fields.get(N.OUTCOME, ()) for text in texts} - {()}
    assert said == {(outcome.value,) for outcome in Outcome}


@pytest.mark.parametrize("text", every(), ids=lambda text: text.name)
def test_a_letter_expects_what_is_possible(text: KnownText) -> None:
    fields = text.expected.fields
    folded = text.text.translate(_THAI)
    for name in (N.DATE, N.RECEIVED_DATE, N.INCIDENT_DATE, N.FINISHED_DATE):
        for value in fields.get(name, ()):
            day = dt.date.fromisoformat(value if len(value) > 7 else f"{value}-01")
            assert day <= TODAY
            assert str(day.year + 543)[2:] in folded or str(day.year) in folded
    for name in (N.REFERENCE_NO, N.RECEIVED_NO, N.AGE, N.HOUSE_NO, N.MOO, N.PHONE):
        for value in fields.get(name, ()):
            bare = re.sub(r"[^0-9/()]", "", value)
            assert bare in re.sub(r"[^0-9/()\n]", "", folded)
    for value in fields.get(N.NATIONAL_ID, ()):
        assert value[1:5] in ("9998", "9999")
        total = sum(int(digit) * (13 - place) for place, digit in enumerate(value[:12]))
        assert int(value[12]) == (11 - total % 11) % 10
    for value in fields.get(N.CHANNEL, ()):
        assert Channel(value)


@pytest.mark.parametrize("text", every(), ids=lambda text: text.name)
def test_a_letter_names_real_places_that_lie_within_each_other(text: KnownText) -> None:
    fields = text.expected.fields
    for names in (
        (N.PROVINCE, N.DISTRICT, N.SUBDISTRICT),
        (N.HOME_PROVINCE, N.HOME_DISTRICT, N.HOME_SUBDISTRICT),
    ):
        wanted = [fields.get(name, ()) for name in names]
        assert places(*(each[0] if each else None for each in wanted))


def places(province: str | None, district: str | None, subdistrict: str | None) -> bool:
    """Tell whether there is a subdistrict of the district of the province; None is any."""
    gazetteer = load_gazetteer()

    def fits(area: Area, name: str | None) -> bool:
        return name is None or area.name == name

    for one in gazetteer.within("", Level.PROVINCE):
        for two in gazetteer.within(one.code, Level.DISTRICT) if fits(one, province) else ():
            if fits(two, district) and any(
                fits(three, subdistrict) for three in gazetteer.within(two.code, Level.SUBDISTRICT)
            ):
                return True
    return False


@pytest.mark.skipif(not BOOK.exists(), reason="../shared/domain.md is absent")
def test_every_fragment_of_the_grammar_book_is_read_from_it() -> None:
    titles = re.findall(r"^\*\*F\d+ · ", BOOK.read_text("utf-8"), re.MULTILINE)
    found = fragments()
    assert len(found) == len(titles) > 10
    by_name = {text.name.split(" ")[0]: text.expected for text in found}
    assert by_name["F19"].fields[N.NATIONAL_ID] == ("1999800000011",)
    assert by_name["F21"].fields[N.PROVINCE] == ()
    assert by_name["F25"].fields[N.RESPONDENT_ROLE] == ("ผู้ช่วยผู้ใหญ่บ้าน",)
    receipts = by_name["F13"].receipts
    assert receipts is not None
    assert [receipt.number for receipt in receipts] == ["882", "120"]
