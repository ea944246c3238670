"""Puts an office together from its settings: database, archive, machine, worker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

import classify
import extract
from ingest.archive import Archive
from ingest.intake import Intake
from ingest.opening import require_poppler
from ingest.page_reading import ReaderPlan
from ingest.pipeline import THAILAND, Worker, Works
from ingest.reading import Understanding
from models import schema
from models.database import open_database
from ocr.digit_training import thai_fonts, train_digit_model
from ocr.digits import DigitModelError, load_digit_model, save_digit_model
from ocr.tesseract import tesseract_version
from saraban.settings import Settings

DIGITS, CATEGORIES = "เลขไทย", "หมวดเรื่อง"
_NOISE_SEED = 1  # the same corpus gives the same model
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def now() -> dt.datetime:
    """Return the present moment; the one place where the clock is read."""
    return dt.datetime.now(dt.UTC)


def today(moment: dt.datetime) -> dt.date:
    """Return the date in Thailand at a moment."""
    return moment.astimezone(THAILAND).date()


@dataclass(frozen=True, slots=True)
class Office:
    """One office: its settings, tables and archive."""

    settings: Settings
    engine: Engine
    archive: Archive

    @property
    def intake(self) -> Intake:
        """Return the door for files."""
        return Intake(self.archive, self.engine, self.settings.limits, now)

    def worker(self) -> Worker:
        """Return a worker for this process; it is not started yet.

        Raises:
            EngineMissing: there is no Tesseract.
            PopplerMissing: there is no poppler.
        """
        understanding, plan = open_understanding(self.settings), reader_plan(self.settings)
        works = Works(self.engine, self.archive, understanding, plan, now)
        lock = self.settings.data_dir / "worker.lock"
        return Worker(works, self.settings.workflows_url, lock, self.settings.processes)


def open_office(settings: Settings) -> Office:
    """Open the office, creating its directory and tables where they are missing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_database(settings.tables_url)
    schema.upgrade(engine)
    return Office(settings, engine, Archive(settings.data_dir / "archive"))


def open_understanding(settings: Settings) -> Understanding:
    """Load what it takes to make sense of words."""
    return Understanding(extract.load_gazetteer(), classify.load(settings.shelf))


def reader_plan(settings: Settings) -> ReaderPlan:
    """Return what the reading processes need.

    Raises:
        EngineMissing: there is no Tesseract.
        PopplerMissing: there is no poppler.
    """
    require_poppler()
    name = f"tesseract {tesseract_version()}"
    return ReaderPlan(digits_path(settings), name, settings.limits)


def digits_path(settings: Settings) -> Path:
    """Return where the model of Thai digits stands."""
    return settings.shelf / "digits.npz"


def missing_models(settings: Settings) -> list[str]:
    """Return the names of the models that are not there or cannot be used."""
    missing = []
    try:
        load_digit_model(digits_path(settings))
    except DigitModelError:
        missing.append(DIGITS)
    try:
        classify.load(settings.shelf)
    except (classify.NoTrainedModel, classify.DamagedModel):
        missing.append(CATEGORIES)
    return missing


def train_what_is_missing(settings: Settings) -> None:
    """Train the models that are not there or cannot be used."""
    missing = missing_models(settings)
    if DIGITS in missing:
        train_digits(settings)
    if CATEGORIES in missing:
        train_classifier(settings)


def train_digits(settings: Settings) -> None:
    """Fit the model of Thai digits on this machine's fonts."""
    save_digit_model(train_digit_model(thai_fonts(FONT_FOLDERS)), digits_path(settings))


def train_classifier(settings: Settings) -> str:
    """Fit the classifier on the seed corpus and put it on the shelf; return its version."""
    model = classify.train(classify.seed_examples(), _NOISE_SEED)
    return classify.save(model, settings.shelf, now())


def category_labels() -> dict[str, str]:
    """Return the Thai label of every category by its code, in the order of the file.

    A sub-category is shown with its main one; retired codes keep their label for old records.
    """
    categories = classify.load_categories()
    labels = {category.code: category.label for category in categories.every}
    return {
        category.code: f"{labels[category.main]} › {category.label}"
        if category.main
        else category.label
        for category in categories.every
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """A category that an officer may choose."""

    code: str
    label: str


def categories_in_use() -> tuple[Choice, ...]:
    """Return what an officer may choose, main categories before their parts."""
    categories, labels = classify.load_categories(), category_labels()
    return tuple(
        Choice(each.code, labels[each.code])
        for main in categories.mains()
        for each in (main, *categories.subs(main.code))
    )
