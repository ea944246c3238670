"""The tables of the officers' desk: who works on what, and what is read once more."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Integer, String, Table, Text

from models.database import UtcDateTime
from models.tables import metadata

# Who works on a draft now. A claim that has run out is nobody's: the next officer may have it.
claims = Table(
    "claims",
    metadata,
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True),
    Column("officer", Text, nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, index=True),
)

# The form as far as it was filled in; kept by the browser's own saving until somebody decides.
unfinished = Table(
    "unfinished",
    metadata,
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True),
    Column("officer", Text, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("form", JSON, nullable=False),
)

# The pages of a scan parted into letters anew: drafts before and after, and whether it was undone.
rearrangements = Table(
    "rearrangements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", Integer, ForeignKey("scans.id"), nullable=False, index=True),
    Column("officer", Text, nullable=False),
    Column("done_at", UtcDateTime, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by", Text),
)

# Confirmed letters whose critical fields a second officer reads again without seeing the first
# answer; a difference goes to a third. ``weight`` is one over the chance of being chosen.
second_readings = Table(
    "second_readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False, unique=True),
    Column("chosen_at", UtcDateTime, nullable=False),
    Column("weight", Float, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("first_officer", Text, nullable=False),
    Column("first", JSON, nullable=False),
    Column("second_officer", Text),
    Column("second_at", UtcDateTime),
    Column("second", JSON),
    Column("third_officer", Text),
    Column("settled_at", UtcDateTime, index=True),
    Column("settled", JSON),
)
