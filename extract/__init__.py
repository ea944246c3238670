"""Words become fields: what a letter says, what it means, and where it stands on the page."""

from extract.fields import read_fields
from extract.gazetteer import Gazetteer, load_gazetteer
from extract.rows import lines_from_text
from extract.splitting import split_letters

__all__ = ["Gazetteer", "lines_from_text", "load_gazetteer", "read_fields", "split_letters"]
