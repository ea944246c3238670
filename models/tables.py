"""The tables of the office. Rows never leave models/: its functions give back domain types."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from models.database import UtcDateTime
from models.recorded import RECORDED

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("source", String(40), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # Where the paper came from, as far as somebody said.
    Column("opened_by", Text),
    Column("station_id", Integer),  # of a station that opened it, and alone may use it
    Column("district", String(100)),
    Column("office", Text),
    Column("box", Text),
    Column("binder", Text),
    Column("channel", String(20)),
    Column("received_on", Date),
    Column("state", String(20), nullable=False, server_default="open"),
    Column("urgent", Integer, nullable=False, server_default="0"),
)

# One row per different file; the same bytes twice are one scan.
scans = Table(
    "scans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(40)),
    Column("size", Integer, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("source", String(40), nullable=False),
    Column("batch_id", Integer, ForeignKey("batches.id")),
    Column("state", String(20), nullable=False, index=True),
    Column("reason", Text),
    Column("pages", Integer),
    Column("district", String(100)),  # of the station or batch that it came with
    Column("settled_at", UtcDateTime, index=True),  # when reading it ended, well or badly
    Index("ix_scans_batch_id_state", "batch_id", "state"),
    # Of the pages: how many are blank, how many part letters; where letterheads propose cuts.
    Column("blank_pages", Integer),
    Column("separator_pages", Integer),
    Column("proposed_cuts", JSON),
)

# One row per file given to us, also for duplicates and refusals: receipts are made of these.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", Integer, ForeignKey("batches.id"), index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64)),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("scan_id", Integer, ForeignKey("scans.id"), index=True),
    Column("file_id", Integer, ForeignKey("batch_files.id"), index=True),
)

# Written with the scan in one transaction; the pipeline takes it from here, once.
work_items = Table(
    "work_items",
    metadata,
    Column("scan_id", Integer, ForeignKey("scans.id"), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("enqueued_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("attempt", Integer, nullable=False, server_default="1"),
)
# What waits and what is under way, in the order in which it is read.
Index(
    "ix_work_items_order",
    *(work_items.c.finished_at, work_items.c.enqueued_at),
    *(work_items.c.rank.desc(), work_items.c.scan_id),
)

pages = Table(
    "pages",
    metadata,
    Column("scan_id", Integer, ForeignKey("scans.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("reading", JSON, nullable=False),
    Column("read_at", UtcDateTime, nullable=False, index=True),
    Column("turn", Integer),  # degrees clockwise from the picture that was read to the one shown
    Column("look", String(16)),
)

# What was read of a page before an officer had it read again; nothing that was read is lost.
page_readings_before = Table(
    "page_readings_before",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("reading", JSON, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("turn", Integer),
    Column("officer", Text, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["scan_id", "number"], ["pages.scan_id", "pages.number"]),
    Index("ix_page_readings_before_scan_id_number", "scan_id", "number"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scan_id", Integer, ForeignKey("scans.id"), nullable=False),
    Column("letter", Integer, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("left_out", JSON),  # pages between these two that belong to no letter
    Column("kind", String(20), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("suggestion", JSON),
    # What the machine said of the category, for counting without opening every suggestion.
    Column("first_category", String(40)),
    Column("abstained", Integer),
    Column("familiarity", Float),
    Column("unsureness", Float),
    Column("alarms", JSON),
    Column("urgent", Integer, nullable=False, default=0),
    Column("doubts", Integer, nullable=False, default=0),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", UtcDateTime, nullable=False),
    # For the queue's filters alone: what the machine read, the words folded as for searching.
    Column("district", String(100)),
    Column("sought", String(300), nullable=False, server_default=""),
    UniqueConstraint("scan_id", "letter"),
    Index("ix_drafts_state_first_category", "state", "first_category"),
    Index("ix_drafts_state_created_at", "state", "created_at"),
)

# In the order of the queue, so that a page of it is read and not the whole.
_ORDER = (drafts.c.urgent.desc(), drafts.c.id)
Index("ix_drafts_state_urgency_id", drafts.c.state, *_ORDER)
Index("ix_drafts_state_urgency_id_sought", drafts.c.state, *_ORDER, drafts.c.sought)
Index(
    "ix_drafts_state_district_urgency_id",
    *(drafts.c.state, drafts.c.district, *_ORDER, drafts.c.created_at),
)

# All that an officer said, field by field; the machine's guess stays in the draft.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False, index=True),
    Column("action", String(20), nullable=False),
    Column("officer", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("reason", String(40)),
    Column("note", Text),
    Column("answers", JSON, nullable=False),
    Column("active_ms", Integer),
    UniqueConstraint("id", "action"),
    Index("ix_decisions_action_decided_at", "action", "decided_at"),
)

# A record cannot exist without a decision to confirm: the pair (decision, "confirm") must exist.
records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", Integer, ForeignKey("drafts.id"), nullable=False, unique=True),
    Column("decision_id", Integer, nullable=False, unique=True),
    Column("decision_action", String(20), nullable=False),
    Column("confirmed_by", Text, nullable=False),
    Column("confirmed_at", UtcDateTime, nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("category", String(40)),
    Column("second_category", String(40)),
    *(Column(name.value, Text) for name in RECORDED),
    Column("search_text", Text, nullable=False),
    ForeignKeyConstraint(["decision_id", "decision_action"], ["decisions.id", "decisions.action"]),
    CheckConstraint("decision_action = 'confirm'", name="only_confirmed"),
    CheckConstraint("length(confirmed_by) > 0", name="somebody_confirmed"),
)

# What the classifier learns from: the text of a letter without its persons, and the decision that
# an officer made of it, beside what the machine had said.
examples = Table(
    "examples",
    metadata,
    Column("draft_id", Integer, ForeignKey("drafts.id"), primary_key=True),
    Column("decision_id", Integer, ForeignKey("decisions.id"), nullable=False, unique=True),
    Column("decided_at", UtcDateTime, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("is_complaint", Integer, nullable=False),
    Column("category", String(40)),
    Column("second_category", String(40)),
    Column("first_category", String(40)),
    Column("place", Integer, nullable=False),
    Column("proposed", String(40)),
    Column("model_version", String(40), nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Column("key_name", String(8)),  # the open part of the key
    Column("district", String(100)),
    Column("enrolled_by", Text),
    Column("last_address", String(45)),
    Column("last_error", Text),
    Column("last_error_at", UtcDateTime),
    # The key before the newest still opens until then, so that a station can change at leisure.
    Column("earlier_key_hash", String(64), unique=True, index=True),
    Column("earlier_key_until", UtcDateTime),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("station_id", Integer, ForeignKey("stations.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("sha256", String(64)),  # both empty while the first request is under way
    Column("scan_id", Integer, ForeignKey("scans.id")),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)
