"""``saraban check``: what this machine has and lacks, and what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

import classify
from ingest.opening import PopplerMissing, require_poppler
from models import schema
from models.database import looking, open_database, sqlite_pragmas
from models.records import count_by_category
from ocr.digit_training import NoThaiFont
from ocr.digits import DigitModelError, load_digit_model
from ocr.engine import EngineMissing
from ocr.tesseract import LANGUAGES, tesseract_languages, tesseract_version
from saraban.office import FONT_FOLDERS, categories_of, digits_path
from saraban.paper import faces_in
from saraban.settings import Settings

_LEAST_FREE = 2 * 2**30  # bytes


class Verdict(StrEnum):
    """How a thing was found."""

    GOOD = "good"
    WARNING = "warning"  # works, but somebody should act
    MISSING = "missing"  # nothing can be read without it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    verdict: Verdict
    detail: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything that saraban needs."""
    yield _tesseract()
    yield _poppler()
    yield _timeout()
    yield _database(settings)
    yield _sqlite()
    yield _disk(settings)
    yield _digit_model(settings)
    yield _classifier(settings)
    yield _categories(settings)
    yield _printing()
    yield Finding("ขอบเขตของโปรแกรมย่อย", Verdict.GOOD, "จำกัดเวลา หน่วยความจำ และขนาดไฟล์ (rlimit)")


def _tesseract() -> Finding:
    remedy = "sudo apt-get install tesseract-ocr tesseract-ocr-{tha,eng,osd}"
    try:
        version, languages = tesseract_version(), tesseract_languages()
    except EngineMissing as error:
        return Finding("Tesseract", Verdict.MISSING, str(error), remedy)
    lacking = [language for language in LANGUAGES if language not in languages]
    if "tha" in lacking:
        return Finding("Tesseract", Verdict.MISSING, f"รุ่น {version} ไม่มีข้อมูลภาษาไทย", remedy)
    if lacking:
        detail = f"รุ่น {version} ไม่มีข้อมูล {', '.join(lacking)}"
        return Finding("Tesseract", Verdict.WARNING, detail, remedy)
    return Finding("Tesseract", Verdict.GOOD, f"รุ่น {version} ภาษา {', '.join(LANGUAGES)}")


def _poppler() -> Finding:
    try:
        require_poppler()
    except PopplerMissing as error:
        return Finding("poppler", Verdict.MISSING, str(error), "sudo apt-get install poppler-utils")
    return Finding("poppler", Verdict.GOOD, "พร้อมใช้")


def _printing() -> Finding:
    subject = "พิมพ์ใบคั่นและสติกเกอร์"
    try:
        faces_in(FONT_FOLDERS)
    except NoThaiFont as error:
        remedy = "sudo apt-get install fonts-thai-tlwg libfribidi0"
        return Finding(subject, Verdict.WARNING, str(error), remedy)
    return Finding(subject, Verdict.GOOD, "พร้อมใช้")


def _timeout() -> Finding:
    if shutil.which("timeout") is None:
        return Finding("timeout", Verdict.MISSING, "ไม่พบ", "sudo apt-get install coreutils")
    return Finding("timeout", Verdict.GOOD, "พร้อมใช้")


def _database(settings: Settings) -> Finding:
    if not settings.database_url and not (settings.data_dir / "saraban.sqlite3").exists():
        detail = f"ยังไม่มีข้อมูลใน {settings.data_dir}"
        return Finding("ฐานข้อมูล", Verdict.WARNING, detail, "สร้างเองเมื่อสั่ง saraban serve")
    now, newest = schema.revision(open_database(settings.tables_url)), schema.newest_revision()
    if now != newest:
        detail = f"โครงสร้างรุ่น {now} โปรแกรมต้องการรุ่น {newest}"
        return Finding("ฐานข้อมูล", Verdict.WARNING, detail, "ปรับเองเมื่อสั่ง saraban serve")
    return Finding("ฐานข้อมูล", Verdict.GOOD, f"โครงสร้างรุ่น {now}")


def _sqlite() -> Finding:
    pragmas = sqlite_pragmas(sqlite3.sqlite_version_info)
    shown = ", ".join(f"{name}={value}" for name, value in pragmas.items())
    return Finding("SQLite", Verdict.GOOD, f"รุ่น {sqlite3.sqlite_version} ใช้ {shown}")


def _disk(settings: Settings) -> Finding:
    place = settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    detail = f"ว่าง {free / 2**30:.1f} GB"
    if free < _LEAST_FREE:
        return Finding("พื้นที่จัดเก็บ", Verdict.WARNING, detail, "ลบไฟล์อื่นหรือย้ายข้อมูลไปที่ที่ว่างกว่า")
    return Finding("พื้นที่จัดเก็บ", Verdict.GOOD, detail)


def _digit_model(settings: Settings) -> Finding:
    try:
        load_digit_model(digits_path(settings))
    except DigitModelError as error:
        return Finding("แบบจำลองเลขไทย", Verdict.WARNING, str(error), "saraban train")
    return Finding("แบบจำลองเลขไทย", Verdict.GOOD, "พร้อมใช้")


def _classifier(settings: Settings) -> Finding:
    subject = "แบบจำลองหมวดเรื่อง"
    try:
        model = classify.load(settings.shelf, categories_of(settings))
    except (classify.NoTrainedModel, classify.DamagedModel) as error:
        return Finding(subject, Verdict.WARNING, str(error), "saraban train")
    except classify.CategoriesError as error:
        return Finding(subject, Verdict.MISSING, str(error), "แก้ไขไฟล์ แล้วสั่ง saraban categories")
    others = [
        f"{name} {trained} (เครื่องนี้ {version(name)})"
        for name, trained in model.card.libraries.items()
        if version(name) != trained
    ]
    if others:  # words are told apart by a dictionary, and it may be another one
        detail = f"รุ่น {model.version} ฝึกด้วย {', '.join(others)}"
        return Finding(subject, Verdict.WARNING, detail, "saraban train --again")
    return Finding(subject, Verdict.GOOD, f"รุ่น {model.version}")


def _categories(settings: Settings) -> Finding:
    subject = "รายการหมวด"
    try:
        known = categories_of(settings)
    except classify.CategoriesError as error:
        return Finding(subject, Verdict.MISSING, str(error), "แก้ไขไฟล์ แล้วสั่ง saraban categories")
    lost = [code for code in _codes_in_use(settings) if known.get(code) is None]
    if lost:
        detail = f"ทะเบียนใช้รหัส {', '.join(lost)} ซึ่งไม่มีในรายการ"
        return Finding(subject, Verdict.WARNING, detail, "ใส่รหัสกลับ โดยเติม retired = true")
    return Finding(subject, Verdict.GOOD, f"{len(known.mains())} หมวดหลัก")


def _codes_in_use(settings: Settings) -> list[str]:
    """Return the codes that records have; none where there is no database, or an older one."""
    if not settings.database_url and not (settings.data_dir / "saraban.sqlite3").exists():
        return []
    engine = open_database(settings.tables_url)
    if schema.revision(engine) != schema.newest_revision():
        return []
    with looking(engine) as connection:
        return sorted(count_by_category(connection))
