"""Verdicts on values: an officer sees a flag, or nothing."""

from types import MappingProxyType

import pytest

from benchmarks.bench_fields import FieldScores, share_right, share_silent
from benchmarks.verdicts import (
    Expected,
    Verdict,
    WantedCitation,
    WantedReceipt,
    judge_field,
    judge_letter,
)
from models.letters import Citation, Field, Fields, Receipt
from models.terms import FieldName, LetterKind

N, V = FieldName, Verdict


def found(value: str | None, confidence: float = 0.95, doubts: tuple[str, ...] = ()) -> Field:
    return Field(value, value or "", confidence, doubts=doubts)


@pytest.mark.parametrize(
    ("wanted", "field", "verdict"),
    [
        (("สน 0818/241",), found("สน 0818/241"), V.RIGHT),
        (("สน 0818/241",), found("สน 0818/241", 0.79), V.RIGHT_FLAGGED),
        (("สน 0818/241",), found("สน 0818/241", doubts=("?",)), V.RIGHT_FLAGGED),
        (("สน 0818/241",), found("สน 0818/247"), V.SILENTLY_WRONG),
        (("สน 0818/241",), found("สน 0818/247", 0.3), V.WRONG_FLAGGED),
        (("สน 0818/241", "สน 0818/247"), found("สน 0818/247"), V.RIGHT),
        (("สน 0818/241",), found(None, doubts=("?",)), V.NOT_FOUND),
        (("สน 0818/241",), None, V.NOT_FOUND),
        ((), None, V.EMPTY),
        ((), found(None, doubts=("?",)), V.EMPTY),
        ((), found("สน 0818/241"), V.SILENTLY_WRONG),
    ],
)
def test_a_value_is_right_or_wrong_and_flagged_or_not(
    wanted: tuple[str, ...], field: Field | None, verdict: Verdict
) -> None:
    assert judge_field(N.REFERENCE_NO, wanted, field).verdict is verdict


def test_texts_may_differ_a_little_and_names_not_at_all() -> None:
    long, spoilt = "ขอให้ซ่อมแซมถนนสายบ้านหนองแวง", "ขอให้ซอมแซมถนนสายบ้านหนองแวง"
    assert judge_field(N.SUBJECT, (long,), found(spoilt)).verdict is V.RIGHT
    assert judge_field(N.COMPLAINANT, (long,), found(spoilt)).verdict is V.SILENTLY_WRONG


def test_a_wish_and_a_role_must_hold_the_core_and_little_more() -> None:
    core = "ขอให้ซ่อมถนนให้ใช้การได้"
    assert judge_field(N.WISH, (core,), found(f"จึง{core}ด้วย")).verdict is V.RIGHT
    assert judge_field(N.WISH, (core,), found(core + "และอื่น ๆ " * 9)).verdict is V.SILENTLY_WRONG
    whole = "ผู้ช่วยผู้ใหญ่บ้าน หมู่ที่ 2"
    assert judge_field(N.RESPONDENT_ROLE, ("ผู้ช่วยผู้ใหญ่บ้าน",), found(whole)).verdict is V.RIGHT


def test_a_list_is_judged_item_by_item() -> None:
    wanted = Expected(
        citations=(WantedCitation("สน 0818/1", "2025-03-01"), WantedCitation("สน 0818/2")),
        receipts=(WantedReceipt("อำเภอพังโคน", "882", "2025-03-03", ""),),
    )
    fields = Fields(
        LetterKind.EXTERNAL,
        0.9,
        citations=(
            Citation(found("สน 0818/2"), None),
            Citation(found("สน 0818/1"), found("2025-03-07")),
            Citation(found("สน 0818/3", 0.5), None),
        ),
        receipts=(Receipt("อำเภอพังโคน", found("882"), None, None),),
    )
    judged = [(each.key, each.verdict) for each in judge_letter(wanted, fields)]
    assert judged == [
        ("citations", V.SILENTLY_WRONG),
        ("citations", V.RIGHT),
        ("citations", V.WRONG_FLAGGED),
        ("receipts", V.NOT_FOUND),
    ]


def test_shares_are_of_what_stands_there_and_of_what_is_shown_as_sure() -> None:
    scores = FieldScores()
    fields = {N.DATE: ("2025-03-01",), N.PHONE: ()}
    for value, confidence in (("2025-03-01", 0.9), ("2025-03-01", 0.5), ("2025-03-07", 0.9)):
        read = Fields(LetterKind.MEMO, 0.9, {N.DATE: found(value, confidence)})
        wanted = Expected((LetterKind.MEMO,), MappingProxyType(fields))
        scores.note("group", "letter", judge_letter(wanted, read))
    dates = scores.counts["group", "date"]
    assert share_right(dates) == pytest.approx(2 / 3)
    assert share_silent(dates) == pytest.approx(1 / 2)
    assert share_right(scores.counts["group", "phone"]) is None
    assert len(scores.wrong) == 1
