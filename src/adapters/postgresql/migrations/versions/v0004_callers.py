"""What nodes count of callers, and logins that wait for their page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusals",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("under_way", sa.Integer(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key_hash", name="pk_refusals"),
    )
    op.create_table(
        "call_windows",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_call_windows"),
    )
    op.create_table(
        "hand_overs",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("binding", sa.String(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("is_fresh", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_hand_overs"),
    )


def downgrade() -> None:
    op.drop_table("hand_overs")
    op.drop_table("call_windows")
    op.drop_table("refusals")
