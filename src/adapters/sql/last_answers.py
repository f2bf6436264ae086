"""Emporia's last answers in SQL, sealed: they tell where somebody lives and what they do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, bindparam, select, tuple_
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.gathered import PREFIX, Gathered, filled, named, named_later
from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import emporia_links, last_answers
from application.ports.emporia.last_answers import LastAnswer, LastAnswers
from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink

AccountAndKind = tuple[AccountId, str]


class SealedAnswer(NamedTuple):
    """A row, and when the link was made that it belongs to; times are UTC."""

    user_id: UserId
    kind: str
    customer_gid: AccountId
    received_at: datetime
    sealed_answer: bytes
    linked_at: datetime


class SqlLastAnswers(LastAnswers):
    """Leaves it to the database that what is kept for a link goes with it."""

    def __init__(self, engine: AsyncEngine, *, secret_box: SecretBox) -> None:
        self._engine = engine
        self._secret_box = secret_box
        self._keep = Gathered(self._keep_all)
        self._newest_first = Gathered(self._newest_first_of)

    async def keep(self, link: EmporiaLink, kind: str, answer: LastAnswer) -> None:
        sealed = self._secret_box.seal(msgspec.json.encode(answer.document), owner=link.user_id)
        row = SealedAnswer(
            user_id=link.user_id,
            kind=kind,
            customer_gid=link.account,
            received_at=answer.received_at,
            sealed_answer=sealed,
            linked_at=link.linked_at,
        )
        await self._keep(row)

    async def of_account(self, account: AccountId, kind: str) -> LastAnswer | None:
        for row in await self._newest_first((account, kind)) or ():
            plain = self._secret_box.open(row.sealed_answer, owner=UserId(row.user_id))
            if plain is not None:
                return LastAnswer(document=msgspec.json.decode(plain), received_at=row.received_at)
        return None

    async def _keep_all(self, rows: Sequence[SealedAnswer]) -> Mapping[SealedAnswer, None]:
        # In the same order on each node: nobody waits for whoever waits for them.
        values = [named(row._asdict()) for row in sorted(rows)]
        async with self._engine.begin() as connection:
            await connection.execute(_keeping(self._engine), values)
        return {}

    async def _newest_first_of(
        self, wanted: Sequence[AccountAndKind]
    ) -> Mapping[AccountAndKind, Sequence[Row[Any]]]:
        account, kind = last_answers.c.customer_gid, last_answers.c.kind
        query = (
            select(last_answers)
            .where(tuple_(account, kind).in_(filled(wanted)))
            .order_by(last_answers.c.received_at.desc())
        )
        found: defaultdict[AccountAndKind, list[Row[Any]]] = defaultdict(list)
        async with self._engine.connect() as connection:
            for row in await connection.execute(query):
                found[AccountId(row.customer_gid), row.kind].append(row)
        return found


def _keeping(database: AsyncEngine) -> Insert:
    values = named_later(last_answers)
    linked_at = bindparam(f"{PREFIX}linked_at", type_=emporia_links.c.linked_at.type)
    # One statement, so that nobody can unlink between the look and the row.
    row = staying(
        select(*values.values()).where(
            emporia_links.c.user_id == values["user_id"], emporia_links.c.linked_at == linked_at
        ),
        of=emporia_links,
    )
    kept = insert_into(database, last_answers).from_select(list(values), row)
    return kept.on_conflict_do_update(
        index_elements=["user_id", "kind"], set_={name: kept.excluded[name] for name in values}
    )
