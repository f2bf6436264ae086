"""Emporia's last answers in SQL, sealed: they tell where somebody lives and what they do."""

import msgspec
from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import emporia_links, last_answers
from application.ports.emporia.last_answers import LastAnswer, LastAnswers
from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId
from domain.emporia.links import AccountId, EmporiaLink


class SqlLastAnswers(LastAnswers):
    """Leaves it to the database that what is kept for a link goes with it."""

    def __init__(self, engine: AsyncEngine, *, secret_box: SecretBox) -> None:
        self._engine = engine
        self._secret_box = secret_box

    async def keep(self, link: EmporiaLink, kind: str, answer: LastAnswer) -> None:
        sealed = self._secret_box.seal(msgspec.json.encode(answer.document), owner=link.user_id)
        values = {
            "user_id": link.user_id,
            "kind": kind,
            "customer_gid": link.account,
            "received_at": answer.received_at,
            "sealed_answer": sealed,
        }
        columns = [last_answers.c[name] for name in values]
        # One statement, so that nobody can unlink between the look and the row.
        row = staying(
            select(
                *(
                    literal(value, column.type)
                    for value, column in zip(values.values(), columns, strict=True)
                )
            ).where(
                emporia_links.c.user_id == link.user_id,
                emporia_links.c.linked_at == link.linked_at,
            ),
            of=emporia_links,
        )
        kept = insert_into(self._engine, last_answers).from_select(columns, row)
        kept = kept.on_conflict_do_update(
            index_elements=["user_id", "kind"],
            set_={name: kept.excluded[name] for name in values},
        )
        async with self._engine.begin() as connection:
            await connection.execute(kept)

    async def of_account(self, account: AccountId, kind: str) -> LastAnswer | None:
        query = (
            select(last_answers)
            .where(last_answers.c.customer_gid == account)
            .where(last_answers.c.kind == kind)
            .order_by(last_answers.c.received_at.desc())
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).mappings().all()
        for row in rows:
            plain = self._secret_box.open(row["sealed_answer"], owner=UserId(row["user_id"]))
            if plain is not None:
                return LastAnswer(
                    document=msgspec.json.decode(plain), received_at=row["received_at"]
                )
        return None
