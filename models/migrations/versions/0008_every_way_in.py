"""Every way in: batches with an origin, uploads that resume, stations that enrol"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BATCH = (
    ("opened_by", sa.Text()),
    ("station_id", sa.Integer()),
    ("district", sa.String(100)),
    ("office", sa.Text()),
    ("box", sa.Text()),
    ("binder", sa.Text()),
    ("channel", sa.String(20)),
    ("received_on", sa.Date()),
)
STATION = (
    ("key_name", sa.String(8)),
    ("district", sa.String(100)),
    ("enrolled_by", sa.Text()),
    ("last_address", sa.String(45)),
    ("last_error", sa.Text()),
    ("last_error_at", sa.DateTime()),
    ("earlier_key_hash", sa.String(64)),
    ("earlier_key_until", sa.DateTime()),
)


def upgrade() -> None:
    op.create_table(
        "batch_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("reason", sa.Text()),
        sa.Column("sha256", sa.String(64)),
        sa.Column("scan_id", sa.Integer()),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_batch_files_batch_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_batch_files_scan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_batch_files"),
        sa.UniqueConstraint(
            *("batch_id", "path", "size", "modified"),
            name="uq_batch_files_batch_id_path_size_modified",
        ),
    )
    op.create_index(
        "ix_batch_files_batch_id_state", "batch_files", ["batch_id", "state", "outcome"]
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(100), nullable=False),
        sa.Column("batch_id", sa.Integer()),
        sa.Column("file_id", sa.Integer()),
        sa.Column("district", sa.String(100)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime()),
        sa.Column("outcome", sa.String(20)),
        sa.Column("reason", sa.Text()),
        sa.Column("scan_id", sa.Integer()),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_uploads_batch_id"),
        sa.ForeignKeyConstraint(["file_id"], ["batch_files.id"], name="fk_uploads_file_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_uploads_scan_id"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_file_id", "uploads", ["file_id"])
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_code_hash", sa.String(64), nullable=False),
        sa.Column("user_code", sa.String(8), nullable=False),
        sa.Column("station_name", sa.Text(), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("district", sa.String(100)),
        sa.Column("station_id", sa.Integer()),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_enrolments_station_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint("device_code_hash", name="uq_enrolments_device_code_hash"),
        sa.UniqueConstraint("user_code", name="uq_enrolments_user_code"),
    )
    with op.batch_alter_table("batches", recreate="never") as batch_op:
        for name, kind in BATCH:
            batch_op.add_column(sa.Column(name, kind))
        batch_op.add_column(
            sa.Column("state", sa.String(20), nullable=False, server_default="open")
        )
        batch_op.add_column(sa.Column("urgent", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("scans", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("district", sa.String(100)))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime()))
    op.drop_index("ix_scans_batch_id", "scans")
    op.create_index("ix_scans_batch_id_state", "scans", ["batch_id", "state"])
    op.create_index("ix_scans_settled_at", "scans", ["settled_at"])
    with op.batch_alter_table("arrivals", recreate="always") as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Integer()))
        batch_op.create_foreign_key("fk_arrivals_file_id", "batch_files", ["file_id"], ["id"])
    op.create_index("ix_arrivals_file_id", "arrivals", ["file_id"])
    op.create_index("ix_arrivals_scan_id", "arrivals", ["scan_id"])
    op.drop_index("ix_work_items_enqueued_at", "work_items")
    with op.batch_alter_table("work_items", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("finished_at", sa.DateTime()))
        batch_op.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        "UPDATE work_items SET finished_at = COALESCE(enqueued_at, created_at)"
        " WHERE scan_id IN (SELECT id FROM scans WHERE state <> 'received')"
    )
    op.create_index(
        "ix_work_items_order",
        "work_items",
        ["finished_at", "enqueued_at", sa.desc("rank"), "scan_id"],
    )
    # In place: others refer to this table, so it cannot be dropped and built anew.
    with op.batch_alter_table("stations", recreate="never") as batch_op:
        for column, its_kind in STATION:
            batch_op.add_column(sa.Column(column, its_kind))
    op.create_index("ix_stations_earlier_key_hash", "stations", ["earlier_key_hash"], unique=True)
    with op.batch_alter_table("idempotency_keys", recreate="always") as batch_op:
        batch_op.alter_column("sha256", existing_type=sa.String(64), nullable=True)
        batch_op.alter_column("scan_id", existing_type=sa.Integer(), nullable=True)
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_idempotency_keys_created_at", "idempotency_keys")
    op.execute("DELETE FROM idempotency_keys WHERE sha256 IS NULL OR scan_id IS NULL")
    with op.batch_alter_table("idempotency_keys", recreate="always") as batch_op:
        batch_op.alter_column("sha256", existing_type=sa.String(64), nullable=False)
        batch_op.alter_column("scan_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("enrolments")
    op.drop_index("ix_stations_earlier_key_hash", "stations")
    with op.batch_alter_table("stations", recreate="never") as batch_op:
        for name, _ in STATION:
            batch_op.drop_column(name)
    op.drop_index("ix_work_items_order", "work_items")
    with op.batch_alter_table("work_items", recreate="never") as batch_op:
        for name in ("finished_at", "rank", "attempt"):
            batch_op.drop_column(name)
    op.create_index("ix_work_items_enqueued_at", "work_items", ["enqueued_at"])
    op.drop_index("ix_arrivals_scan_id", "arrivals")
    op.drop_index("ix_arrivals_file_id", "arrivals")
    with op.batch_alter_table("arrivals", recreate="always") as batch_op:
        batch_op.drop_constraint("fk_arrivals_file_id", type_="foreignkey")
        batch_op.drop_column("file_id")
    op.drop_index("ix_scans_settled_at", "scans")
    op.drop_index("ix_scans_batch_id_state", "scans")
    op.create_index("ix_scans_batch_id", "scans", ["batch_id"])
    with op.batch_alter_table("scans", recreate="never") as batch_op:
        batch_op.drop_column("settled_at")
        batch_op.drop_column("district")
    with op.batch_alter_table("batches", recreate="never") as batch_op:
        for name in ("urgent", "state", *(name for name, _ in reversed(BATCH))):
            batch_op.drop_column(name)
    op.drop_table("uploads")
    op.drop_table("batch_files")
