"""From the pages of a letter to a suggestion, or to an honest "not sure"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classify.evidence import evidence
from classify.features import squeezed
from classify.model import Chances, TrainedModel, chances, look
from classify.placing import Placed, Places
from classify.text import thai_letters
from models.letters import OcrPage, RankedCategory, Suggestion

_FEWEST_LETTERS = 8  # Thai consonants; fewer say nothing about a category
_MOST_PARTS = 10


def suggest(pages: Sequence[OcrPage], model: TrainedModel) -> Suggestion:
    """Return the categories by probability, and the phrases that speak for the first of them."""
    lines = [Placed(page.number, line) for page in pages for line in page.lines]
    text = squeezed([placed.line.text for placed in lines])
    if thai_letters(text.text) < _FEWEST_LETTERS:
        return _nothing(model, None)
    known = model.lines
    seen = look(text, known.runs, known.words)
    familiarity = round(seen.runs.known, 4)
    if seen.runs.known < model.limits.familiarity:
        return _nothing(model, familiarity)
    said = chances(model, seen)
    mains, parts = _ranked_mains(model, said), _ranked_parts(model, said)
    if not mains:
        return _nothing(model, familiarity)
    proposed = _proposed(model, mains, parts)
    claimed = _claimed(model, said, proposed or parts[0].code)
    return Suggestion(
        categories=mains,
        abstained=proposed is None,
        evidence=evidence(known.leaves, claimed, text, seen, len(known.runs.packed), Places(lines)),
        model_version=model.version,
        parts=parts[:_MOST_PARTS],
        proposed=proposed,
        second=_second(model, parts, proposed),
        complaint=said.complaint,
        is_complaint=_is_complaint(model, said.complaint),
        familiarity=familiarity,
    )


def _nothing(model: TrainedModel, familiarity: float | None) -> Suggestion:
    return Suggestion(
        (), abstained=True, evidence=(), model_version=model.version, familiarity=familiarity
    )


def _is_complaint(model: TrainedModel, chance: float | None) -> bool | None:
    if chance is None or model.limits.paper <= chance < model.limits.complaint:
        return None
    return chance >= model.limits.complaint


def _proposed(
    model: TrainedModel, mains: Sequence[RankedCategory], parts: Sequence[RankedCategory]
) -> str | None:
    """Return the part if it is sure enough, else its main category if that is, else None."""
    if mains[0].probability < model.limits.main:
        return None
    best = parts[0] if parts else None
    own = best is not None and _main_of(model, best.code) == mains[0].code
    if best is not None and own and best.probability >= model.limits.leaf:
        return best.code
    return mains[0].code


def _second(
    model: TrainedModel, parts: Sequence[RankedCategory], proposed: str | None
) -> RankedCategory | None:
    """Return a further category that the letter carries too, if that is sure enough."""
    if proposed is None or not parts:
        return None
    rest = [each for each in parts if each.code != proposed and each is not parts[0]]
    best = rest[0] if rest else None
    return best if best is not None and best.probability >= model.limits.second else None


def _main_of(model: TrainedModel, code: str) -> str:
    category = model.categories.get(code)
    return category.main or category.code if category is not None else code


def _ranked_mains(model: TrainedModel, said: Chances) -> tuple[RankedCategory, ...]:
    """Return the main categories in use; what speaks for a merged one speaks for its heir."""
    by_code: dict[str, float] = {}
    for code, chance in said.mains.items():
        category = model.categories.in_force(code)
        if category is not None:
            heir = category.main or category.code
            by_code[heir] = by_code.get(heir, 0.0) + chance
    return _by_rank(model, by_code)


def _ranked_parts(model: TrainedModel, said: Chances) -> tuple[RankedCategory, ...]:
    by_code: dict[str, float] = {}
    for code, chance in said.leaves.items():
        category = model.categories.in_force(code)
        if category is not None:
            by_code[category.code] = by_code.get(category.code, 0.0) + chance
    return _by_rank(model, by_code)


def _by_rank(model: TrainedModel, by_code: Mapping[str, float]) -> tuple[RankedCategory, ...]:
    ranked = [
        RankedCategory(code, model.categories.whole_label(code), min(chance, 1.0))
        for code, chance in by_code.items()
    ]
    return tuple(sorted(ranked, key=lambda each: -each.probability))


def _claimed(model: TrainedModel, said: Chances, code: str) -> list[str]:
    """Return the model's leaves that mean this category, or a part of it, today."""
    own = []
    for leaf in said.leaves:
        category = model.categories.in_force(leaf)
        if category is not None and code in (category.code, category.main):
            own.append(leaf)
    return own
