"""Whether a candidate may take the place of the model in use: only when it is not worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import binom

from classify.categories import Categories
from classify.corpus import Example
from classify.features import squeezed
from classify.learning import in_use
from classify.model import PAPER, TrainedModel, chances, look
from models.terms import main_of

_CHANCE = 0.05  # how often a candidate that is as good may be refused by bad luck, at most


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some texts each model put right; ``before`` is None where there was none."""

    name: str
    texts: int
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of comparing; ``reasons`` say in Thai why a candidate was kept back.

    ``sets`` are the sets of texts that were asked, ``categories`` the same answers by code.
    """

    promoted: bool
    reasons: tuple[str, ...]
    sets: tuple[Tally, ...]
    categories: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is true of a text, and whether each model said so; ``part`` where a part is known."""

    of: str
    code: str
    before: bool
    after: bool
    part: tuple[bool, bool] | None


@dataclass(frozen=True, slots=True)
class Question:
    """Texts that neither model learned from, with the candidate that is asked of them.

    Questions of one name are one set; the candidate of each may have been fitted without its texts.
    """

    name: str
    texts: Sequence[Example]
    candidate: TrainedModel


def compare(current: TrainedModel | None, questions: Sequence[Question]) -> Verdict:
    """Return whether the candidate may be used.

    It may not when, on any set, it puts fewer right than the model in use by more than luck, or
    when it is worse by more than luck on a category, on parts, or on telling complaints from other
    papers (one-sided exact McNemar tests, Holm's correction over categories). On the set named
    first, what officers confirmed, it may not put fewer right at all.
    """
    names = list(dict.fromkeys(each.name for each in questions))
    if current is None:
        alone = tuple(_alone(name, questions) for name in names)
        return Verdict(True, (), alone)
    categories = questions[0].candidate.categories
    answers = [
        _answer(question.name, each, current, question.candidate)
        for question in questions
        for example in question.texts
        if (each := in_use(example, categories)) is not None
    ]
    tallies = tuple(_tally(name, [a for a in answers if a.of == name]) for name in names)
    codes = sorted({answer.code for answer in answers})
    by_code = tuple(_tally(code, [a for a in answers if a.code == code]) for code in codes)
    reasons = [
        *_worse_sets(tallies, answers),
        *_worse_categories(by_code, answers, categories),
        *_worse_parts(answers),
    ]
    return Verdict(not reasons, tuple(reasons), tallies, by_code)


def _alone(name: str, questions: Sequence[Question]) -> Tally:
    right = [
        _said(question.candidate, each)[0]
        for question in questions
        if question.name == name
        for example in question.texts
        if (each := in_use(example, question.candidate.categories)) is not None
    ]
    return Tally(name, len(right), None, sum(right))


def _answer(of: str, example: Example, current: TrainedModel, candidate: TrainedModel) -> _Answer:
    before, part_before = _said(current, example)
    after, part_after = _said(candidate, example)
    part = (part_before, part_after) if example.sub else None
    return _Answer(of, example.main or PAPER, before, after, part)


def _said(model: TrainedModel, example: Example) -> tuple[bool, bool]:
    """Tell whether the model gets the kind or main category right, and whether the part."""
    known = model.lines
    seen = look(squeezed(example.text.split("\n")), known.runs, known.words)
    said = chances(model, seen)
    if example.main is None:
        right = said.complaint is not None and said.complaint < 0.5
        return right, right
    truths = {example.main, example.code, example.second, main_of(example.second or "")}
    mains, leaves = said.mains, said.leaves
    main = max(mains, key=lambda code: mains[code])
    leaf = max(leaves, key=lambda code: leaves[code])
    return _now(model.categories, main) in truths, _now(model.categories, leaf) in truths


def _now(categories: Categories, code: str) -> str | None:
    category = categories.in_force(code)
    return category.code if category is not None else None


def _tally(name: str, answers: Sequence[_Answer]) -> Tally:
    before, after = sum(a.before for a in answers), sum(a.after for a in answers)
    return Tally(name, len(answers), before, after)


def chance_of(lost: int, won: int) -> float:
    """Return how likely at least ``lost`` of the changed answers are lost by luck alone."""
    return float(binom.sf(lost - 1, lost + won, 0.5)) if lost else 1.0


def _changed(pairs: Sequence[tuple[bool, bool]]) -> tuple[int, int]:
    """Return how many answers were right before only, and after only."""
    return sum(b and not a for b, a in pairs), sum(a and not b for b, a in pairs)


def _worse_sets(tallies: Sequence[Tally], answers: Sequence[_Answer]) -> list[str]:
    reasons = []
    for number, tally in enumerate(tallies):
        pairs = [(a.before, a.after) for a in answers if a.of == tally.name]
        chance = chance_of(*_changed(pairs))
        fewer = tally.after < (tally.before or 0)
        if fewer and (number == 0 or chance < _CHANCE):
            reasons.append(f"{tally.name}: {_told(tally)}")
    return reasons


def _worse_categories(
    tallies: Sequence[Tally], answers: Sequence[_Answer], categories: Categories
) -> list[str]:
    chance = {
        tally.name: chance_of(
            *_changed([(a.before, a.after) for a in answers if a.code == tally.name])
        )
        for tally in tallies
    }
    reasons = []
    ranked = sorted(tallies, key=lambda tally: chance[tally.name])
    for place, tally in enumerate(ranked):
        if chance[tally.name] >= _CHANCE / (len(ranked) - place):
            break
        label = "เอกสารที่ไม่ใช่คำร้อง" if tally.name == PAPER else categories.whole_label(tally.name)
        reasons.append(f"หมวด “{label}” แย่ลง: {_told(tally)} (p = {chance[tally.name]:.3f})")
    return reasons


def _worse_parts(answers: Sequence[_Answer]) -> list[str]:
    pairs = [answer.part for answer in answers if answer.part is not None]
    chance = chance_of(*_changed(pairs))
    if chance >= _CHANCE:
        return []
    before, after = sum(b for b, _ in pairs), sum(a for _, a in pairs)
    return [f"หมวดย่อยแย่ลง: {_told(Tally('', len(pairs), before, after))} (p = {chance:.3f})"]


def _told(tally: Tally) -> str:
    return f"เดิมถูก {tally.before} จาก {tally.texts} รุ่นใหม่ถูก {tally.after}"
