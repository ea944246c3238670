"""Text becomes a suggested category; training, scores, and the shelf of trained models."""

from classify.categories import Categories, CategoriesError, Category, load_categories
from classify.corpus import CorpusError, Example, held_out_examples, seed_examples
from classify.learning import TooFewExamples, train
from classify.model import TrainedModel
from classify.shelf import DamagedModel, NoTrainedModel, load, save
from classify.suggesting import suggest

__all__ = [
    "Categories",
    "CategoriesError",
    "Category",
    "CorpusError",
    "DamagedModel",
    "Example",
    "NoTrainedModel",
    "TooFewExamples",
    "TrainedModel",
    "held_out_examples",
    "load",
    "load_categories",
    "save",
    "seed_examples",
    "suggest",
    "train",
]
