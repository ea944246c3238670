"""The API of the way in, version 1: documents, uploads, batches, and stations that enrol."""

from __future__ import annotations

from fastapi import APIRouter

from ingest.batch_routes import batch_routes
from ingest.document_routes import document_routes
from ingest.enrolment_routes import enrolment_routes
from ingest.entrance import Entrance
from ingest.upload_routes import upload_routes


def intake_api(entrance: Entrance) -> list[APIRouter]:
    """Return all routes under ``/api/v1``."""
    parts = (document_routes, upload_routes, batch_routes, enrolment_routes)
    return [routes(entrance) for routes in parts]
