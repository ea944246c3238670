"""The form of the review page: groups, what is folded away, codes, and what else was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi.testclient import TestClient

from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action, DraftState
from models.drafts import Draft
from models.letters import Field, Reading
from models.records import get_record
from models.terms import FieldName, LetterKind
from tests.review_ui.office import (
    NOW,
    OUTCOME_ON_PAGE,
    PERSON,
    PERSON_ON_PAGE,
    Office,
    filled,
    letter,
    page,
    seen,
)
from tests.review_ui.test_routes import post

MASKED = "1-xxxx-xxxxx-01-1"


def folds(text: str) -> dict[str, tuple[bool, list[str]]]:
    """By group: whether the fields that were not found are in sight, and which they are."""
    found = {}
    for section in re.findall(r'<section class="group".*?</section>', text, re.S):
        (title,) = re.findall(r"<h2[^>]*>(.*?)</h2>", section)
        fold = re.search(r'<details class="fold"( open)?>(.*)</details>', section, re.S)
        if fold:
            names = re.findall(r'data-field="(\w+)"', fold[2])
            assert f"ช่องที่ไม่พบ {len(names)} ช่อง" in fold[2]
            found[title] = (fold[1] is not None, names)
    return found


def test_what_was_not_found_is_folded_away_except_what_every_letter_should_have(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter({"signatory": seen("นายแดง", None), "sender": None}))
    text = client.get(f"/drafts/{draft.id}").text
    away = folds(text)
    assert list(away) == ["หนังสือ", "ผู้ร้อง", "เรื่องที่ร้อง", "ผลการดำเนินการ"]
    assert not any(opened for opened, _ in away.values())
    assert away["หนังสือ"][1] == ["received_time", "position", "refers_to"]
    assert away["ผลการดำเนินการ"][1] == ["outcome", "finished_date"]
    before = text[: text.index('<details class="fold"')]
    for name in ("signatory", "sender", "urgency", "received_no"):
        assert f'data-field="{name}"' in before


def test_a_letter_with_everything_has_nothing_to_fold_away_but_one(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", filled())
    away = folds(client.get(f"/drafts/{draft.id}").text)
    assert away == {"ผู้ร้อง": (False, ["anonymous"])}


def test_a_fold_is_open_where_something_was_typed_or_is_wrong(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    typed = folds(post(client, draft, "check", age="๔๕").text)
    assert {title for title, (opened, _) in typed.items() if opened} == {"ผู้ร้อง"}
    answer = post(client, draft, "confirm", received_time="25.00", moo="ห้า", channel="made_up")
    assert answer.status_code == 422
    assert "ไม่มีเวลา 25:00" in answer.text
    assert "ใส่ตัวเลขจำนวนเต็ม 1 ถึง 99" in answer.text
    assert "เลือกช่องทางรับเรื่องจากรายการ" in answer.text
    wrong = folds(answer.text)
    assert {title for title, (opened, _) in wrong.items() if not opened} == {"ผลการดำเนินการ"}
    assert office.fresh(draft).state is DraftState.WAITING


def test_the_new_fields_are_recorded_in_their_normal_form(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", letter())
    said = {
        "received_time": "๙.๑๕",
        "age": "๔๕ ปี",
        "moo": "ม.5",
        "group_size": "1,200",
        "house_no": "๑๒/๓",
        "incident_date": "พ.ย. 67",
        "finished_date": "20/1/2568",
        "anonymous": "yes",
        "channel": "hotline_1567",
        "outcome": "in_progress",
        "wish": "ขอให้ซ่อมไฟ",
    }
    assert post(client, draft, "confirm", **said).status_code == 303
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert {name: record.values[FieldName(name)] for name in said} == said | {
        "received_time": "09:15",
        "age": "45",
        "moo": "5",
        "group_size": "1200",
        "house_no": "12/3",
        "incident_date": "2024-11",
        "finished_date": "2025-01-20",
    }
    shown = client.get("/registry/1").text
    for word in ("สายด่วน 1567", "อยู่ระหว่างดำเนินการ", "20/01/2568", "ใช่"):
        assert f"<b>{word}</b>" in shown
    assert "hotline_1567" not in shown
    assert "ตำแหน่งผู้ลงนาม" not in shown  # nobody said anything about it
    assert "เลขรับ" in shown  # looked for in every letter
    listed = client.get("/registry").text
    assert "อยู่ระหว่างดำเนินการ" in listed
    assert "ไม่ออกนาม" in listed


def test_codes_are_chosen_by_their_words(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", filled())
    text = client.get(f"/drafts/{draft.id}").text
    assert '<option value="walk_in" selected>มาด้วยตนเอง</option>' in text
    assert '<option value="finished" selected>แล้วเสร็จ</option>' in text
    assert '<option value="yes" selected>ใช่</option>' in text
    taken = post(client, draft, "", take="outcome:in_progress", outcome="finished").text
    assert '<option value="in_progress" selected>อยู่ระหว่างดำเนินการ</option>' in taken
    # What the machine said comes back as a button with its word.
    assert re.search(r'value="outcome:finished"[^>]*><kbd>Alt\+1</kbd> แล้วเสร็จ<', taken)


def test_the_sentence_that_tells_the_outcome_stands_under_it(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", filled())
    text = client.get(f"/drafts/{draft.id}").text
    outcome = text[text.index('data-field="outcome"') : text.index('data-field="finished_date"')]
    assert f"<q>{OUTCOME_ON_PAGE}</q>" in outcome
    assert text.count('class="evidence"') == 1


def with_number(field: Field | None) -> Reading:
    reading = filled()
    values = {**reading.fields.values, FieldName.NATIONAL_ID: field}
    return replace(reading, fields=replace(reading.fields, values=values))


def test_a_national_id_is_seen_masked_and_nowhere_kept(office: Office, client: TestClient) -> None:
    lines = ((f"เลขประจำตัวประชาชน {PERSON_ON_PAGE}", 0.5, 0.55),)
    draft = office.add("a.pdf", replace(filled(), pages=(page(1, lines),)))
    text = client.get(f"/drafts/{draft.id}").text
    assert MASKED in text
    assert f"ในเรื่องมีอีกเลขหนึ่ง {MASKED}" in text
    assert PERSON not in text
    assert PERSON_ON_PAGE not in text
    assert 'name="national_id"' not in text
    assert 'data-field="national_id"' not in text
    assert "ภาพของเลขประจำตัวประชาชน" not in text  # the cut-out of the page would unmask it
    assert post(client, draft, "confirm", national_id=PERSON).status_code == 303
    for path in ("/registry/1", "/registry/export.csv", "/registry/export.json"):
        answer = client.get(path).text
        assert PERSON not in answer
        assert "national_id" not in answer
        assert "เลขประจำตัวประชาชน" not in answer
    assert "ไม่พบรายการ" in client.get("/registry", params={"q": PERSON_ON_PAGE}).text


def test_a_national_id_that_was_not_understood_shows_no_digit(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", with_number(seen(None, None, raw="1-9998-00000-01", doubts=("?",))))
    text = client.get(f"/drafts/{draft.id}").text
    assert "เห็นเลข แต่เครื่องอ่านไม่ได้แน่ชัด" in text
    assert "9998-00000-01" not in text
    none = office.add("b.pdf", with_number(None))
    assert "เลขประจำตัวประชาชน</span>" not in client.get(f"/drafts/{none.id}").text


def test_a_national_id_cannot_be_taken_into_the_form(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", filled())
    answer = post(client, draft, "", take=f"national_id:{PERSON}")
    assert answer.status_code == 200
    assert PERSON not in answer.text


def test_what_else_was_read_is_told_below_the_fields(office: Office, client: TestClient) -> None:
    draft = office.add("a.pdf", filled())
    text = client.get(f"/drafts/{draft.id}").text
    extras = text[text.index("data-extras") :]
    assert "อ้างถึง 2 ฉบับ · ตรารับ 2 ดวง · ส่วนของหนังสือ 4 ส่วน" in extras
    for part in ("สน 0017.1/3310", "14 ส.ค. 67", "จังหวัดสกลนคร", "ด่วนที่สุด", "ปีไม่ชัด"):
        assert part in extras
    for part in ("“มท ๐๓๐๗.๒/ว ๕๐”", "ศูนย์ดำรงธรรมอำเภอ", "09:05 น.", "เลขเลือน", "หน้า 2"):
        assert part in extras
    assert MASKED in extras
    body = re.search(r"<dt>ข้อความ.*?<dd>(.*?)</dd>", extras)
    assert body
    assert len(body[1]) < 200
    assert body[1].endswith("…")


def test_where_nothing_else_was_read_nothing_is_told(office: Office, client: TestClient) -> None:
    bare = office.add("a.pdf", letter())
    reading = filled()
    once = replace(reading.fields, receipts=reading.fields.receipts[:1], parts=(), citations=())
    stamped = office.add("b.pdf", replace(reading, fields=once))
    for draft in (bare, stamped):  # a single stamp is in the fields already
        assert "เครื่องอ่านอะไรได้อีก" not in client.get(f"/drafts/{draft.id}").text


def park_with(office: Office, draft: Draft, answers: Mapping[str, object]) -> None:
    with writing(office.engine) as connection:
        decision = Decision(Action.PARK, "มานี", NOW, "rescan", answers=answers)
        decide(connection, draft, draft.version, decision)


def test_typing_that_was_parked_by_an_older_version_leaves_the_new_fields_to_the_machine(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", filled())
    park_with(office, draft, {"subject": {"machine": None, "officer": "แก้ไว้", "how": "changed"}})
    text = client.get(f"/drafts/{draft.id}").text
    assert ">แก้ไว้</textarea>" in text
    assert 'name="moo" value="5"' in text


def test_an_untouched_form_of_every_field_is_kept_as_the_machine_read_it(
    office: Office, client: TestClient
) -> None:
    draft = office.add("a.pdf", filled())
    text = client.get(f"/drafts/{draft.id}").text
    form = dict(re.findall(r'<input id="f-\w+" name="(\w+)" value="([^"]*)"', text))
    form |= dict(re.findall(r'<textarea id="f-\w+" name="(\w+)"[^>]*>([^<]*)</textarea>', text))
    for name, body in re.findall(
        r'<select id="f-\w+" name="(\w+)"[^>]*>(.*?)</select>', text, re.S
    ):
        form[name] = "".join(re.findall(r'value="([^"]*)" selected', body))
    form["version"] = "1"
    answer = post(client, draft, "confirm", **form)
    assert answer.status_code == 303
    with looking(office.engine) as connection:
        record = get_record(connection, 1)
    assert record is not None
    assert record.kind is LetterKind.RESULT_REPORT
    for name, value in record.values.items():
        field = draft.fields.get(name)
        assert value == (field.value if field else None)
