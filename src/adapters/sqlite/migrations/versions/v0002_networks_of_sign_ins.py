"""From where users have signed in, as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_networks",
        sa.Column("network_mark", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("network_mark", name="pk_known_networks"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_known_networks_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_known_networks_user_id", "known_networks", ["user_id"])
    op.create_index("ix_known_networks_seen_at", "known_networks", ["seen_at"])


def downgrade() -> None:
    op.drop_table("known_networks")
