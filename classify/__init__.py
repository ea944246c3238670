"""Text becomes a suggested category; training, scores, and the shelf of trained models."""

from classify.alarms import alarms
from classify.categories import Categories, CategoriesError, Category, load_categories
from classify.comparing import Question, Tally, Verdict, compare
from classify.corpus import CorpusError, Example, held_out_examples, seed_examples
from classify.current import ModelInUse
from classify.duplicates import first_of_each
from classify.learning import TooFewExamples, refit, train
from classify.model import TrainedModel
from classify.shelf import (
    DamagedModel,
    Event,
    Happened,
    Learned,
    NoTrainedModel,
    card_of,
    history,
    learned_of,
    load,
    note,
    save,
    use,
    version_in_use,
    versions,
    versions_before,
)
from classify.suggesting import suggest

__all__ = [
    "Categories",
    "CategoriesError",
    "Category",
    "CorpusError",
    "DamagedModel",
    "Event",
    "Example",
    "Happened",
    "Learned",
    "ModelInUse",
    "NoTrainedModel",
    "Question",
    "Tally",
    "TooFewExamples",
    "TrainedModel",
    "Verdict",
    "alarms",
    "card_of",
    "compare",
    "first_of_each",
    "held_out_examples",
    "history",
    "learned_of",
    "load",
    "load_categories",
    "note",
    "refit",
    "save",
    "seed_examples",
    "suggest",
    "train",
    "use",
    "version_in_use",
    "versions",
    "versions_before",
]
