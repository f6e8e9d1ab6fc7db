"""The votes. A file made before there were migrations has them already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table of the votes, where it is not there yet."""
    op.create_table(
        "votes",
        sa.Column("answer_id", sa.String(), primary_key=True),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(1_000), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("generation", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        if_not_exists=True,
    )
