"""Who works on a draft, what is typed so far, how long it took, and what the queue is filtered by"""

import json
import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDICES = (
    ("district", "created_at"),
    ("first_category",),
    ("created_at",),
    ("sought",),
)
SOUGHT = ("reference_no", "received_no", "subject", "complainant", "sender")
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


# Columns are added and dropped in place: a table that is built anew would lose its CHECKs.
def upgrade() -> None:
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("district", sa.String(100), nullable=True))
        batch_op.add_column(sa.Column("sought", sa.String(300), nullable=False, server_default=""))
    with op.batch_alter_table("decisions", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("active_ms", sa.Integer(), nullable=True))
    _fill_in(op.get_bind())
    for names in INDICES:
        op.create_index(f"ix_drafts_state_{'_'.join(names)}", "drafts", ["state", *names])
    op.create_index(op.f("ix_pages_read_at"), "pages", ["read_at"])
    op.create_index(op.f("ix_scans_batch_id"), "scans", ["batch_id"])
    op.create_index("ix_decisions_action_decided_at", "decisions", ["action", "decided_at"])
    op.create_table(
        "claims",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_claims_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_until"), "claims", ["until"])
    op.create_table(
        "unfinished",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_unfinished_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_unfinished")),
    )
    op.create_table(
        "second_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("first_officer", sa.Text(), nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("second_officer", sa.Text(), nullable=True),
        sa.Column("second_at", sa.DateTime(), nullable=True),
        sa.Column("second", sa.JSON(), nullable=True),
        sa.Column("third_officer", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_second_readings_draft_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_readings")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_second_readings_draft_id")),
    )
    for name in ("state", "settled_at"):
        op.create_index(op.f(f"ix_second_readings_{name}"), "second_readings", [name])


def _fill_in(connection: sa.Connection) -> None:
    """Give the drafts that are there already what the queue is filtered by."""
    table = sa.table("drafts", *(sa.column(n) for n in ("id", "fields", "district", "sought")))
    for draft_id, stored in connection.execute(sa.select(table.c.id, table.c.fields)).all():
        values = (json.loads(stored) if isinstance(stored, str) else stored)["values"]
        said = {name: field["value"] for name, field in values.items() if field and field["value"]}
        words = " ".join(said[name] for name in SOUGHT if name in said)
        folded = unicodedata.normalize("NFC", words).translate(DIGITS).replace("ํา", "ำ")
        connection.execute(
            sa.update(table)
            .where(table.c.id == draft_id)
            .values(
                district=said.get("district", "")[:100] or None,
                sought=re.sub(r"\s+", "", folded).casefold()[:300],
            )
        )


def downgrade() -> None:
    op.drop_table("second_readings")
    op.drop_table("unfinished")
    op.drop_table("claims")
    op.drop_index(op.f("ix_pages_read_at"), "pages")
    op.drop_index(op.f("ix_scans_batch_id"), "scans")
    op.drop_index("ix_decisions_action_decided_at", "decisions")
    for names in reversed(INDICES):
        op.drop_index(f"ix_drafts_state_{'_'.join(names)}", "drafts")
    with op.batch_alter_table("decisions", recreate="never") as batch_op:
        batch_op.drop_column("active_ms")
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        batch_op.drop_column("sought")
        batch_op.drop_column("district")
