"""What other nodes have counted, those that are gone too."""

from collections.abc import Sequence
from datetime import datetime

from adapters.postgresql.engine import PostgresEngine
from adapters.sql.tables import EPOCH, MICROSECOND, microseconds
from application.ports.emporia.requests_of_others import RequestsOfOthers
from application.ports.nodes import NodeId
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId

ADD_UP = """
SELECT slot_start, sum(requests) AS requests FROM request_slots
WHERE customer_gid = $1 AND slot_start >= $2 AND node <> $3
GROUP BY slot_start
"""


class PostgresRequestsOfOthers(RequestsOfOthers):
    """Adds up every row but this node's; by the driver alone, for it is asked every few seconds."""

    def __init__(self, engine: PostgresEngine, *, node_id: NodeId) -> None:
        self._engine = engine
        self._node_id = node_id

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        async with self._engine.bare_connection() as driver:
            rows = await driver.fetch(ADD_UP, account, microseconds(since), self._node_id)
        return [Slot(EPOCH + row["slot_start"] * MICROSECOND, row["requests"]) for row in rows]
