"""Networks of sign-ins in SQL, as keyed hashes alone."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.sql.statements.inserts import insert_into
from adapters.sql.statements.staying import staying
from adapters.sql.tables import UtcInstant, known_networks, users
from application.ports.accounts.known_networks import KnownNetworks
from domain.accounts.callers.networks import Network
from domain.accounts.tenants import TenantId, key_within
from domain.accounts.users import EmailAddress, User

KEPT_FOR = timedelta(days=90)
MOST_OF_A_USER = 50


class SqlKnownNetworks(KnownNetworks):
    """Drops what is too old, and a user's oldest beyond fifty, whenever another is remembered.

    The hash is over tenant, email and network together: the file tells neither where somebody was
    nor that two were in one place. There are so few networks that a hash without a key would tell.
    """

    def __init__(self, engine: AsyncEngine, *, key: bytes) -> None:
        self._engine = engine
        self._key = hmac.digest(key, b"known networks", "sha256")

    async def remember(self, user: User, network: Network, *, at: datetime) -> None:
        mark = self._mark(user.tenant_id, user.email, network)
        # Taken from the users' table, so that nothing is kept for somebody who just left.
        seen = staying(
            select(literal(mark), users.c.id, literal(at, UtcInstant)).where(users.c.id == user.id)
        )
        kept = insert_into(self._engine, known_networks).from_select(
            ["network_mark", "user_id", "seen_at"], seen
        )
        surplus = (
            select(known_networks.c.network_mark)
            .where(known_networks.c.user_id == user.id)
            .order_by(known_networks.c.seen_at.desc())
            .offset(MOST_OF_A_USER)
        )
        async with self._engine.begin() as connection:
            await connection.execute(
                kept.on_conflict_do_update(
                    index_elements=["network_mark"], set_={"seen_at": kept.excluded.seen_at}
                )
            )
            await connection.execute(
                delete(known_networks).where(
                    (known_networks.c.seen_at <= at - KEPT_FOR)
                    | known_networks.c.network_mark.in_(surplus)
                )
            )

    async def contains(
        self,
        email: EmailAddress,
        network: Network,
        *,
        tenant_id: TenantId | None,
        since: datetime,
    ) -> bool:
        query = select(known_networks.c.user_id).where(
            known_networks.c.network_mark == self._mark(tenant_id, email, network),
            known_networks.c.seen_at >= since,
        )
        async with self._engine.connect() as connection:
            return await connection.scalar(query) is not None

    def _mark(self, tenant_id: TenantId | None, email: EmailAddress, network: Network) -> bytes:
        told = f"{key_within(tenant_id, email.key)}\n{network}"
        return hmac.digest(self._key, told.encode(), "sha256")
