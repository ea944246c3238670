"""Pages turned by an officer, read again, and parted into letters anew"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# The column is added and dropped in place: a table that is built anew would lose its CHECKs.
def upgrade() -> None:
    with op.batch_alter_table("pages", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("turn", sa.Integer(), nullable=True))
    op.create_table(
        "page_readings_before",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id", "number"],
            ["pages.scan_id", "pages.number"],
            name=op.f("fk_page_readings_before_scan_id_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_readings_before")),
    )
    op.create_index(
        "ix_page_readings_before_scan_id_number", "page_readings_before", ["scan_id", "number"]
    )
    op.create_table(
        "rearrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_rearrangements_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rearrangements")),
    )
    op.create_index(op.f("ix_rearrangements_scan_id"), "rearrangements", ["scan_id"])


def downgrade() -> None:
    op.drop_table("rearrangements")
    op.drop_table("page_readings_before")
    with op.batch_alter_table("pages", recreate="never") as batch_op:
        batch_op.drop_column("turn")
