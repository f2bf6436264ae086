"""The tables of everything but what was measured.

`last_answers` goes with its link. `request_slots` outlives it for a day: unlinking gives no spent
budget back. `utility_months` goes with the archive of its account.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
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


def microseconds(instant: datetime) -> int:
    """An instant as the tables have it: whole microseconds since 1970."""
    return (instant - EPOCH) // MICROSECOND


class UtcInstant(TypeDecorator[datetime]):
    """An instant as whole microseconds since 1970, which sort and compare as instants do."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else EPOCH + value * MICROSECOND


Sorted = String().with_variant(String(collation="C"), "postgresql")
"""Texts that are sorted as SQLite does, whatever PostgreSQL was set up for."""

tenants = Table(
    "tenants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Sorted, nullable=False, unique=True),
    Column("api_key", String, nullable=False, unique=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("rotated_at", UtcInstant),
    Column("old_secret_hash", LargeBinary),
    Column("old_secret_good_until", UtcInstant),
)

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String, nullable=False),
    Column("email_key", Sorted, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("updated_at", UtcInstant, nullable=False),
    Column("logins_since", UtcInstant),
    Column("spared_login", String),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE")),
)

# Two, for in an index one NULL is not another: the default tenant's users have no tenant.
Index(
    "uq_users_email_key",
    users.c.email_key,
    unique=True,
    sqlite_where=users.c.tenant_id.is_(None),
)
Index("uq_users_tenant_id_email_key", users.c.tenant_id, users.c.email_key, unique=True)

emporia_links = Table(
    "emporia_links",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("customer_gid", BigInteger, nullable=False, index=True),
    Column("subject", String, nullable=False, index=True),
    Column("emporia_username", String, nullable=False),
    Column("linked_at", UtcInstant, nullable=False),
    Column("sealed_tokens", LargeBinary),
    Column("signed_in_at", UtcInstant, nullable=False, server_default="0"),
    Column("sealed_password", LargeBinary),
)

last_answers = Table(
    "last_answers",
    metadata,
    Column("user_id", ForeignKey("emporia_links.user_id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("customer_gid", BigInteger, nullable=False, index=True),
    Column("received_at", UtcInstant, nullable=False),
    Column("sealed_answer", LargeBinary, nullable=False),
)

ended_logins = Table(
    "ended_logins",
    metadata,
    Column("login_id", String, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("until", UtcInstant, nullable=False, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("login_id", String, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("address_prefix", String, nullable=False),
    Column("begun_at", UtcInstant, nullable=False),
    Column("last_used_at", UtcInstant, nullable=False),
    Column("ends_at", UtcInstant, nullable=False, index=True),
    Column("password_at", UtcInstant),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("prefix", String, nullable=False),
    Column("scopes", String, nullable=False),
    Column("limits", LargeBinary),
    Column("created_at", UtcInstant, nullable=False),
    Column("expires_at", UtcInstant),
    Column("last_used_at", UtcInstant),
)

tariffs = Table(
    "tariffs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("document", LargeBinary, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("updated_at", UtcInstant, nullable=False),
)

currencies = Table(
    "currencies",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("code", String, nullable=False),
)

utility_months = Table(
    "utility_months",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("home_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("month_start", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("received_at", UtcInstant, nullable=False),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("begun_at", UtcInstant, nullable=False),
    Column("since", UtcInstant),
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", ForeignKey("second_factors.user_id", ondelete="CASCADE"), primary_key=True),
    Column("mark", LargeBinary, primary_key=True),
)

identities = Table(
    "identities",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("issuer", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("joined_at", UtcInstant, nullable=False),
    UniqueConstraint("issuer", "subject"),
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

trail = Table(
    "trail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE")),
    Column("at", UtcInstant, nullable=False, index=True),
    Column("until", UtcInstant, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("times", Integer, nullable=False),
    Column("group_key", String),
    Index("ix_trail_user_id_at", "user_id", "at"),
    Index("ix_trail_user_id_group_key", "user_id", "group_key", unique=True),
)
