"""Whether the whole cloud fails, or one account of it: many failures in a row tell."""

from dataclasses import dataclass, field

from domain.emporia.links import AccountId

FAILURES_IN_A_ROW = 20
ACCOUNTS = 5
"""The cloud counts as down after so many failures of so many accounts, with no answer between
them; where fewer accounts are polled, one is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudTally:
    """The failures since the cloud last answered anybody.

    `known` are the accounts that ever asked, `failed` those that failed since.
    """

    failures: int = 0
    failed: frozenset[AccountId] = field(default_factory=frozenset)
    known: frozenset[AccountId] = field(default_factory=frozenset)

    @property
    def is_down(self) -> bool:
        """Whether so much in a row can only be the cloud itself."""
        enough = ACCOUNTS if len(self.known) >= ACCOUNTS else 1
        return self.failures >= FAILURES_IN_A_ROW and len(self.failed) >= enough

    def answered(self, account: AccountId | None) -> "CloudTally":
        """The cloud has answered an account, or somebody with none yet (None), whatever it said."""
        known = self.known if account is None else self.known | {account}
        if not self.failures and known == self.known:
            return self
        return CloudTally(known=known)

    def failed_for(self, account: AccountId) -> "CloudTally":
        """The cloud could not be reached for one account, or had a fault of its own."""
        return CloudTally(
            failures=self.failures + 1,
            failed=self.failed | {account},
            known=self.known | {account},
        )
