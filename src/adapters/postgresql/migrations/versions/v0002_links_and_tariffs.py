"""Links to Emporia, what is spent of their budgets, who writes for them, and what energy costs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.execute("INSERT INTO changes (id, count) VALUES (1, 0)")
    op.create_table(
        "fences",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("customer_gid", name="pk_fences"),
    )
    op.create_table(
        "request_slots",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot_start", sa.BigInteger(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("customer_gid", "slot_start", "node", name="pk_request_slots"),
    )
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
    op.create_table(
        "currencies",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_currencies_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_currencies"),
    )
    op.create_table(
        "emporia_links",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("emporia_username", sa.String(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_tokens", sa.LargeBinary(), nullable=True),
        sa.Column("signed_in_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sealed_password", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_emporia_links_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_emporia_links"),
    )
    op.create_index(
        "ix_emporia_links_customer_gid", "emporia_links", ["customer_gid"], unique=False
    )
    op.create_index("ix_emporia_links_subject", "emporia_links", ["subject"], unique=False)
    op.create_table(
        "tariffs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_tariffs_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tariffs"),
    )
    op.create_index("ix_tariffs_user_id", "tariffs", ["user_id"], unique=False)
    op.create_table(
        "last_answers",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["emporia_links.user_id"],
            name="fk_last_answers_user_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name="pk_last_answers"),
    )
    op.create_index("ix_last_answers_customer_gid", "last_answers", ["customer_gid"], unique=False)


def downgrade() -> None:
    op.drop_table("last_answers")
    op.drop_table("tariffs")
    op.drop_table("emporia_links")
    op.drop_table("currencies")
    op.drop_table("utility_months")
    op.drop_table("request_slots")
    op.drop_table("fences")
    op.drop_table("changes")
