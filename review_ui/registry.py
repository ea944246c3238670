"""The registry: confirmed records, found by any of their words, and taken out as files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from models.database import looking
from models.decisions import decisions_of
from models.draft_states import Action
from models.records import Record, all_records, count, get_record, search
from models.second_readings import differing, settled_of_draft
from models.terms import FieldName
from review_ui import words
from review_ui.desk import Desk
from review_ui.export import export_csv, export_json, export_xlsx
from review_ui.field_groups import CORE, GROUPS
from review_ui.paging import SIZE, paging
from review_ui.rendering import error_page, frame, render
from review_ui.values import as_word

_LONGEST_QUERY = 200
_CHUNK = 2**16
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}

Export = Callable[[Iterable[Record], Mapping[str, str]], Iterable[bytes]]
_EXPORTS: dict[str, Export] = {
    "csv": export_csv,
    "xlsx": lambda records, labels: [export_xlsx(records, labels)],
    "json": export_json,
}


def registry_routes(desk: Desk) -> APIRouter:
    """Return the routes of the registry."""
    router = APIRouter(include_in_schema=False)

    @router.get("/registry")
    def registry(request: Request, q: str = "", page: int = 1) -> Response:
        query = q.strip()[:_LONGEST_QUERY]
        with looking(desk.engine) as connection:
            where = paging(page, count(connection, query))
            context = frame(request, connection) | {
                "query": query,
                "paging": where,
                "records": search(connection, query, SIZE, where.skipped),
                "labels": desk.labels,
                "as_word": as_word,
            }
        return render("registry.html", context)

    @router.get("/registry/{record_id:int}")
    def one(request: Request, record_id: int) -> Response:
        with looking(desk.engine) as connection:
            record = get_record(connection, record_id)
            if record is None:
                return error_page(request, 404, "ไม่พบรายการนี้ในทะเบียน")
            history = decisions_of(connection, [record.draft_id])[record.draft_id]
            context = frame(request, connection)
            again = settled_of_draft(connection, record.draft_id)
        said = next((d.answers for d in history if d.action is Action.CONFIRM), None) or {}
        context |= {
            "record": record,
            "labels": desk.labels,
            "said": said,
            "history": history,
            "word_of": _word_of(desk.labels),
            "groups": _filled(record, said),
            "again": again,
            "mended": differing(again.first, again.settled) if again and again.settled else (),
        }
        return render("record.html", context)

    @router.get("/registry/export.{form}")
    def export(form: Literal["csv", "xlsx", "json"], q: str = "") -> Response:
        # A slow download must not hold the database; the file is closed when it has been sent.
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        with looking(desk.engine) as connection:
            found = all_records(connection, q.strip()[:_LONGEST_QUERY])
            file.writelines(_EXPORTS[form](found, desk.labels))
        name = f"saraban-{desk.today():%Y%m%d}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        headers["Cache-Control"] = "no-store"
        return StreamingResponse(_chunks(file), 200, headers, _TYPES[form])

    return router


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _filled(record: Record, said: Mapping[str, Any]) -> dict[str, list[FieldName]]:
    """Return, by group, the fields of every letter and those that somebody filled in."""

    def worth_a_row(name: FieldName) -> bool:
        pair = said.get(name.value) or {}
        return bool(name in CORE or record.values[name] or pair.get("machine"))

    groups = {title: [n for n in names if worth_a_row(n)] for title, names in GROUPS.items()}
    return {title: names for title, names in groups.items() if names}


def _word_of(labels: Mapping[str, str]) -> Callable[[str, str | None], str]:
    """Return the function that puts a value of a decision's answers into words."""

    def word(name: str, value: str | None) -> str:
        if not value:
            return "–"
        if name == "kind":
            return next((text for kind, text in words.KINDS.items() if kind == value), value)
        if name in ("category", "second_category"):
            return labels.get(value, value)
        return as_word(FieldName(name), value)

    return word
