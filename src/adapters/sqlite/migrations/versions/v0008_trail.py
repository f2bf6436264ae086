"""What happened to accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_trail_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_trail_at", "trail", ["at"])
    op.create_index("ix_trail_until", "trail", ["until"])
    op.create_index("ix_trail_user_id_at", "trail", ["user_id", "at"])
    op.create_index("ix_trail_user_id_group_key", "trail", ["user_id", "group_key"], unique=True)


def downgrade() -> None:
    op.drop_table("trail")
