"""What somebody has for a second factor."""

from dataclasses import dataclass
from datetime import datetime

from application.accounts.access import Caller
from application.ports.accounts.second_factors import SecondFactors


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorStatus:
    """Since when (UTC) logins ask for a code, None where they do not."""

    since: datetime | None
    recovery_codes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSecondFactor:
    """Tells whether logins ask for a code; never the secret, nor a code."""

    second_factors: SecondFactors

    async def __call__(self, caller: Caller) -> SecondFactorStatus:
        """One that is only being set up counts as none."""
        factor = await self.second_factors.of_user(caller.user.id)
        return SecondFactorStatus(
            since=factor.since if factor else None,
            recovery_codes_left=await self.second_factors.recovery_codes_left(caller.user.id),
        )
