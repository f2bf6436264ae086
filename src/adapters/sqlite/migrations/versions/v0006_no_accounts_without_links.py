"""Whose account is known from the links alone: nothing of an account outlives them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("emporia_accounts")
    op.create_index("ix_emporia_links_subject", "emporia_links", ["subject"])


def downgrade() -> None:
    op.drop_index("ix_emporia_links_subject", "emporia_links")
    op.create_table(
        "emporia_accounts",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_emporia_accounts"),
    )
