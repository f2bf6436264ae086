"""Looks over an installation: what is fine, what is not, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ports.operations.checks import Check
from domain.operations.findings import Finding, wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Examine:
    """Goes through all checks; one that breaks is a finding and keeps no other from its look."""

    checks: Sequence[Check]

    async def __call__(self) -> Sequence[Finding]:
        """What was found, in the order of the checks."""
        found: list[Finding] = []
        for check in self.checks:
            try:
                found += await check.look()
            except Exception as error:  # noqa: BLE001  # whatever is broken may break the look at it
                found.append(wrong(check.about, f"can't be looked at: {_reason(error)}."))
        return found


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "this user may not; run doctor as the user that the gateway runs as"
    return getattr(error, "strerror", None) or type(error).__name__
