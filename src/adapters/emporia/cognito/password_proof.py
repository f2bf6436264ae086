"""The password proof (SRP), by pycognito: slow to import and to work out, so for a thread alone.

Of pycognito only the arithmetic is used: its requests, through the AWS SDK, would take settings
from the surroundings, have no limit of time in all, and read answers of any size.
"""

from typing import Any

from pycognito.aws_srp import AWSSRP

from domain.errors import EmporiaUnreadable

_NOBODY = object()
"""Stands for the SDK's client: without one pycognito would make it."""


class PasswordProof:
    """One sign-in's side of the proof."""

    def __init__(self, *, username: str, password: str, pool_id: str, client_id: str) -> None:
        self._srp = AWSSRP(
            username=username,
            password=password,
            pool_id=pool_id,
            client_id=client_id,
            client=_NOBODY,
        )
        self.question: dict[str, Any] = self._srp.get_auth_params()
        """What a sign-in begins with."""

    def answer(self, challenge: Any) -> dict[str, Any]:
        """The answer to Cognito's challenge; raises EmporiaUnreadable where that makes no sense."""
        try:
            answer: dict[str, Any] = self._srp.process_challenge(challenge, self.question)
        except (LookupError, ValueError, TypeError, AttributeError):
            # pycognito takes Cognito's challenge for what it should be.
            raise EmporiaUnreadable from None
        return answer
