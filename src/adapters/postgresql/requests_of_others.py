"""What other nodes have counted, those that are gone too."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from adapters.postgresql.engine import PostgresEngine
from adapters.postgresql.request_ledger import AccountSince, slots_read_by
from adapters.sql.statements.gathered import Gathered
from application.ports.emporia.requests_of_others import RequestsOfOthers
from application.ports.nodes import NodeId
from domain.emporia.cloud.request_budget import Slot
from domain.emporia.links import AccountId

ADD_UP = """
SELECT customer_gid, since, slot_start, sum(requests) AS requests
FROM request_slots JOIN unnest($1::bigint[], $2::bigint[]) AS asked (customer_gid, since)
USING (customer_gid)
WHERE slot_start >= since AND node <> $3
GROUP BY customer_gid, since, slot_start
"""


class PostgresRequestsOfOthers(RequestsOfOthers):
    """Adds up every row but this node's; by the driver alone, for it is asked every few seconds."""

    def __init__(self, engine: PostgresEngine, *, node_id: NodeId) -> None:
        self._engine = engine
        self._node_id = node_id
        self._added_up = Gathered(self._add_up)

    async def slots(self, account: AccountId, *, since: datetime) -> Sequence[Slot]:
        return await self._added_up((account, since)) or []

    async def _add_up(
        self, wanted: Sequence[AccountSince]
    ) -> Mapping[AccountSince, Sequence[Slot]]:
        return await slots_read_by(ADD_UP, wanted, self._engine, node=self._node_id)
