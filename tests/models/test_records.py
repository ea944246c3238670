from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from models import records
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action, DraftState, WrongState
from models.drafts import Draft, get_draft
from models.letters import Field
from models.recorded import RECORDED
from models.terms import FieldName, LetterKind
from models.versions import StaleDraft
from tests.conftest import NOW
from tests.models.letters import make_answer, make_draft


def confirm(
    engine: Engine, draft: Draft, text: str = "", officer: str = "สมชาย", **said: str
) -> int:
    with writing(engine) as connection:
        answer = make_answer(**said)
        return records.confirm(
            connection, draft, draft.version, answer, officer=officer, now=NOW, text=text
        )


def insert_by_hand(
    engine: Engine, draft_id: int, decision_id: int, action: str, who: str | None = "มือ"
) -> None:
    """What somebody with the database but without an officer's decision could try."""
    statement = text(
        "INSERT INTO records (draft_id, decision_id, decision_action, confirmed_by, confirmed_at,"
        " kind, search_text) VALUES (:draft, :decision, :action, :who, '2025-03-04', 'other', '')"
    )
    with writing(engine) as connection:
        values = {"draft": draft_id, "decision": decision_id, "action": action, "who": who}
        connection.execute(statement, values)


def decide_only(engine: Engine, draft: Draft, action: Action) -> int:
    with writing(engine) as connection:
        decision_id, _ = decide(connection, draft, draft.version, Decision(action, "สมชาย", NOW))
    return decision_id


def count(engine: Engine) -> int:
    with looking(engine) as connection:
        return records.count(connection)


def test_confirming_makes_the_record_with_the_officers_values(engine: Engine) -> None:
    draft = make_draft(engine, subject="ขอให้ซ่อมถนน", phone="0812345678", sender="นายแดง")
    said = {"subject": "ขอให้ซ่อมถนนชำรุด", "phone": "0812345678", "province": "สกลนคร"}
    record_id = confirm(engine, draft, **said)
    with looking(engine) as connection:
        record = records.get_record(connection, record_id)
        assert record == records.record_of_draft(connection, draft.id)
        after = get_draft(connection, draft.id)
        answers = connection.execute(text("SELECT answers FROM decisions")).scalar()
    assert record is not None
    assert (record.confirmed_by, record.confirmed_at) == ("สมชาย", NOW)
    assert (record.kind, record.category) == (LetterKind.COMPLAINT, "LAND")
    assert {name.value: value for name, value in record.values.items() if value} == said
    assert after.state is DraftState.CONFIRMED
    assert after.fields == draft.fields  # the machine's guess stays as it was
    for how in ("kept", "changed", "added", "cleared", "empty"):
        assert f'"{how}"' in str(answers)


def test_a_record_cannot_be_written_without_a_decision(engine: Engine) -> None:
    draft = make_draft(engine)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        insert_by_hand(engine, draft.id, 4711, "confirm")
    assert count(engine) == 0


@pytest.mark.parametrize("action", [Action.PARK, Action.REJECT])
def test_a_record_cannot_be_written_on_another_decision(engine: Engine, action: Action) -> None:
    draft = make_draft(engine)
    decision_id = decide_only(engine, draft, action)
    with pytest.raises(IntegrityError, match="only_confirmed"):
        insert_by_hand(engine, draft.id, decision_id, action.value)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        insert_by_hand(engine, draft.id, decision_id, "confirm")
    assert count(engine) == 0


@pytest.mark.parametrize(("who", "why"), [("", "somebody_confirmed"), (None, "NOT NULL")])
def test_a_record_cannot_be_confirmed_by_nobody(engine: Engine, who: str | None, why: str) -> None:
    draft = make_draft(engine)
    decision_id = decide_only(engine, draft, Action.CONFIRM)
    with pytest.raises(IntegrityError, match=why):
        insert_by_hand(engine, draft.id, decision_id, "confirm", who)
    with pytest.raises(IntegrityError, match="somebody_confirmed"):
        confirm(engine, make_draft(engine, "cd" * 32), officer="")
    assert count(engine) == 0


def test_a_draft_gives_one_record_at_most(engine: Engine) -> None:
    draft, other = make_draft(engine), make_draft(engine, "cd" * 32)
    confirm(engine, draft)
    spare = decide_only(engine, other, Action.CONFIRM)
    with pytest.raises(IntegrityError, match=r"UNIQUE.*draft_id"):
        insert_by_hand(engine, draft.id, spare, "confirm")
    insert_by_hand(engine, other.id, spare, "confirm")  # the statement itself is sound
    assert count(engine) == 2


def test_the_machine_cannot_confirm_what_an_officer_rejected(engine: Engine) -> None:
    draft = make_draft(engine)
    decide_only(engine, draft, Action.REJECT)
    with looking(engine) as connection:
        rejected = get_draft(connection, draft.id)
    with pytest.raises(WrongState):
        confirm(engine, rejected)
    assert count(engine) == 0


def test_of_officers_who_confirm_at_once_exactly_one_makes_the_record(engine: Engine) -> None:
    draft = make_draft(engine)
    start = threading.Barrier(4)
    ends: list[object] = []

    def press_confirm(officer: str) -> None:
        start.wait()
        try:
            ends.append(confirm(engine, draft, officer=officer))
        except StaleDraft as late:
            ends.append(late)

    threads = [threading.Thread(target=press_confirm, args=(f"คน {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(end).__name__ for end in ends) == ["StaleDraft"] * 3 + ["int"]
    assert count(engine) == 1


@pytest.mark.parametrize(
    "query",
    [
        "ซ่อมถนน",
        "ซ่อม ถนน",
        "สน 0018.1/241",
        "สน๐๐๑๘.๑/๒๔๑",
        "๒๕๖๘",
        "2568",
        "น้ำท่วม",  # in one piece, as keyboards write it
        "น้ําท่วม",  # in two, as some programs store it
        "SCANNER",
        "",
    ],
)
def test_search_finds_a_record_however_digits_spaces_and_vowels_are_written(
    engine: Engine, query: str
) -> None:
    page = "ขอให้ซ่อม ถนน\nปี 2568 น้ำท่วม scanner"
    confirm(engine, make_draft(engine), page, reference_no="สน ๐๐๑๘.๑/๒๔๑")
    with looking(engine) as connection:
        assert len(records.search(connection, query, limit=5)) == 1
        assert records.count(connection, query) == 1
        assert len(list(records.all_records(connection, query))) == 1


@pytest.mark.parametrize("query", ["ไม่มีคำนี้", "%", "_", "ซ่อม%ถนน", "\\"])
def test_search_finds_only_what_is_there(engine: Engine, query: str) -> None:
    confirm(engine, make_draft(engine), "ขอให้ซ่อมถนน", subject="ถนนชำรุด")
    with looking(engine) as connection:
        assert records.search(connection, query, limit=5) == []


def test_records_come_newest_first_in_search_and_oldest_first_in_export(engine: Engine) -> None:
    made = [confirm(engine, make_draft(engine, f"{n}a" * 32)) for n in range(3)]
    with looking(engine) as connection:
        assert [r.id for r in records.search(connection, "", limit=2)] == [made[2], made[1]]
        assert [r.id for r in records.search(connection, "", limit=2, after=2)] == [made[0]]
        assert [r.id for r in records.all_records(connection)] == made
        values = records.search(connection, "", 1)[0].values
    assert set(values) == set(RECORDED) == set(FieldName) - {FieldName.NATIONAL_ID}


PERSON = "1999800000011"  # a registration office that cannot exist


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (PERSON, "1-9998-00000-01-1"),
        (PERSON, "๑ ๙๙๙๘ ๐๐๐๐๐ ๐๑ ๑"),
        (None, "1-9998-00000-01"),  # a digit was not read
    ],
)
def test_a_national_id_stays_out_of_a_record(engine: Engine, value: str | None, raw: str) -> None:
    draft = make_draft(engine)
    field = Field(value, raw, 0.9, 1)
    draft = replace(draft, fields=replace(draft.fields, values={FieldName.NATIONAL_ID: field}))
    page = f"ข้าพเจ้า นายแดง เลขประจำตัวประชาชน {raw} อายุ ๔๕ ปี"
    confirm(engine, draft, page, national_id=PERSON, subject=f"ของ {PERSON}", age="45")
    with looking(engine) as connection:
        rows = [
            dict(row._mapping)
            for table in ("records", "decisions")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
        assert records.count(connection, "อายุ ๔๕ ปี") == 1
        for part in (PERSON, "๙๙๙๘", "9998", "00000"):
            assert records.count(connection, part) == 0
    assert "national_id" not in {name for row in rows for name in row}
    assert "national_id" not in rows[1]["answers"]
    # What an officer types into another field stands there: nobody changes it behind a back.
    assert rows[0]["subject"] == f"ของ {PERSON}"


def test_codes_are_no_words_to_search_for(engine: Engine) -> None:
    codes = {"anonymous": "yes", "channel": "app", "outcome": "new", "confidential": "yes"}
    record_id = confirm(engine, make_draft(engine), "ขอให้ซ่อมถนน", **codes, wish="ซ่อมถนน")
    with looking(engine) as connection:
        record = records.get_record(connection, record_id)
        assert [records.count(connection, code) for code in ("yes", "app", "new")] == [0, 0, 0]
    assert record is not None
    assert {name: record.values[FieldName(name)] for name in codes} == codes
