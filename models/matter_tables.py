"""The tables by which letters of one matter are found."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from models.database import UtcDateTime
from models.tables import metadata

# By what a letter is compared with all others, whatever became of it.
draft_marks = Table(
    "draft_marks",
    metadata,
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True),
    Column("reference", Text, nullable=False),
    Column("date", String(10), nullable=False),
    Column("complainant", Text, nullable=False),
    Column("subdistrict", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("look", String(16)),
    Column("runs", Integer, nullable=False),
    Index("ix_draft_marks_reference_date_draft_id", "reference", "date", "draft_id"),
    Index("ix_draft_marks_complainant_draft_id", "complainant", "draft_id"),
)

draft_runs = Table(
    "draft_runs",
    metadata,
    Column("run", BigInteger, primary_key=True, autoincrement=False),
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True, autoincrement=False),
)

draft_bands = Table(
    "draft_bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True, autoincrement=False),
)

# Two letters that may be of the same matter, and what an officer said of it; the older one first.
same_matters = Table(
    "same_matters",
    metadata,
    Column("first_id", Integer, ForeignKey("drafts.id"), primary_key=True, autoincrement=False),
    Column(
        "second_id",
        Integer,
        ForeignKey("drafts.id"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
    Column("reasons", JSON, nullable=False),
    Column("score", Float, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
    Column("verdict", String(20), index=True),
    Column("officer", Text),
    Column("decided_at", UtcDateTime),
    CheckConstraint("first_id < second_id", name="older_first"),
    CheckConstraint("(verdict IS NULL) = (officer IS NULL)", name="somebody_judged"),
)
