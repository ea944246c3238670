from __future__ import annotations

import pytest

import classify


@pytest.fixture(scope="session")
def model() -> classify.TrainedModel:
    """The real model, trained once on the seed corpus."""
    return classify.train(classify.seed_examples(), noise_seed=1)
