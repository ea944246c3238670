"""Puts an office together from its settings: database, archive, machine, worker."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

import classify
import extract
from ingest.archive import Archive
from ingest.intake import Intake
from ingest.opening import require_poppler
from ingest.page_reading import ReaderPlan
from ingest.pipeline import Works
from ingest.reading import Understanding
from ingest.restore import unfinished
from ingest.worker import Worker
from models import schema
from models.database import THAILAND, open_database
from ocr.digit_training import thai_fonts, train_digit_model
from ocr.digits import DigitModelError, load_digit_model, save_digit_model
from ocr.tesseract import tesseract_version
from saraban.settings import Settings, WrongSetting

log = logging.getLogger(__name__)

DIGITS, CATEGORIES = "เลขไทย", "หมวดเรื่อง"
RESTORE_UNFINISHED = "การกู้คืนข้อมูลยังไม่เสร็จ ให้สั่ง saraban restore อีกครั้งก่อน"
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
        least_free = self.settings.least_free_mb * 2**20 // 2  # reading may use what intake may not
        works = Works(self.engine, self.archive, understanding, plan, now, least_free)
        lock = self.settings.data_dir / "worker.lock"
        return Worker(works, self.settings.workflows_url, lock, self.settings.processes)


def open_office(settings: Settings) -> Office:
    """Open the office, creating its directory and tables where they are missing.

    Raises:
        WrongSetting: it was restored from a backup, and not to the end.
    """
    if unfinished(settings.data_dir):
        raise WrongSetting(RESTORE_UNFINISHED)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_database(settings.tables_url)
    schema.upgrade(engine)
    return Office(settings, engine, Archive(settings.data_dir / "archive"))


def open_understanding(settings: Settings) -> Callable[[], Understanding]:
    """Load what it takes to make sense of words; the classifier is always the one in use."""
    gazetteer = extract.load_gazetteer()
    in_use = classify.ModelInUse(settings.shelf, lambda: categories_of(settings))
    in_use.get()
    return lambda: Understanding(gazetteer, in_use.get())


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
        classify.load(settings.shelf, categories_of(settings))
    except (classify.NoTrainedModel, classify.DamagedModel):
        missing.append(CATEGORIES)
    return missing


def train_what_is_missing(settings: Settings) -> None:
    """Train the models that are not there; a damaged one gives way to the one before it."""
    missing = missing_models(settings)
    if DIGITS in missing:
        train_digits(settings)
    if CATEGORIES in missing and not _earlier_model(settings):
        train_classifier(settings)


def _earlier_model(settings: Settings) -> bool:
    """Put the newest earlier model in use that is whole; False where there is none."""
    try:
        damaged = classify.version_in_use(settings.shelf)
    except classify.NoTrainedModel:
        return False
    for version in classify.versions_before(settings.shelf):
        try:
            classify.load(settings.shelf, categories_of(settings), version)
        except classify.DamagedModel:
            continue
        reason = f"รุ่น {damaged} เสียหาย"
        log.error("model %s is damaged: %s is used instead", damaged, version)
        classify.use(settings.shelf, version, now(), classify.Happened.ROLLED_BACK, [reason])
        return True
    return False


def train_digits(settings: Settings) -> None:
    """Fit the model of Thai digits on this machine's fonts."""
    save_digit_model(train_digit_model(thai_fonts(FONT_FOLDERS)), digits_path(settings))


def train_classifier(settings: Settings) -> str:
    """Fit the classifier on the seed corpus alone and put it in use; return its version."""
    model = classify.train(classify.seed_examples(), _NOISE_SEED, categories_of(settings))
    version = classify.save(model, settings.shelf, now())
    classify.use(settings.shelf, version, now(), classify.Happened.PROMOTED)
    return version


def district_names() -> tuple[str, ...]:
    """Return all districts of Thailand as officers write them, with the province in case of doubt.

    saraban.districts understands them all.
    """
    gazetteer = extract.load_gazetteer()
    districts = gazetteer.within("", extract.Level.DISTRICT)
    often = Counter(area.name for area in districts)
    named = (
        area.name if often[area.name] == 1 else f"{area.name} {gazetteer.province_of(area).name}"
        for area in districts
    )
    return tuple(sorted(named))


def categories_of(settings: Settings) -> classify.Categories:
    """Return the office's own list of categories, or the product's where it has none.

    Raises:
        CategoriesError: the list has a mistake; the message says where.
    """
    own = settings.categories
    return classify.load_categories(own if own.exists() else None)


def category_labels(settings: Settings) -> dict[str, str]:
    """Return the Thai label of every category by its code, in the order of the file.

    A sub-category is shown with its main one; retired codes keep their label for old records.
    """
    categories = categories_of(settings)
    return {each.code: categories.whole_label(each.code) for each in categories.every}


@dataclass(frozen=True, slots=True)
class Choice:
    """A category that an officer may choose."""

    code: str
    label: str


def categories_in_use(settings: Settings) -> tuple[Choice, ...]:
    """Return what an officer may choose, main categories before their parts."""
    categories = categories_of(settings)
    return tuple(
        Choice(each.code, categories.whole_label(each.code))
        for main in categories.mains()
        for each in (main, *categories.subs(main.code))
    )


def heirs(settings: Settings) -> dict[str, str]:
    """Return, for codes no longer in use, the code that took their place."""
    categories = categories_of(settings)
    found = ((old.code, categories.in_force(old.code)) for old in categories.every if old.retired)
    return {code: heir.code for code, heir in found if heir is not None}
