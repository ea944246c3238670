"""What more a record says of a complaint: who signs, who complains, from where, how it ended"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEW = (
    *("received_time", "signatory", "position", "refers_to"),
    *("group_size", "anonymous", "confidential", "age", "house_no", "moo"),
    *("home_subdistrict", "home_district", "home_province"),
    *("channel", "case_no", "respondent", "respondent_role", "wish", "incident_date"),
    *("outcome", "finished_date"),
)


# The columns are added and dropped in place: a table that is built anew would lose its CHECKs,
# and with them the promise that no record exists without a decision.
def upgrade() -> None:
    with op.batch_alter_table("records", recreate="never") as batch_op:
        for name in NEW:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("records", recreate="never") as batch_op:
        for name in reversed(NEW):
            batch_op.drop_column(name)
