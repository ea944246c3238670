"""The tables of the way in: chosen files, uploads under way, stations that enrol."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from models.database import UtcDateTime
from models.tables import metadata

# The manifest of a batch: every file that somebody chose, before a byte of it is sent. Picking the
# same folder again finds the same rows, so that only what is missing is sent.
batch_files = Table(
    "batch_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey("batches.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),  # milliseconds since 1970
    Column("state", String(20), nullable=False),
    Column("outcome", String(20)),
    Column("reason", Text),
    Column("sha256", String(64)),
    Column("scan_id", Integer, ForeignKey("scans.id")),
    UniqueConstraint("batch_id", "path", "size", "modified"),
    Index("ix_batch_files_batch_id_state", "batch_id", "state", "outcome"),
)

# Uploads that may be resumed. ``offset`` bytes are on disk for certain; what a crash left behind
# them is cut off. A finished one stays until it expires, for a sender that lost the last answer.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(100), nullable=False),
    Column("batch_id", Integer, ForeignKey("batches.id")),
    Column("file_id", Integer, ForeignKey("batch_files.id"), index=True),
    Column("district", String(100)),
    Column("name", Text, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("sha256", String(64)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("finished_at", UtcDateTime),
    Column("outcome", String(20)),
    Column("reason", Text),
    Column("scan_id", Integer, ForeignKey("scans.id")),
)

# Stations that show a code and wait for somebody of the office to approve it.
enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device_code_hash", String(64), nullable=False, unique=True),
    Column("user_code", String(8), nullable=False, unique=True),
    Column("station_name", Text, nullable=False),
    Column("address", String(45), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),
    Column("state", String(20), nullable=False),
    Column("decided_by", Text),
    Column("district", String(100)),
    Column("station_id", Integer, ForeignKey("stations.id")),
)
