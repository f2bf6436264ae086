"""All that a PostgreSQL database has: the tables of SQLite's two files, and those of many nodes.

What differs stands here alone: statements name their tables, and never say where they are.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, SmallInteger, String, Table

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

for _table in (*tables.metadata.sorted_tables, *archive.sorted_tables):
    if _table.name not in metadata.tables:
        _table.to_metadata(metadata)

# Said here, for to say it of PostgreSQL loads what SQLAlchemy has of it.
_users = metadata.tables["users"]
_users.indexes -= {index for index in _users.indexes if index.name == "uq_users_email_key"}
Index(
    "uq_users_email_key",
    _users.c.email_key,
    unique=True,
    postgresql_where=_users.c.tenant_id.is_(None),
)
