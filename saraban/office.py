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
from ingest.pipeline import Worker, Works
from ingest.reading import Machine
from models import schema
from models.database import open_database
from ocr.digit_training import thai_fonts, train_digit_model
from ocr.digits import DigitModelError, load_digit_model, save_digit_model
from ocr.reader import Reader
from ocr.tesseract import tesseract_engine, tesseract_version
from saraban.settings import Settings

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def now() -> dt.datetime:
    """Return the present moment; the one place where the clock is read."""
    return dt.datetime.now(dt.UTC)


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
        """Return a worker for this process; it is not started yet."""
        works = Works(self.engine, self.archive, open_machine(self.settings), now)
        lock = self.settings.data_dir / "worker.lock"
        return Worker(works, self.settings.workflows_url, lock, self.settings.processes)


def open_office(settings: Settings) -> Office:
    """Open the office, creating its directory and tables where they are missing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_database(settings.tables_url)
    schema.upgrade(engine)
    return Office(settings, engine, Archive(settings.data_dir / "archive"))


def open_machine(settings: Settings) -> Machine:
    """Put together all that reading needs, training what has not been trained yet.

    Raises:
        EngineMissing: there is no Tesseract.
        NoThaiFont: there is no font to train the digit model with.
    """
    name = f"tesseract {tesseract_version()}"
    train_what_is_missing(settings)
    reader = Reader(
        tesseract_engine(seconds=settings.page_seconds),
        load_digit_model(digits_path(settings)),
        name,
    )
    classifier = classify.load(settings.shelf)
    return Machine(reader, extract.load_gazetteer(), classifier, settings.limits)


def digits_path(settings: Settings) -> Path:
    """Return where the model of Thai digits stands."""
    return settings.shelf / "digits.npz"


def train_what_is_missing(settings: Settings) -> list[str]:
    """Train the models that are not there or are damaged; return what was trained."""
    trained = []
    try:
        load_digit_model(digits_path(settings))
    except DigitModelError:
        train_digits(settings)
        trained.append("digits")
    try:
        classify.load(settings.shelf)
    except (classify.NoTrainedModel, classify.DamagedModel):
        train_classifier(settings)
        trained.append("categories")
    return trained


def train_digits(settings: Settings) -> None:
    """Fit the model of Thai digits on this machine's fonts."""
    save_digit_model(train_digit_model(thai_fonts(FONT_FOLDERS)), digits_path(settings))


def train_classifier(settings: Settings) -> str:
    """Fit the classifier on the seed corpus and put it on the shelf; return its version."""
    model = classify.train(classify.seed_examples())
    return classify.save(model, settings.shelf, now())
