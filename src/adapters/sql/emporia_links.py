"""Links to Emporia accounts in SQL, their tokens and kept passwords sealed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping, Select, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.sql.fence_check import FenceCheck, no_fences
from adapters.sql.statements.gathered import Gathered, is_one_of
from adapters.sql.statements.inserts import insert_into, lacks_owner
from adapters.sql.tables import emporia_links, last_answers
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.emporia.leases import Fence
from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink, EmporiaTokens
from domain.errors import UserNotFound

PADDED_TO = 64
"""Sealed passwords are multiples of it, for what is sealed shows its length."""


class SqlEmporiaLinkRepository(EmporiaLinkRepository):
    """Seals for the user whose link it is, so that a copied row opens for nobody else."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        secret_box: SecretBox,
        check_fence: FenceCheck = no_fences,
    ) -> None:
        self._engine = engine
        self._check_fence = check_fence
        self._secret_box = secret_box
        self._of_user = Gathered(self._of_users)
        self._of_account = Gathered(self._of_accounts)

    async def save(self, link: EmporiaLink, *, password: str | None = None) -> None:
        row = _to_row(link, self._secret_box)
        row["sealed_password"] = (
            None if password is None else _sealed_password(link, password, self._secret_box)
        )
        try:
            async with self._engine.begin() as connection:
                await connection.execute(
                    insert_into(connection, emporia_links)
                    .values(row)
                    .on_conflict_do_update(index_elements=["user_id"], set_=row)
                )
                await connection.execute(
                    delete(last_answers)
                    .where(last_answers.c.user_id == link.user_id)
                    .where(last_answers.c.customer_gid != link.account)
                )
        except IntegrityError as error:
            if lacks_owner(error):
                raise UserNotFound from None
            raise

    async def replace_tokens(
        self,
        link: EmporiaLink,
        *,
        instead_of: EmporiaTokens | None = None,
        fence: Fence | None = None,
    ) -> bool:
        changes = {
            "sealed_tokens": _sealed_tokens(link, self._secret_box),
            "signed_in_at": link.signed_in_at,
            **({} if link.keeps_password else {"sealed_password": None}),
        }
        async with self._engine.begin() as connection:
            await self._check_fence(connection, link.account, fence)
            these = _is(link)
            if instead_of is not None:
                sealed = await connection.scalar(
                    select(emporia_links.c.sealed_tokens).where(*these)
                )
                if _opened_tokens(sealed, link.user_id, self._secret_box) != instead_of:
                    return False
                these = (*these, emporia_links.c.sealed_tokens == sealed)
            result = await connection.execute(update(emporia_links).where(*these).values(changes))
            if link.keeps_password:
                await self._seal_password_anew(connection, link)
        return result.rowcount == 1

    async def _of_users(self, user_ids: Sequence[UserId]) -> Mapping[UserId, EmporiaLink]:
        links = await self._where(is_one_of(emporia_links.c.user_id, user_ids))
        return {link.user_id: link for link in links}

    async def _of_accounts(
        self, accounts: Sequence[AccountId]
    ) -> Mapping[AccountId, Sequence[EmporiaLink]]:
        of_accounts: defaultdict[AccountId, list[EmporiaLink]] = defaultdict(list)
        for link in await self._where(is_one_of(emporia_links.c.customer_gid, accounts)):
            of_accounts[link.account].append(link)
        return of_accounts

    async def _where(self, condition: ColumnElement[bool]) -> Sequence[EmporiaLink]:
        query = select(emporia_links).where(condition).order_by(emporia_links.c.linked_at)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [_to_link(row, self._secret_box) for row in rows]

    async def _seal_password_anew(self, connection: AsyncConnection, link: EmporiaLink) -> None:
        """So that a former key is needed no longer than for tokens."""
        sealed = await connection.scalar(_sealed_password_of(link))
        password = _opened(sealed, link.user_id, self._secret_box)
        if password is not None:
            anew = _sealed_password(link, password, self._secret_box)
            await connection.execute(
                update(emporia_links).where(*_is(link)).values(sealed_password=anew)
            )

    async def password_of(self, link: EmporiaLink) -> str | None:
        async with self._engine.connect() as connection:
            sealed = await connection.scalar(_sealed_password_of(link))
        return _opened(sealed, link.user_id, self._secret_box)

    async def forget_passwords(self) -> int:
        async with self._engine.begin() as connection:
            result = await connection.execute(
                update(emporia_links)
                .where(emporia_links.c.sealed_password.is_not(None))
                .values(sealed_password=None)
            )
        return result.rowcount

    async def of_user(self, user_id: UserId) -> EmporiaLink | None:
        return await self._of_user(user_id)

    async def of_user_anew(self, user_id: UserId) -> EmporiaLink | None:
        return await self._of_user(user_id)

    async def of_account(self, account: AccountId) -> Sequence[EmporiaLink]:
        return await self._of_account(account) or []

    async def accounts(self) -> Sequence[AccountId]:
        gid = emporia_links.c.customer_gid
        async with self._engine.connect() as connection:
            gids = await connection.scalars(select(gid).distinct().order_by(gid))
            return [AccountId(each) for each in gids.all()]

    async def account_of(self, subject: str) -> AccountId | None:
        query = (
            select(emporia_links.c.customer_gid)
            .where(emporia_links.c.subject == subject)
            .order_by(emporia_links.c.linked_at.desc())
            .limit(1)
        )
        async with self._engine.connect() as connection:
            gid = await connection.scalar(query)
        return None if gid is None else AccountId(gid)

    async def remove(self, user_id: UserId) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(emporia_links).where(emporia_links.c.user_id == user_id)
            )


def _is(link: EmporiaLink) -> tuple[ColumnElement[bool], ...]:
    """That it is this link, and none that was made later."""
    return emporia_links.c.user_id == link.user_id, emporia_links.c.linked_at == link.linked_at


def _sealed_password_of(link: EmporiaLink) -> Select[Any]:
    return select(emporia_links.c.sealed_password).where(*_is(link))


def _opened(sealed: bytes | None, owner: UserId, secret_box: SecretBox) -> str | None:
    plain = None if sealed is None else secret_box.open(sealed, owner=owner)
    return None if plain is None else msgspec.json.decode(plain, type=str)


def _to_row(link: EmporiaLink, secret_box: SecretBox) -> dict[str, Any]:
    return {
        "user_id": link.user_id,
        "customer_gid": link.account,
        "subject": link.subject,
        "emporia_username": link.emporia_username,
        "linked_at": link.linked_at,
        "signed_in_at": link.signed_in_at,
        "sealed_tokens": _sealed_tokens(link, secret_box),
    }


def _sealed_tokens(link: EmporiaLink, secret_box: SecretBox) -> bytes | None:
    if link.tokens is None:
        return None
    return secret_box.seal(msgspec.json.encode(link.tokens), owner=link.user_id)


def _sealed_password(link: EmporiaLink, password: str, secret_box: SecretBox) -> bytes:
    plain = msgspec.json.encode(password)
    padded = plain + b" " * (-len(plain) % PADDED_TO)
    return secret_box.seal(padded, owner=link.user_id)


def _opened_tokens(
    sealed: bytes | None, owner: UserId, secret_box: SecretBox
) -> EmporiaTokens | None:
    plain = None if sealed is None else secret_box.open(sealed, owner=owner)
    return None if plain is None else msgspec.json.decode(plain, type=EmporiaTokens)


def _to_link(row: RowMapping, secret_box: SecretBox) -> EmporiaLink:
    user_id = UserId(row["user_id"])
    return EmporiaLink(
        user_id=user_id,
        account=AccountId(row["customer_gid"]),
        subject=row["subject"],
        emporia_username=row["emporia_username"],
        linked_at=row["linked_at"],
        tokens=_opened_tokens(row["sealed_tokens"], user_id, secret_box),
        signed_in_at=row["signed_in_at"],
        keeps_password=_opened(row["sealed_password"], user_id, secret_box) is not None,
    )
