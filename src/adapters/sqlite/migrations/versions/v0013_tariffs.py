"""Tariffs, each a document of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tariffs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tariffs"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_tariffs_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_tariffs_user_id", "tariffs", ["user_id"])


def downgrade() -> None:
    op.drop_table("tariffs")
