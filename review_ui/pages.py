"""The officers' pages, put together: the one thing that the application needs of this room."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from review_ui.classifier_page import classifier_routes
from review_ui.compare import compare_routes
from review_ui.desk import Archive, Category, Desk
from review_ui.pictures import picture_routes
from review_ui.queue import queue_routes
from review_ui.registry import registry_routes
from review_ui.rendering import STATIC, error_page
from review_ui.review import review_routes
from review_ui.seat import seat_routes

__all__ = ["Archive", "Category", "Desk", "error_page", "officer_pages"]


class _Static(StaticFiles):
    """Our own files; their addresses change with their content, so browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; without a version in its address it is asked for again each day."""
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        age = "31536000, immutable" if versioned else "86400"
        response.headers["Cache-Control"] = f"private, max-age={age}"
        return response


def officer_pages(app: FastAPI, desk: Desk) -> None:
    """Add the officers' pages and their static files to the application."""
    for routes in (
        *(queue_routes, review_routes, registry_routes, picture_routes, seat_routes),
        *(classifier_routes, compare_routes),
    ):
        app.include_router(routes(desk))
    app.mount("/static", _Static(directory=STATIC), name="static")
