"""Publications go back to the queue; the queue is read in its order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; a publication of before has none of the three."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("sources", json, nullable=True),
        sa.Column("returned", moment, nullable=True),
        sa.Column("withdrawn", moment, nullable=True),
    ):
        op.add_column("publications", column)
    # The queue in its order: a page is read without sorting all that waits.
    order: list[str | sa.TextClause] = [
        sa.text("urgency DESC"),
        "created",
        "id",
        "state",
        "holder_id",
    ]
    op.create_index("ix_items_order", "items", order)
