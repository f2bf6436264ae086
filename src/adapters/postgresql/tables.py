"""All that a PostgreSQL database has: the tables of SQLite's two files, and those of many nodes.

What differs stands here alone: statements name their tables, and never say where they are.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
)

from adapters.sql import tables
from adapters.sql.archive.tables import metadata as archive
from adapters.sql.tables import UtcInstant

metadata = MetaData(naming_convention=tables.metadata.naming_convention)

request_slots = Table(
    "request_slots",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("slot_start", UtcInstant, primary_key=True),
    Column("node", String, primary_key=True),
    Column("requests", Integer, nullable=False),
)
"""A node counts what it asked itself; what was spent in a minute is the sum over the nodes."""

fences = Table(
    "fences",
    metadata,
    Column("customer_gid", BigInteger, primary_key=True, autoincrement=False),
    Column("fence", BigInteger, nullable=False),
    Column("node", String, nullable=False),
)
"""Who writes for an account: whoever claimed it with the highest fence."""

changes = Table(
    "changes",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)
"""One row that counts what others have to hear of."""

refusals = Table(
    "refusals",
    metadata,
    Column("kind", String, primary_key=True),
    Column("key_hash", LargeBinary, primary_key=True),
    Column("refusals", Integer, nullable=False),
    Column("under_way", Integer, nullable=False),
    Column("refused_at", BigInteger, nullable=False),
    Column("touched_at", BigInteger, nullable=False),
)
"""Times are the server's, in microseconds since 1970: nodes' clocks differ."""

call_windows = Table(
    "call_windows",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True),
    Column("began_at", BigInteger, nullable=False),
    Column("calls", Integer, nullable=False),
)

hand_overs = Table(
    "hand_overs",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("binding", String, nullable=False),
    Column("begun_at", UtcInstant, nullable=False),
    Column("is_fresh", Boolean, nullable=False),
)

for _table in (*tables.metadata.sorted_tables, *archive.sorted_tables):
    if _table.name not in metadata.tables:
        _table.to_metadata(metadata)

# Here and not beside `sqlite_where`: to name an option of PostgreSQL loads all that speaks it.
users = metadata.tables["users"]
(_of_default_tenant,) = (each for each in users.indexes if each.name == "uq_users_email_key")
_of_default_tenant.dialect_options["postgresql"]["where"] = users.c.tenant_id.is_(None)
