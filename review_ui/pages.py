"""The officers' pages, put together: the one thing that the application needs of this room."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from review_ui.claiming import claiming_routes
from review_ui.classifier_page import classifier_routes
from review_ui.compare import compare_routes
from review_ui.desk import Archive, Category, Desk
from review_ui.import_routes import import_routes
from review_ui.overview import overview_routes
from review_ui.page_routes import page_routes
from review_ui.pictures import picture_routes
from review_ui.print_routes import print_routes
from review_ui.queue import queue_routes
from review_ui.registry import registry_routes
from review_ui.rendering import STATIC, error_page, static_version
from review_ui.review import review_routes
from review_ui.seat import seat_routes
from review_ui.second import second_routes
from review_ui.split_routes import split_routes
from review_ui.station_routes import station_routes

__all__ = ["Archive", "Category", "Desk", "error_page", "officer_pages"]


class _Static(StaticFiles):
    """Our own files; their addresses change with their content, so browsers may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; one that is asked for without our version is not to be kept."""
        version, _, name = path.partition("/")
        ours = version == static_version()
        response = await super().get_response(name if ours else path, scope)
        keep = "private, max-age=31536000, immutable" if ours else "no-cache"
        response.headers["Cache-Control"] = keep
        return response


def officer_pages(app: FastAPI, desk: Desk) -> None:
    """Add the officers' pages and their static files to the application."""
    for routes in (
        *(queue_routes, review_routes, registry_routes, picture_routes, seat_routes),
        *(classifier_routes, claiming_routes, second_routes, overview_routes),
        *(page_routes, split_routes, compare_routes, import_routes, station_routes),
        *(print_routes,),
    ):
        app.include_router(routes(desk))
    app.mount("/static", _Static(directory=STATIC), name="static")
