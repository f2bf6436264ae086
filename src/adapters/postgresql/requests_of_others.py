"""What other nodes have counted, those that are gone too."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.tables import request_slots
from application.ports.emporia.requests_of_others import RequestsOfOthers
from application.ports.nodes import NodeId
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId


class PostgresRequestsOfOthers(RequestsOfOthers):
    """Adds up every row but this node's."""

    def __init__(self, engine: PostgresEngine, *, node_id: NodeId) -> None:
        self._engine = engine
        self._node_id = node_id

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        columns = request_slots.c
        query = (
            select(columns.slot_start, func.sum(columns.requests))
            .where(columns.customer_gid == account, columns.slot_start >= since)
            .where(columns.node != self._node_id)
            .group_by(columns.slot_start)
        )
        async with self._engine.connect() as connection:
            return [Slot(start, total) for start, total in await connection.execute(query)]
