"""What the classifier said of a letter, a second category, and the examples it learns from"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OF_DRAFTS = (
    ("first_category", sa.String(40)),
    ("abstained", sa.Integer()),
    ("familiarity", sa.Float()),
    ("unsureness", sa.Float()),
    ("alarms", sa.JSON()),
)


# Columns are added and dropped in place: a table that is built anew would lose its CHECKs.
def upgrade() -> None:
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        for name, kind in OF_DRAFTS:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("records", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("second_category", sa.String(40), nullable=True))
    op.create_table(
        "examples",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_complaint", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(40), nullable=True),
        sa.Column("second_category", sa.String(40), nullable=True),
        sa.Column("first_category", sa.String(40), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.String(40), nullable=True),
        sa.Column("model_version", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_examples_draft_id")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_examples_decision_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_examples")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_examples_decision_id")),
    )
    op.create_index(op.f("ix_examples_decided_at"), "examples", ["decided_at"])


def downgrade() -> None:
    op.drop_table("examples")
    with op.batch_alter_table("records", recreate="never") as batch_op:
        batch_op.drop_column("second_category")
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        for name, _ in reversed(OF_DRAFTS):
            batch_op.drop_column(name)
