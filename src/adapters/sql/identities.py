"""Identities in SQL."""

from sqlalchemy import delete, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import UtcInstant, identities, users
from application.ports.accounts.openid.identities import Identities
from domain.accounts.identities import JoinedIdentity
from domain.accounts.users import UserId


class SqlIdentities(Identities):
    """Leaves it to the database that an identity has one owner."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, identity: JoinedIdentity) -> bool:
        # Taken from the users' table, so that nothing is kept for somebody who just left.
        row = select(
            users.c.id,
            literal(identity.issuer),
            literal(identity.subject),
            literal(identity.joined_at, UtcInstant),
        ).where(users.c.id == identity.user_id)
        added = insert_into(self._engine, identities).from_select(
            ["user_id", "issuer", "subject", "joined_at"], staying(row)
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(added.on_conflict_do_nothing())).rowcount == 1

    async def owner_of(self, *, issuer: str, subject: str) -> UserId | None:
        query = select(identities.c.user_id).where(
            identities.c.issuer == issuer, identities.c.subject == subject
        )
        async with self._engine.connect() as connection:
            found = await connection.scalar(query)
        return None if found is None else UserId(found)

    async def of_user(self, user_id: UserId, *, issuer: str) -> JoinedIdentity | None:
        query = select(identities).where(
            identities.c.user_id == user_id, identities.c.issuer == issuer
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return None
        return JoinedIdentity(
            user_id=UserId(row["user_id"]),
            issuer=row["issuer"],
            subject=row["subject"],
            joined_at=row["joined_at"],
        )

    async def remove(self, user_id: UserId, *, issuer: str) -> bool:
        removed = delete(identities).where(
            identities.c.user_id == user_id, identities.c.issuer == issuer
        )
        async with self._engine.begin() as connection:
            return (await connection.execute(removed)).rowcount == 1
