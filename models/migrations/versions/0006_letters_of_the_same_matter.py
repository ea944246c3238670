"""By what letters are compared, and which of them may be of the same matter"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pages", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("look", sa.String(16), nullable=True))
    op.create_table(
        "draft_marks",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("complainant", sa.Text(), nullable=False),
        sa.Column("subdistrict", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("look", sa.String(16), nullable=True),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_marks_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_marks")),
    )
    for names in (["reference", "date", "draft_id"], ["complainant", "draft_id"]):
        op.create_index(op.f("ix_draft_marks_" + "_".join(names)), "draft_marks", names)
    for table, key, kind in (
        ("draft_runs", "run", sa.BigInteger()),
        ("draft_bands", "band", sa.Integer()),
    ):
        op.create_table(
            table,
            sa.Column(key, kind, nullable=False),
            sa.Column("draft_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f(f"fk_{table}_draft_id")),
            sa.PrimaryKeyConstraint(key, "draft_id", name=op.f(f"pk_{table}")),
        )
    op.create_table(
        "same_matters",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=True),
        sa.Column("officer", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_same_matters_older_first")),
        sa.CheckConstraint(
            "(verdict IS NULL) = (officer IS NULL)", name=op.f("ck_same_matters_somebody_judged")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["drafts.id"], name=op.f("fk_same_matters_first_id")),
        sa.ForeignKeyConstraint(
            ["second_id"], ["drafts.id"], name=op.f("fk_same_matters_second_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_same_matters")),
    )
    for name in ("second_id", "verdict"):
        op.create_index(op.f(f"ix_same_matters_{name}"), "same_matters", [name])


def downgrade() -> None:
    for table in ("same_matters", "draft_bands", "draft_runs", "draft_marks"):
        op.drop_table(table)
    with op.batch_alter_table("pages", recreate="never") as batch_op:
        batch_op.drop_column("look")
