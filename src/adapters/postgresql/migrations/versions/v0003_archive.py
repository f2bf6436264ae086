"""What was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SORTED = sa.String(collation="C")


def upgrade() -> None:
    op.create_table(
        "archives",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minutes", sa.Boolean(), nullable=False),
        sa.Column("seconds", sa.String(), nullable=False),
        sa.Column("unlinked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_user", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("customer_gid", name="pk_archives"),
    )
    op.create_table(
        "devices",
        sa.Column("customer_gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_known", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("customer_gid", "gid", name="pk_devices"),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_gid", sa.BigInteger(), nullable=True),
        sa.Column("gid", sa.BigInteger(), nullable=False),
        sa.Column("channel", SORTED, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.UniqueConstraint("customer_gid", "gid", "channel", name="uq_series_customer_gid"),
    )
    op.create_table(
        "chunks",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.SmallInteger(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("least", sa.BigInteger(), nullable=False),
        sa.Column("greatest", sa.BigInteger(), nullable=False),
        sa.Column("checksum", sa.BigInteger(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_chunks_series_id"),
        sa.PrimaryKeyConstraint("series_id", "scale", "start_at", name="pk_chunks"),
    )
    # Packed already: PostgreSQL would try in vain to pack it again.
    op.execute("ALTER TABLE chunks ALTER COLUMN data SET STORAGE EXTERNAL")
    op.create_table(
        "months",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name="fk_months_series_id"),
        sa.PrimaryKeyConstraint("series_id", "start_at", name="pk_months"),
    )


def downgrade() -> None:
    op.drop_table("months")
    op.drop_table("chunks")
    op.drop_table("series")
    op.drop_table("devices")
    op.drop_table("archives")
