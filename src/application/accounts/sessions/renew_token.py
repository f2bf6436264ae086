"""A fresh token while the old one is still good."""

from dataclasses import dataclass

from application.accounts.access import Caller, IssueAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewToken:
    """Keeps a login going without the password."""

    issue_access: IssueAccess

    async def __call__(self, caller: Caller) -> str:
        """Raises AccessTokenInvalid once the login that the token stems from is too old."""
        return self.issue_access.for_same_login(caller.user, caller.claims).token
