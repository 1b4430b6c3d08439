"""Profiles, daily counts, handled updates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "user_preference",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("work_country", sa.String(2)),
        sa.Column("region", sa.String(6)),
        sa.Column("home_country", sa.String(2)),
        sa.Column("link", sa.String(64)),
        sa.Column("last_seen", sa.Date, nullable=False),
    )
    op.create_index("ix_user_preference_last_seen", "user_preference", ["last_seen"])
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("link", sa.String(64), primary_key=True),
        sa.Column("topic", sa.String(32), primary_key=True),
        sa.Column("country", sa.String(2), primary_key=True),
        sa.Column("language", sa.String(3), primary_key=True),
        sa.Column("outcome", sa.String(24), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "handled_update",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_handled_update_handled_at", "handled_update", ["handled_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("handled_update")
    op.drop_table("daily_count")
    op.drop_table("user_preference")
