"""The utility's own readings, a row a home and month, by the account at Emporia."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "utility_months",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("home_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month_start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "customer_gid", "home_gid", "month_start", name="pk_utility_months"
        ),
    )


def downgrade() -> None:
    op.drop_table("utility_months")
