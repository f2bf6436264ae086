"""Tenants: an email is taken within one of them alone.

SQLite can't drop a constraint, so that the users' table is made anew and their rows are copied.
What refers to it stays as it is: no row goes with the old table, and references are by its name.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEPT = (
    "id",
    "email",
    "email_key",
    "password_hash",
    "created_at",
    "updated_at",
    "logins_since",
    "spared_login",
)


def upgrade() -> None:
    op.create_table(
        "tenants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("api_key", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("rotated_at", sa.BigInteger(), nullable=True),
        sa.Column("old_secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("old_secret_good_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tenants"),
        sa.UniqueConstraint("name", name="uq_tenants_name"),
        sa.UniqueConstraint("api_key", name="uq_tenants_api_key"),
    )
    op.create_table(
        "new_users",
        *_columns(),
        sa.Column("logins_since", sa.BigInteger(), nullable=True),
        sa.Column("spared_login", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name="fk_users_tenant_id", ondelete="CASCADE"
        ),
    )
    _take_the_place_of_users()
    op.create_index(
        "uq_users_email_key",
        "users",
        ["email_key"],
        unique=True,
        sqlite_where=sa.text("tenant_id IS NULL"),
    )
    op.create_index(
        "uq_users_tenant_id_email_key", "users", ["tenant_id", "email_key"], unique=True
    )


def downgrade() -> None:
    """Users of tenants, whose emails may be taken twice, go with all of theirs."""
    op.execute("DELETE FROM users WHERE tenant_id IS NOT NULL")
    while orphans := _orphans():  # what refers to an orphan is one the next time
        for table, row_id in orphans:
            op.execute(f"DELETE FROM {table} WHERE rowid = {row_id}")  # noqa: S608
    op.create_table(
        "new_users",
        *_columns(),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email_key", name="uq_users_email_key"),
    )
    # Added afterwards, as they once were: a database is known by the text of its tables.
    op.add_column("new_users", sa.Column("logins_since", sa.BigInteger(), nullable=True))
    op.add_column("new_users", sa.Column("spared_login", sa.String(), nullable=True))
    _take_the_place_of_users()
    op.drop_table("tenants")


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
    ]


def _take_the_place_of_users() -> None:
    """Copy every row, and look that nothing lost its user on the way."""
    names = ", ".join(KEPT)
    orphans_of_before = _orphans()
    op.execute(f"INSERT INTO new_users ({names}) SELECT {names} FROM users")  # noqa: S608
    op.drop_table("users")
    op.rename_table("new_users", "users")
    if _orphans() != orphans_of_before:
        raise RuntimeError("rows would have lost their user; nothing was changed")


def _orphans() -> list[tuple[str, int]]:
    """The rows that refer to none, as table and row id."""
    found = op.get_bind().exec_driver_sql("PRAGMA foreign_key_check")
    return sorted((table, row_id) for table, row_id, *_ in found)
