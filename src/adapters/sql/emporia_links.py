"""Links to Emporia accounts in SQLite, their tokens sealed."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.tables import emporia_accounts, emporia_links
from application.ports.emporia_links import EmporiaLinkRepository
from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.errors import UserNotFound


class SqlEmporiaLinkRepository(EmporiaLinkRepository):
    """Seals tokens for the user whose link it is, so that a copied row opens for nobody else."""

    def __init__(self, engine: AsyncEngine, *, secret_box: SecretBox) -> None:
        self._engine = engine
        self._secret_box = secret_box

    async def save(self, link: EmporiaLink) -> None:
        row = _to_row(link, self._secret_box)
        account = {"subject": link.subject, "customer_gid": link.account}
        try:
            async with self._engine.begin() as connection:
                await connection.execute(
                    insert(emporia_links)
                    .values(row)
                    .on_conflict_do_update(index_elements=["user_id"], set_=row)
                )
                await connection.execute(
                    insert(emporia_accounts)
                    .values(account)
                    .on_conflict_do_update(index_elements=["subject"], set_=account)
                )
        except IntegrityError as error:
            if "FOREIGN KEY" in str(error.orig):
                raise UserNotFound from None
            raise

    async def replace_tokens(self, link: EmporiaLink) -> bool:
        sealed = _sealed(link, self._secret_box)
        async with self._engine.begin() as connection:
            result = await connection.execute(
                update(emporia_links)
                .where(emporia_links.c.user_id == link.user_id)
                .where(emporia_links.c.linked_at == link.linked_at)
                .values(sealed_tokens=sealed)
            )
        return result.rowcount == 1

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        query = select(emporia_links).where(emporia_links.c.user_id == user_id)
        async with self._engine.connect() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else _to_link(row, self._secret_box)

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        query = (
            select(emporia_links)
            .where(emporia_links.c.customer_gid == account)
            .order_by(emporia_links.c.linked_at)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_link(row, self._secret_box) for row in rows]

    async def account_of(self, subject: str) -> AccountId | None:
        query = select(emporia_accounts.c.customer_gid).where(emporia_accounts.c.subject == subject)
        async with self._engine.connect() as connection:
            gid = await connection.scalar(query)
        return None if gid is None else AccountId(gid)

    async def remove(self, user_id: UserId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(emporia_links).where(emporia_links.c.user_id == user_id)
            )


def _to_row(link: EmporiaLink, secret_box: SecretBox) -> dict[str, Any]:
    return {
        "user_id": link.user_id,
        "customer_gid": link.account,
        "subject": link.subject,
        "emporia_username": link.emporia_username,
        "linked_at": link.linked_at,
        "sealed_tokens": _sealed(link, secret_box),
    }


def _sealed(link: EmporiaLink, secret_box: SecretBox) -> bytes | None:
    if link.tokens is None:
        return None
    return secret_box.seal(msgspec.json.encode(link.tokens), owner=link.user_id)


def _to_link(row: RowMapping, secret_box: SecretBox) -> EmporiaLink:
    user_id = UserId(row["user_id"])
    sealed: bytes | None = row["sealed_tokens"]
    plain = None if sealed is None else secret_box.open(sealed, owner=user_id)
    return EmporiaLink(
        user_id=user_id,
        account=AccountId(row["customer_gid"]),
        subject=row["subject"],
        emporia_username=row["emporia_username"],
        linked_at=row["linked_at"],
        tokens=None if plain is None else msgspec.json.decode(plain, type=EmporiaTokens),
    )
