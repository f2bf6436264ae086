"""Looks whether the secrets are there, private, and those that things were sealed with."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from adapters.security.sealing import AesGcmSecretBox
from adapters.security.secrets_file import SecretFileUnusable, read_secret
from application.ports.operations.checks import Check
from domain.accounts.users import UserId
from domain.counted import counted
from domain.operations.findings import Finding, fine, wrong

Sealed = Mapping[str, Sequence[tuple[UserId, bytes]]]
"""What is sealed and for whom, by what one of them is called."""

WITHOUT = {
    "link": "these accounts have to be linked again",
    "kept password": "links that renew themselves do so no more",
    "second factor": (
        "these users have to be let in by: emporia-api user reset-second-factor EMAIL"
    ),
}
"""What has to be done where the key of something is lost."""


class TokenSecretCheck(Check):
    """Looks at what signs the gateway's own tokens."""

    about = "token secret"

    def __init__(self, file: Path, *, given: Sequence[bytes], used: Callable[[], bool]) -> None:
        self._file = file
        self._given = given
        self._used = used

    async def look(self) -> Sequence[Finding]:
        if self._given:
            return [fine(self.about, f"{len(self._given)} in TOKEN_SECRETS")]
        if self._file.exists():
            try:
                read_secret(self._file)
            except SecretFileUnusable as unusable:
                return [wrong(self.about, str(unusable))]
            return [fine(self.about, f"{self._file}, private")]
        if await asyncio.to_thread(self._used):
            return [
                wrong(
                    self.about,
                    f"{self._file} is missing, which logins are signed with; restore it, or name "
                    "it in TOKEN_SECRETS.",
                )
            ]
        return [fine(self.about, "the first start makes one")]


class SealingKeyCheck(Check):
    """Looks at what seals tokens and second factors, and whether it opens those that are kept."""

    about = "sealing key"

    def __init__(self, file: Path, *, given: Sequence[bytes], sealed: Callable[[], Sealed]) -> None:
        self._file = file
        self._given = given
        self._sealed = sealed

    async def look(self) -> Sequence[Finding]:
        sealed = await asyncio.to_thread(self._sealed)
        if self._given:
            return [self._opening(tuple(self._given), sealed, "SEALING_KEYS")]
        if self._file.exists():
            try:
                key = read_secret(self._file)
            except SecretFileUnusable as unusable:
                return [wrong(self.about, str(unusable))]
            return [self._opening((key,), sealed, str(self._file))]
        if kept := [counted(len(each), what) for what, each in sealed.items() if each]:
            return [
                wrong(
                    self.about,
                    f"{self._file} is missing, without which {' and '.join(kept)} "
                    "can't be opened; restore it, or name it in SEALING_KEYS.",
                )
            ]
        return [fine(self.about, "the first start makes one")]

    def _opening(self, keys: Sequence[bytes], sealed: Sealed, where: str) -> Finding:
        box = AesGcmSecretBox(keys)
        shut = {
            what: sum(box.open(secret, owner=owner) is None for owner, secret in each)
            for what, each in sealed.items()
        }
        numbers = {what: counted(len(each), what) for what, each in sealed.items()}
        if lost := [what for what, number in shut.items() if number]:
            opened = (f"{len(sealed[what]) - shut[what]} of {numbers[what]}" for what in lost)
            return wrong(
                self.about,
                f"{where} opens {' and '.join(opened)}; restore the key that they were sealed "
                f"with, or {', and '.join(WITHOUT[what] for what in lost)}.",
            )
        return fine(self.about, f"{where} opens what is sealed: {', '.join(numbers.values())}")
