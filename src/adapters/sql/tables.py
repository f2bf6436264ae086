"""The tables of the one database file.

`emporia_accounts` outlives links: who links again costs Emporia no request to be recognised, and
the account's spent budget, in `request_slots`, is not given back by unlinking.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Uuid,
)

EPOCH = datetime.fromtimestamp(0, UTC)
MICROSECOND = timedelta(microseconds=1)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class UtcInstant(TypeDecorator[datetime]):
    """An instant as whole microseconds since 1970, which sort and compare as instants do."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else EPOCH + value * MICROSECOND


users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String, nullable=False),
    Column("email_key", String, nullable=False, unique=True),
    Column("password_hash", String, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("updated_at", UtcInstant, nullable=False),
    Column("logins_since", UtcInstant),
)

emporia_accounts = Table(
    "emporia_accounts",
    metadata,
    Column("subject", String, primary_key=True),
    Column("customer_gid", BigInteger, nullable=False),
)

emporia_links = Table(
    "emporia_links",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("customer_gid", BigInteger, nullable=False, index=True),
    Column("subject", String, nullable=False),
    Column("emporia_username", String, nullable=False),
    Column("linked_at", UtcInstant, nullable=False),
    Column("sealed_tokens", LargeBinary),
)

ended_logins = Table(
    "ended_logins",
    metadata,
    Column("login_id", String, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("until", UtcInstant, nullable=False, index=True),
)

known_networks = Table(
    "known_networks",
    metadata,
    Column("network_mark", LargeBinary, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seen_at", UtcInstant, nullable=False, index=True),
)

request_slots = Table(
    "request_slots",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("slot_start", UtcInstant, primary_key=True),
    Column("requests", Integer, nullable=False),
)
