"""The plan of the house: which room may import which, and where every heavy library lives."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("saraban", "ingest", "review_ui", "ocr", "extract", "classify", "agent", "models")
PURE = ("ocr", "extract", "classify")

# Who may import whom; the pure rooms know three modules of models/, which import nothing else.
LETTERS = frozenset({"models.letters", "models.terms", "models.national_id"})
ARROWS: dict[str, frozenset[str]] = {
    "saraban": frozenset(ROOMS),
    "ingest": frozenset({"ocr", "extract", "classify", "models"}),
    "review_ui": frozenset({"models"}),
    "ocr": LETTERS,
    "extract": LETTERS,
    "classify": LETTERS,
    "agent": frozenset(),  # it is handed to PCs that have nothing of ours
    "models": frozenset(),
}

# The modules of the API.
API = (
    *("ingest.api", "ingest.answers", "ingest.callers", "ingest.events", "ingest.request_body"),
    *(f"ingest.{name}_routes" for name in ("document", "upload", "batch", "enrolment")),
)

# The homes of the heavy libraries: modules, or whole rooms.
HOMES: dict[str, frozenset[str]] = {
    "zxingcpp": frozenset({"ocr.codes"}),
    "pytesseract": frozenset({"ocr.tesseract"}),
    "pdf2image": frozenset({"ingest.opening"}),
    "PIL": frozenset(
        {
            *("ingest.confined.open_image", "ocr.digit_training", "ocr.number_training"),
            *("ocr.strips", "saraban.paper"),
        }
    ),
    "torch": frozenset({"ocr.number_training"}),
    "sklearn": frozenset({"classify", "ocr.digit_training"}),
    "skops": frozenset({"classify"}),
    "dbos": frozenset({"ingest.pipeline", "ingest.worker"}),
    "geothai": frozenset({"extract.gazetteer"}),
    "alembic": frozenset({"models"}),
    "fastapi": frozenset({"saraban.app", *API, "ingest.problems", "review_ui"}),
    "starlette": frozenset({"saraban.app", *API, "ingest.body_limit", "review_ui"}),
    "sse_starlette": frozenset({"ingest.events"}),
    "uvicorn": frozenset({"saraban.cli"}),
    "typer": frozenset(
        {
            *("saraban.cli", "saraban.model_commands", "saraban.safekeeping"),
            *("saraban.separator_commands", "saraban.agent_commands"),
        }
    ),
    "rich": frozenset({"saraban"}),
    "jinja2": frozenset({"review_ui.rendering"}),
    "openpyxl": frozenset({"review_ui.export"}),
    "pydantic_settings": frozenset({"saraban.settings"}),
    "pickle": frozenset(),  # what a pickle says is executed: never
    "cPickle": frozenset(),
    "dill": frozenset(),
    "joblib": frozenset(),  # loads pickles
}

# SQLAlchemy lives in models/. These rooms may say the names of what models/ hands them (types) and
# of what it may raise; nobody else builds a query.
SPEAKS_OF_SQLALCHEMY = ("ingest", "review_ui", "saraban")
SQLALCHEMY_NAMES = frozenset(
    {
        *("sqlalchemy.Engine", "sqlalchemy.Connection"),
        *("sqlalchemy.exc.IntegrityError", "sqlalchemy.exc.OperationalError"),
        *("sqlalchemy.exc.ArgumentError", "sqlalchemy.exc.SQLAlchemyError"),
    }
)

NO_SUBJECT = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
_CLOCKS = {"now", "utcnow", "today"}
_TIME = {"time", "time_ns", "localtime", "gmtime", "strftime"}


@dataclass(frozen=True)
class Import:
    """One imported name, written out in full."""

    by: str
    line: int
    name: str

    @property
    def room(self) -> str:
        return self.by.split(".")[0]


def modules() -> list[tuple[str, Path]]:
    """Every module of the house with its dotted name."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found.append((".".join(part for part in parts if part != "__init__"), path))
    return found


def imports_of(module: str, source: str) -> Iterator[Import]:
    """Every import of a module, also those inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively"
            for alias in node.names:
                yield Import(module, node.lineno, f"{node.module}.{alias.name}")


def within(name: str, places: frozenset[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def fault(found: Import) -> str | None:
    """Why an import breaks the plan of the house, None if it does not."""
    library = found.name.split(".")[0]
    where = f"{found.by}:{found.line} imports {found.name}"
    if library in ROOMS:
        allowed = ARROWS[found.room] | {found.room}
        return None if within(found.name, allowed) else f"{where}: no such arrow"
    if library in HOMES:
        return None if within(found.by, HOMES[library]) else f"{where}: outside its home"
    if library == "sqlalchemy" and found.room != "models":
        may = found.room in SPEAKS_OF_SQLALCHEMY and found.name in SQLALCHEMY_NAMES
        return None if may else f"{where}: queries belong in models"
    return None


def faults_in(module: str, source: str) -> list[str]:
    return [why for found in imports_of(module, source) if (why := fault(found))]


def clock_reads(source: str) -> list[int]:
    """The lines that ask the computer what time it is."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            lines.append(node.lineno)
        if isinstance(node, ast.Attribute):
            on_time = isinstance(node.value, ast.Name) and node.value.id == "time"
            if node.attr in _CLOCKS or (on_time and node.attr in _TIME):
                lines.append(node.lineno)
    return lines


def our_files() -> list[Path]:
    """The files that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in answer.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_rooms_import_only_along_the_arrows_and_libraries_stay_in_their_homes() -> None:
    faults = [why for name, path in modules() for why in faults_in(name, path.read_text())]
    assert faults == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("extract.dates", "import models.tables"),
        ("extract.dates", "from models import drafts"),
        ("extract.dates", "def f():\n    from ocr import reader"),
        ("models.scans", "from ingest.sniff import sniff"),
        ("review_ui.queue", "import ingest.archive"),
        ("ingest.intake", "from saraban.settings import Settings"),
        ("ingest.intake", "from review_ui import pages"),
        ("ocr.reader", "import pytesseract"),
        ("ingest.page_reading", "from pdf2image import convert_from_path"),
        ("ingest.page_reading", "from PIL import Image"),
        ("ingest.page_codes", "import zxingcpp"),
        ("extract.kinds", "from sklearn.linear_model import LogisticRegression"),
        ("review_ui.queue", "from sqlalchemy import select"),
        ("extract.kinds", "from sqlalchemy import Engine"),
        ("ingest.intake", "from dbos import DBOS"),
        ("ingest.intake", "from fastapi import Request"),
        ("classify.shelf", "import pickle"),
    ],
)
def test_a_forbidden_import_is_noticed(module: str, source: str) -> None:
    assert len(faults_in(module, source)) == 1


def test_the_rooms_that_are_imported_form_no_cycle() -> None:
    arrows: dict[str, set[str]] = {room: set() for room in ROOMS}
    for name, path in modules():
        for found in imports_of(name, path.read_text()):
            target = found.name.split(".")[0]
            if target in ROOMS and target != found.room:
                arrows[found.room].add(target)
    assert sum(map(len, arrows.values())) > 6  # we did look
    while arrows:
        leaves = {room for room, targets in arrows.items() if not targets & arrows.keys()}
        assert leaves, f"a cycle among {sorted(arrows)}"
        arrows = {room: targets for room, targets in arrows.items() if room not in leaves}


def test_nothing_is_imported_behind_the_back_of_these_tests() -> None:
    sly = {"import_module", "__import__", "exec", "eval"}
    found = [
        f"{name}:{node.lineno}"
        for name, path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", None) in sly or getattr(node.func, "attr", None) in sly)
    ]
    assert found == []


def test_no_module_is_longer_than_300_lines() -> None:
    every = [path for room in (*ROOMS, "benchmarks") for path in (ROOT / room).rglob("*.py")]
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in every}
    assert len(sizes) > 100
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_nothing_is_named_after_no_subject() -> None:
    parts = {
        part.lower() for path in our_files() for part in (path.stem, *path.relative_to(ROOT).parts)
    }
    assert "database" in parts
    assert parts & NO_SUBJECT == set()


def test_the_pure_rooms_never_look_at_the_clock() -> None:
    found = [
        f"{name}:{line}"
        for name, path in modules()
        if name.split(".")[0] in PURE
        for line in clock_reads(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "source", ["dt.datetime.now()", "date.today()", "import time\ntime.time()", "f(clock=dt.now)"]
)
def test_a_look_at_the_clock_is_noticed(source: str) -> None:
    assert len(clock_reads(source)) == 1


def test_no_file_names_a_path_of_a_developers_machine() -> None:
    ours = ["/" + folder + "/" for folder in ("work", "root")]
    found = [
        f"{path.relative_to(ROOT)} names {place}"
        for path in our_files()
        for place in ours
        if place.encode() in path.read_bytes()
    ]
    assert found == []
