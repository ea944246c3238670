"""Indexes in the order of the queue, urgent letters first"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_drafts_state_urgent_id": ["state", "urgent", "id"],
    "ix_drafts_state_district_created_at": ["state", "district", "created_at"],
    "ix_drafts_state_sought": ["state", "sought"],
}
ORDER: tuple[Any, ...] = (sa.desc("urgent"), "id")
AFTER: dict[str, list[Any]] = {
    "ix_drafts_state_urgency_id": ["state", *ORDER],
    "ix_drafts_state_district_urgency_id": ["state", "district", *ORDER, "created_at"],
    "ix_drafts_state_urgency_id_sought": ["state", *ORDER, "sought"],
}


def upgrade() -> None:
    for name in BEFORE:
        op.drop_index(name, "drafts")
    for name, columns in AFTER.items():
        op.create_index(name, "drafts", columns)


def downgrade() -> None:
    for name in AFTER:
        op.drop_index(name, "drafts")
    for name, columns in BEFORE.items():
        op.create_index(name, "drafts", columns)
