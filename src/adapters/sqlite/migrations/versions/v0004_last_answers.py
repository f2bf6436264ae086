"""What Emporia told last of each link, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_answers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "kind", name="pk_last_answers"),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["emporia_links.user_id"],
            name="fk_last_answers_user_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_last_answers_customer_gid", "last_answers", ["customer_gid"])


def downgrade() -> None:
    op.drop_table("last_answers")
