"""When the refresh token of a link was given, and the password, where the gateway may keep it.

Links of before were made by the sign-in that gave theirs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "emporia_links",
        sa.Column("signed_in_at", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.add_column("emporia_links", sa.Column("sealed_password", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE emporia_links SET signed_in_at = linked_at")


def downgrade() -> None:
    op.drop_column("emporia_links", "sealed_password")
    op.drop_column("emporia_links", "signed_in_at")
