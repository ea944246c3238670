from __future__ import annotations

from pathlib import Path

import pytest

import classify
from classify.corpus import Example

FEW_MAINS = ("LAND", "TIPOFF", "ADVICE")


@pytest.fixture(scope="session")
def model(trained: Path) -> classify.TrainedModel:
    """The real model, trained once on the seed corpus."""
    return classify.load(trained)


@pytest.fixture(scope="session")
def few() -> tuple[Example, ...]:
    """Twenty texts of each of three categories, and twenty papers: quickly learned."""
    every = classify.seed_examples()
    papers = [each for each in every if each.main is None][:20]
    chosen = [[e for e in every if e.main == main][:20] for main in FEW_MAINS]
    return tuple(each for group in [*chosen, papers] for each in group)


@pytest.fixture(scope="session")
def small(few: tuple[Example, ...]) -> classify.TrainedModel:
    """A model that learned from few texts."""
    return classify.train(few, 1)
