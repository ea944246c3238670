"""From the pages of a letter to a suggestion, or to an honest "not sure"."""

from __future__ import annotations

from collections.abc import Sequence

from classify.evidence import Placed, evidence
from classify.features import Floats, squeezed
from classify.model import TrainedModel, look, probabilities
from classify.text import thai_letters
from models.letters import OcrPage, RankedCategory, Suggestion

_FEWEST_LETTERS = 12  # Thai consonants; fewer say nothing about a category


def suggest(pages: Sequence[OcrPage], model: TrainedModel) -> Suggestion:
    """Return the categories by probability, and the phrases that speak for the first of them."""
    lines = [Placed(page.number, line) for page in pages for line in page.lines]
    text = squeezed([placed.line.text for placed in lines])
    if thai_letters(text.text) < _FEWEST_LETTERS:
        return _nothing(model)
    seen = look(text, model.runs, model.words)
    if seen.runs.known < model.familiarity:
        return _nothing(model)
    chances = probabilities(model, seen)
    ranked = _ranked(model, chances)
    if not ranked:
        return _nothing(model)
    best = max(_codes_of(ranked[0].code, model), key=lambda c: chances[model.codes.index(c)])
    return Suggestion(
        categories=ranked,
        abstained=ranked[0].probability < model.threshold,
        evidence=evidence(model, best, text, seen, lines),
        model_version=model.version,
    )


def _nothing(model: TrainedModel) -> Suggestion:
    return Suggestion((), abstained=True, evidence=(), model_version=model.version)


def _codes_of(code: str, model: TrainedModel) -> list[str]:
    """Return the codes of the model that mean this category today."""
    now = [(old, model.categories.current(old)) for old in model.codes]
    return [old for old, category in now if category is not None and category.code == code]


def _ranked(model: TrainedModel, chances: Floats) -> tuple[RankedCategory, ...]:
    """Return the categories in use; what speaks for a merged one speaks for its heir."""
    by_code: dict[str, tuple[str, float]] = {}
    for code, chance in zip(model.codes, chances, strict=True):
        category = model.categories.current(code)
        if category is not None and not category.retired:
            _, before = by_code.get(category.code, ("", 0.0))
            by_code[category.code] = (category.label, before + float(chance))
    ranked = [RankedCategory(code, label, chance) for code, (label, chance) in by_code.items()]
    return tuple(sorted(ranked, key=lambda each: -each.probability))
