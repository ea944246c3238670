"""The whole loop on a real database: officers decide, the classifier learns, or keeps the old."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

import classify
from classify import Happened
from models import examples, records
from models.database import looking, writing
from models.decisions import Decision, decide
from models.draft_states import Action
from models.drafts import add_draft, drafts_of_scan
from models.letters import Line, OcrPage, PageState
from models.pages import add_page
from saraban import learning
from saraban.office import (
    CATEGORIES,
    Office,
    missing_models,
    open_office,
    train_classifier,
    train_what_is_missing,
)
from saraban.settings import Settings
from saraban.teacher import Teacher
from tests.conftest import NOW
from tests.models.letters import keep_scan, make_answer, make_reading

MAINS = ("LAND", "TIPOFF", "ADVICE")


def few(each_main: int, skip: int = 0) -> list[classify.Example]:
    """Some of the seed corpus, so that a training takes seconds."""
    every = classify.corpus.seed_examples()
    groups = [[e for e in every if e.main == main] for main in (*MAINS, None)]
    return [each for group in groups for each in group[skip : skip + each_main]]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose classifier begins with a part of the seed corpus."""
    test = [e for e in classify.corpus.held_out_examples() if e.main in MAINS]
    monkeypatch.setattr(classify, "seed_examples", lambda: tuple(few(12)))
    monkeypatch.setattr(classify, "held_out_examples", lambda: tuple(test))
    opened = open_office(Settings(data_dir=tmp_path / "data", train_after=3))
    train_classifier(opened.settings)
    return opened


def decided(engine: Engine, text: str, category: str | None, complainant: str = "") -> None:
    """Take a letter in and let an officer confirm it, or reject it for being no complaint."""
    page = OcrPage(1, 100, 100, PageState.READ, (Line(text, None, 1.0),))
    reading = replace(make_reading(), pages=(page,))
    with writing(engine) as connection:
        scan = keep_scan(connection, hashlib.sha256(text.encode()).hexdigest())
        add_page(connection, scan, page, NOW)
        add_draft(connection, scan, reading, NOW)
        (draft,) = drafts_of_scan(connection, scan)
        if category is None:
            decide(connection, draft, 1, Decision(Action.REJECT, "ส", NOW, "no_complaint"))
            return
        answer = replace(make_answer(complainant=complainant), category=category)
        records.confirm(connection, draft, 1, answer, officer="ส", now=NOW, text=text)


def stored(engine: Engine) -> list[examples.StoredExample]:
    with looking(engine) as connection:
        return list(examples.all_examples(connection))


def test_what_officers_confirm_is_learned_without_names_and_numbers(office: Office) -> None:
    text = "ข้าพเจ้า นายสมมุติ ทดสอบดี โทร 081-234-5678 ขอแจ้งว่าแนวเขตที่นาถูกรุก ทดสอบดีเดือดร้อน"
    decided(office.engine, text, "LAND.BOUNDARY", "นายสมมุติ ทดสอบดี")
    assert learning.gather(office.engine) == 1
    (example,) = stored(office.engine)
    assert "แนวเขตที่นาถูกรุก" in example.text
    for person in ("สมมุติ", "ทดสอบดี", "5678"):
        assert person not in example.text
    assert (example.category, example.proposed, example.place) == ("LAND.BOUNDARY", "LAND", 0)
    assert learning.gather(office.engine) == 0


def test_a_better_candidate_takes_the_place_of_the_model_in_use(office: Office) -> None:
    before = classify.version_in_use(office.settings.shelf)
    for each in few(9, skip=12):
        decided(office.engine, each.text, each.code)
    assert learning.gather(office.engine) > 0
    assert learning.decisions_when_due(office.settings, office.engine) == len(stored(office.engine))
    outcome = learning.learn(office.settings, office.engine)
    card = classify.card_of(office.settings.shelf, outcome.version)
    assert card["confirmed"] > 20
    assert outcome.verdict.sets[0].name == learning.CONFIRMED
    assert outcome.verdict.sets[0].texts == card["confirmed"]
    assert outcome.verdict.promoted, outcome.verdict.reasons
    assert classify.version_in_use(office.settings.shelf) == outcome.version != before
    assert learning.decisions_when_due(office.settings, office.engine) is None


def test_a_candidate_that_was_taught_wrongly_is_kept_back_with_the_reason(office: Office) -> None:
    before = classify.version_in_use(office.settings.shelf)
    wrong = {"LAND": "TIPOFF", "TIPOFF": "ADVICE", "ADVICE": "LAND"}
    for number, each in enumerate(few(12, skip=12)):
        if each.main and number % 2:
            decided(office.engine, each.text, each.code)
        elif each.main:
            decided(office.engine, each.text, wrong[each.main])
    outcome = learning.learn(office.settings, office.engine)
    if outcome.verdict.promoted:  # half of what it learned was wrong, and still it was not worse
        assert outcome.verdict.sets[0].after >= (outcome.verdict.sets[0].before or 0)
        return
    assert classify.version_in_use(office.settings.shelf) == before
    last = classify.history(office.settings.shelf)[-1]
    assert (last.happened, last.version) == (Happened.KEPT, outcome.version)
    assert last.reasons == outcome.verdict.reasons != ()


def test_the_same_letter_scanned_twice_is_learned_once(office: Office) -> None:
    text = few(1, skip=14)[0].text
    for copy in (text, f"{text} .", f". {text}"):
        decided(office.engine, copy, "LAND.BOUNDARY")
    assert learning.gather(office.engine) == 3
    outcome = learning.learn(office.settings, office.engine)
    assert classify.card_of(office.settings.shelf, outcome.version)["confirmed"] == 1
    assert classify.learned_of(office.settings.shelf, outcome.version).decisions == 3


def test_two_trainings_never_run_at_once(office: Office) -> None:
    with (
        learning._alone(office.settings),
        pytest.raises(learning.AnotherTraining, match="กำลังฝึก"),
    ):
        learning.learn(office.settings, office.engine)


def test_the_teacher_gathers_and_starts_a_training_only_when_it_is_due(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    class Done:
        def poll(self) -> int:
            return 1  # it failed

    def start(command: list[str]) -> Done:
        started.append(command)
        return Done()

    monkeypatch.setattr("saraban.teacher.subprocess.Popen", start)
    teacher = Teacher(office)
    for number, each in enumerate(few(3, skip=12)[:3]):
        teacher._look()
        assert len(stored(office.engine)) == number
        assert started == []
        decided(office.engine, each.text, each.code)
    teacher._look()
    assert len(started) == 1
    assert started[0][-2:] == ["train", "--again"]
    teacher._look()  # it failed: nothing is tried again before somebody decides more
    assert len(started) == 1


def test_a_damaged_model_gives_way_to_the_one_before_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = office.settings.shelf
    first = classify.version_in_use(shelf)
    second = classify.save(classify.load(shelf), shelf, NOW.replace(year=2030))
    classify.use(shelf, second, NOW, Happened.PROMOTED)
    (shelf / f"{second}.skops").write_bytes(b"")
    monkeypatch.setattr("saraban.office.train_digits", lambda settings: None)
    assert CATEGORIES in missing_models(office.settings)
    train_what_is_missing(office.settings)
    assert CATEGORIES not in missing_models(office.settings)
    assert classify.version_in_use(shelf) == first
    assert "เสียหาย" in classify.history(shelf)[-1].reasons[0]
