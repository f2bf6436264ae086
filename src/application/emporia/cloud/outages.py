"""Who may ask Emporia's device API: nobody of an account that fails, nor of a cloud that does."""

from dataclasses import dataclass
from uuid import UUID

from application.emporia.cloud.gates import Gates, Permit
from domain.accounts.users import UserId
from domain.emporia.cloud.breaker import Breaker, Trouble
from domain.emporia.links import AccountId
from domain.errors import EmporiaError, EmporiaThrottled

CLOUD = "the cloud"


@dataclass(frozen=True, slots=True)
class HistoryOf:
    """The histories of an account, which can fail while all that streams need is answered."""

    account: AccountId


Asker = AccountId | UserId | HistoryOf
"""An account, its histories, or a user who links one that nobody has asked for before."""


def name_of(asker: Asker) -> str:
    """The asker's calls, as breakers are named."""
    if isinstance(asker, HistoryOf):
        return f"the history of account {asker.account}"
    return f"the first link of user {asker}" if isinstance(asker, UUID) else f"account {asker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outages:
    """One breaker for each account, its histories or a first link, and one for the whole cloud.

    While the cloud's is open, its probe is the only request, whomever that is for. Failures of
    first links do not open it: one person could by trying again and again. Nor do those of
    histories: they open their own breaker alone, and probe no other.
    """

    gates: Gates

    async def begin(self, asker: Asker) -> Permit:
        """Leave to ask for them; raises the known failure at once where there is none."""
        if isinstance(asker, HistoryOf):
            await self._require_nothing_above_fails(asker)
            return await self.gates.begin(name_of(asker))
        permit = await self.gates.begin(CLOUD)
        if permit.probed is not None:
            return permit
        return await self.gates.begin(name_of(asker))

    async def is_known(self, asker: Asker) -> bool:
        """Whether they or the cloud have failed so often that nobody waits for them."""
        breakers = [await self.gates.peek(name) for name in (*_above(asker), name_of(asker))]
        return any(breaker.is_known_outage for breaker in breakers)

    async def is_failing(self, account: AccountId) -> bool:
        """Whether nobody may ask for the account but one probe, if that."""
        breakers = [await self.gates.peek(name) for name in (CLOUD, name_of(account))]
        return not all(breaker.is_closed for breaker in breakers)

    async def succeed(self, asker: Asker, permit: Permit) -> None:
        """Emporia has answered them, whatever it said."""
        await self.gates.succeed(permit)
        await self._note_answer(asker)

    async def fail(
        self,
        asker: Asker,
        permit: Permit,
        trouble: Trouble,
        failure: EmporiaError,
    ) -> EmporiaError:
        """Emporia has failed them; what to tell who asked, with the time to ask again."""
        is_of_cloud = trouble.may_be_of_cloud and not isinstance(failure, EmporiaThrottled)
        if permit.partner == CLOUD and not is_of_cloud:
            # The cloud is there, and has something against this asker alone.
            await self.succeed(asker, permit)
            permit = await self.gates.begin(name_of(asker))
        breaker = await self.gates.fail(
            permit, trouble, retry_after_seconds=failure.retry_after_seconds
        )
        if is_of_cloud:
            await self._note_failure(asker, breaker)
        else:
            await self._note_answer(asker)
        return self.gates.refusal(breaker)

    async def require_no_newer_failure(self, asker: Asker, permit: Permit) -> None:
        """Raise the failure that somebody met since the permit was given."""
        if isinstance(asker, HistoryOf):
            await self._require_nothing_above_fails(asker)
        breaker = await self.gates.peek(permit.partner)
        if breaker.failures > permit.begun_at:
            raise self.gates.refusal(breaker)

    async def give_up(self, permit: Permit) -> None:
        """Nothing was learnt; does nothing once the outcome was told."""
        await self.gates.give_up(permit)

    async def _require_nothing_above_fails(self, asker: HistoryOf) -> None:
        for partner in _above(asker):
            breaker = await self.gates.peek(partner)
            if not breaker.is_closed:
                raise self.gates.refusal(breaker)

    async def _note_failure(self, asker: Asker, breaker: Breaker) -> None:
        if isinstance(asker, UUID | HistoryOf):
            return
        _, tally = await self.gates.breakers.change_tally(lambda tally: tally.failed_for(asker))
        if tally.is_down:
            await self.gates.open(CLOUD, breaker)

    async def _note_answer(self, asker: Asker) -> None:
        before, after = await self.gates.breakers.change_tally(
            lambda tally: tally.answered(_account_of(asker))
        )
        if before.is_down and before != after:
            await self.gates.close(CLOUD)
            for failed in before.failed:
                await self.gates.close(name_of(failed))


def _above(asker: Asker) -> tuple[str, ...]:
    """Whose failures are theirs too."""
    return (CLOUD, name_of(asker.account)) if isinstance(asker, HistoryOf) else (CLOUD,)


def _account_of(asker: Asker) -> AccountId | None:
    """Whom they belong to; None where nobody knows yet."""
    if isinstance(asker, HistoryOf):
        return asker.account
    return None if isinstance(asker, UUID) else asker
