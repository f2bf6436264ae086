"""In which currency users pay for energy."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "currencies",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_currencies"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_currencies_user_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("currencies")
