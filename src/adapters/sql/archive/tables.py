"""The tables of what was measured: in SQLite, in a file of their own.

Plain tables with composite keys: a chunk in a table WITHOUT ROWID would take twice the space, for
SQLite gives a row of more than a quarter of a page a page of its own there.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from adapters.sql.tables import Sorted, UtcInstant

metadata = MetaData()

archives = Table(
    "archives",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("minutes", Boolean, nullable=False, default=True),
    Column("seconds", String, nullable=False, default="mains"),
    Column("unlinked_at", UtcInstant, nullable=True),
    Column("last_user", Uuid, nullable=True),
)

devices = Table(
    "devices",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("gid", BigInteger, primary_key=True, autoincrement=False),
    Column("first_known", BigInteger, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_gid", BigInteger, nullable=True),
    Column("gid", BigInteger, nullable=False),
    Column("channel", Sorted, nullable=False),
    UniqueConstraint("customer_gid", "gid", "channel"),
)
"""Of an archive that is erased the series stay, without a customer, until their chunks are gone."""

chunks = Table(
    "chunks",
    metadata,
    Column("series_id", Integer, ForeignKey("series.id"), primary_key=True),
    Column("scale", SmallInteger, primary_key=True),
    Column("start_at", BigInteger, primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("least", BigInteger, nullable=False),
    Column("greatest", BigInteger, nullable=False),
    Column("checksum", BigInteger, nullable=False),
    Column("runs", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

months = Table(
    "months",
    metadata,
    Column("series_id", Integer, ForeignKey("series.id"), primary_key=True),
    Column("start_at", BigInteger, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""Derived of the chunks, and made anew from them at any time."""
