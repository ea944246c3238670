"""Learning from what officers decide: gather, fit a candidate, compare, promote or keep.

decisions --gather--> examples --split--> learned from -----> candidate --+
                                    +---> held back ---------------------+--> verdict
                                                        model in use ----+
"""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

import classify
import extract
from models import examples as store
from models.database import looking, writing
from models.drafts import pages_of_draft
from models.terms import main_of
from saraban.office import categories_of, now
from saraban.settings import Settings

_NOISE_SEED = 1  # the same examples give the same model
_AT_ONCE = 100  # decisions gathered in one transaction
_MOST_ASKED = 2_000  # new decisions to compare by, the newest: what is read today is what counts
CONFIRMED, SEED_TEST = "เรื่องที่เจ้าหน้าที่ยืนยันหลังฝึกครั้งก่อน", "ชุดทดสอบของโปรแกรม"


class AnotherTraining(Exception):
    """Another process trains already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training."""

    version: str
    verdict: classify.Verdict


def gather(engine: Engine) -> int:
    """Make examples of what was decided since last time; return how many there are new."""
    new = 0
    with writing(engine) as connection:
        store.drop_reopened(connection)
    while True:
        with writing(engine) as connection:
            decided = store.not_yet_learned(connection, _AT_ONCE)
            for each in decided:
                pages = extract.story(pages_of_draft(connection, each.draft), each.draft.fields)
                text = "\n".join(page.text for page in pages)
                store.put_example(connection, _example(each, text))
        new += len(decided)
        if len(decided) < _AT_ONCE:
            return new


def _example(decided: store.Decided, text: str) -> store.StoredExample:
    suggestion = decided.draft.suggestion
    ranked = [each.code for each in suggestion.ranked] if suggestion else []
    return store.StoredExample(
        draft_id=decided.draft.id,
        decision_id=decided.decision_id,
        decided_at=decided.decided_at,
        text=extract.without_persons(text, decided.persons),
        is_complaint=decided.is_complaint,
        category=decided.category,
        second_category=decided.second_category,
        first_category=ranked[0] if ranked else None,
        place=_place(ranked, decided.category),
        proposed=suggestion.choice if suggestion else None,
        model_version=suggestion.model_version if suggestion else "",
    )


def _place(ranked: Sequence[str], category: str | None) -> int:
    """Return where the officer's category stands in the ranking, 0 where it does not.

    A main category alone is met by any of its parts.
    """
    for place, code in enumerate(ranked, start=1):
        if category and (code == category or code.startswith(f"{category}.")):
            return place
    return 0


def learn(settings: Settings, engine: Engine) -> Outcome:
    """Fit a candidate on the seed corpus and the examples, and promote it if it is not worse.

    Raises:
        AnotherTraining: somebody trains already.
        CategoriesError: the list of categories cannot be used.
    """
    with _alone(settings):
        return _learn(settings, engine)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Let one training run at a time; the system frees the lock when its process dies."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "train.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherTraining("กำลังฝึกแบบจำลองอยู่แล้ว รอให้เสร็จก่อน") from error
        yield


def _learn(settings: Settings, engine: Engine) -> Outcome:
    gather(engine)
    with looking(engine) as connection:
        every = list(store.all_examples(connection))
    usable = _usable(every)
    categories = categories_of(settings)
    seed = classify.seed_examples()
    candidate = classify.train([*seed, *map(_to_learn, usable)], _NOISE_SEED, categories)
    current, seen = _in_use(settings, categories)
    new = [each for each in usable if each.decision_id > seen.last_decision][-_MOST_ASKED:]
    asked = classify.Question(SEED_TEST, classify.held_out_examples(), candidate)
    verdict = classify.compare(current, [*_halves(candidate, usable, new), asked])
    shelf = settings.shelf
    newest = max((each.decision_id for each in every), default=0)
    learned = classify.Learned(len(every), newest)
    version = classify.save(candidate, shelf, now(), verdict, learned)
    if verdict.promoted:
        classify.use(shelf, version, now(), classify.Happened.PROMOTED)
    else:
        classify.note(shelf, version, now(), classify.Happened.KEPT, verdict.reasons)
    return Outcome(version, verdict)


def _usable(every: Sequence[store.StoredExample]) -> list[store.StoredExample]:
    """Return what can be learned from; a near-duplicate counts once, in its first copy."""
    once = [every[place] for place in classify.first_of_each([each.text for each in every])]
    return [each for each in once if not each.is_complaint or each.category]


def _halves(
    candidate: classify.TrainedModel,
    usable: Sequence[store.StoredExample],
    new: Sequence[store.StoredExample],
) -> list[classify.Question]:
    """Return each half of what is new, with a model that learned from all but this half."""
    if not new:
        return []
    questions = []
    for half in (0, 1):
        aside = {each.draft_id for each in new if _half_of(each) == half}
        known = [_to_learn(each) for each in usable if each.draft_id not in aside]
        trial = classify.refit(candidate, [*classify.seed_examples(), *known])
        texts = [_to_learn(each) for each in new if each.draft_id in aside]
        questions.append(classify.Question(CONFIRMED, texts, trial))
    return questions


def _half_of(example: store.StoredExample) -> int:
    return zlib.crc32(f"example {example.draft_id}".encode()) % 2


def _to_learn(example: store.StoredExample) -> classify.Example:
    code = (example.category or "") if example.is_complaint else ""
    main = main_of(code)
    return classify.Example(
        text=example.text,
        main=main or None,
        sub=code if code != main else None,
        second=example.second_category,
        confirmed=True,
    )


def _in_use(
    settings: Settings, categories: classify.Categories
) -> tuple[classify.TrainedModel | None, classify.Learned]:
    """Return the model in use and what it had seen; None where there is none to be trusted."""
    try:
        model = classify.load(settings.shelf, categories)
        return model, classify.learned_of(settings.shelf, model.version)
    except (classify.NoTrainedModel, classify.DamagedModel):
        return None, classify.Learned()


def decisions_when_due(settings: Settings, engine: Engine) -> int | None:
    """Return how many decisions there are, None where too few are new for another training."""
    if not settings.train_after:
        return None
    with looking(engine) as connection:
        decisions = store.count_examples(connection)
    versions = classify.versions(settings.shelf)
    before = classify.learned_of(settings.shelf, versions[-1]).decisions if versions else 0
    return decisions if decisions - before >= settings.train_after else None
