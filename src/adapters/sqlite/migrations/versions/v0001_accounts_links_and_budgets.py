"""Accounts, links, ended logins and spent budgets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email_key", name="uq_users_email_key"),
    )
    op.create_table(
        "emporia_accounts",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_emporia_accounts"),
    )
    op.create_table(
        "emporia_links",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("emporia_username", sa.String(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed_tokens", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name="pk_emporia_links"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_emporia_links_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_emporia_links_customer_gid", "emporia_links", ["customer_gid"])
    op.create_table(
        "ended_logins",
        sa.Column("login_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("login_id", name="pk_ended_logins"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_ended_logins_user_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_ended_logins_user_id", "ended_logins", ["user_id"])
    op.create_index("ix_ended_logins_until", "ended_logins", ["until"])
    op.create_table(
        "request_slots",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot_start", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("customer_gid", "slot_start", name="pk_request_slots"),
    )


def downgrade() -> None:
    op.drop_table("request_slots")
    op.drop_table("ended_logins")
    op.drop_table("emporia_links")
    op.drop_table("emporia_accounts")
    op.drop_table("users")
