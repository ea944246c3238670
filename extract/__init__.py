"""Words become fields: what a letter says, what it means, and where it stands on the page."""

from extract.fields import read_fields
from extract.gazetteer import Gazetteer, Level, load_gazetteer
from extract.nameless import without_persons
from extract.rows import lines_from_text
from extract.splitting import split_letters
from extract.story import story

__all__ = [
    "Gazetteer",
    "Level",
    "lines_from_text",
    "load_gazetteer",
    "read_fields",
    "split_letters",
    "story",
    "without_persons",
]
