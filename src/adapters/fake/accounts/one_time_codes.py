"""Codes that a test can work out."""

from datetime import datetime
from itertools import count

from application.ports.accounts.one_time_codes import OneTimeCodes

STEP_SECONDS = 30


class CountingOneTimeCodes(OneTimeCodes):
    """The code of a step is the step's own number; secrets and recovery codes count up."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new_secret(self) -> str:
        return f"SECRET{next(self._numbers)}"

    def address(self, secret: str, *, account: str) -> str:
        return f"otpauth://totp/{account}?secret={secret}"

    def step_of(self, secret: str, code: str, *, at: datetime) -> int | None:
        now = step_at(at)
        return next((step for step in (now, now - 1, now + 1) if code == code_of(step)), None)

    def new_recovery_code(self) -> str:
        return f"code-no-{next(self._numbers)}"


def step_at(at: datetime) -> int:
    """Which step of the clock it is."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(step: int) -> str:
    """The code of that step, whatever the secret."""
    return f"{step % 1_000_000:06}"
