"""Codes by the clock, RFC 6238, as every authenticator app makes them."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp

from application.ports.accounts.one_time_codes import OneTimeCodes

ISSUER = "Emporia gateway"
STEPS_OFF = (0, -1, 1)
"""A phone's clock may be half a minute off, and typing takes time."""

RECOVERY_BYTES = 10
GROUP = 4


class PyotpOneTimeCodes(OneTimeCodes):
    """Six digits, thirty seconds, SHA-1: many apps take nothing else."""

    def new_secret(self) -> str:
        return pyotp.random_base32()

    def address(self, secret: str, *, account: str) -> str:
        return pyotp.TOTP(secret, name=account, issuer=ISSUER).provisioning_uri()

    def step_of(self, secret: str, code: str, *, at: datetime) -> int | None:
        totp = pyotp.TOTP(secret)
        now = totp.timecode(at)
        typed = code.encode()
        found = None
        for step in (now + off for off in STEPS_OFF if now + off >= 0):
            if hmac.compare_digest(totp.generate_otp(step).encode(), typed):
                found = step if found is None else found
        return found

    def new_recovery_code(self) -> str:
        code = b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
        return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
