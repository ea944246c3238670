"""Separators and blank pages of a pile, and where the machine proposes cuts"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


# The columns are added and dropped in place: a table that is built anew would lose its CHECKs.
def upgrade() -> None:
    with op.batch_alter_table("scans", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("blank_pages", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("separator_pages", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("proposed_cuts", sa.JSON(), nullable=True))
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("left_out", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("drafts", recreate="never") as batch_op:
        batch_op.drop_column("left_out")
    with op.batch_alter_table("scans", recreate="never") as batch_op:
        for name in ("proposed_cuts", "separator_pages", "blank_pages"):
            batch_op.drop_column(name)
