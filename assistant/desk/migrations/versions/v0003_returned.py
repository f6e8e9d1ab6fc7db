"""Publications go back to the queue: what their sources said, when they were sent back, withdrawn."""

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
