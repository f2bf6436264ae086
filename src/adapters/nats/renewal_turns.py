"""Whose turn it is to renew a link's tokens: a lease for as long as it takes."""

from adapters.nats.lease_bucket import LeaseBucket
from application.ports.emporia.renewal_turns import RenewalTurns
from domain.accounts.users import UserId


class NatsRenewalTurns(RenewalTurns):
    """A turn that its node does not end, ends with the lease."""

    def __init__(self, bucket: LeaseBucket) -> None:
        self._bucket = bucket

    async def begin(self, user_id: UserId) -> bool:
        if not self._bucket.connection.connected:
            return True
        taken = await self._bucket.take(_key(user_id))
        if taken is None:
            return not self._bucket.connection.connected
        self._bucket.keep(_key(user_id), taken)
        return True

    async def end(self, user_id: UserId) -> None:
        held = self._bucket.held.get(_key(user_id))
        if held is not None:
            await self._bucket.let_go(_key(user_id), held)


def _key(user_id: UserId) -> str:
    return f"renew.{user_id}"
