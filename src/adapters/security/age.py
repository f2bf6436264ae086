"""Files sealed with age (https://age-encryption.org), to a recipient's key or with a passphrase."""

from pathlib import Path

import pyrage

BEGINNING = b"age-encryption.org/v1\n"


class SealRefused(Exception):
    """A key or a passphrase that is none, or does not fit; the sentence says which."""


def is_sealed(file: Path) -> bool:
    """Whether the file begins as age's files do."""
    with file.open("rb") as opened:
        return opened.read(len(BEGINNING)) == BEGINNING


def seal_to(recipient: str, plain: Path, sealed: Path) -> None:
    """Seal to a public key, `age1...`; raises SealRefused."""
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise SealRefused("--recipient: that is no public key of age (age1...).") from None
    with plain.open("rb") as source, sealed.open("wb") as target:
        pyrage.encrypt_io(source, target, [key])


def seal_with(passphrase: str, plain: Path, sealed: Path) -> None:
    """Seal with a passphrase; the whole file is held in memory, and it takes seconds by design."""
    sealed.write_bytes(pyrage.passphrase.encrypt(plain.read_bytes(), passphrase))


def open_by(identity: str, sealed: Path, plain: Path) -> None:
    """Open by a secret key, the text of an age identity file; raises SealRefused."""
    lines = [line.strip() for line in identity.splitlines()]
    try:
        keys = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except pyrage.IdentityError:
        raise SealRefused("--identity-file: that holds no secret key of age.") from None
    try:
        with sealed.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, keys)
    except pyrage.DecryptError:
        raise SealRefused(
            "The backup was sealed to another key, with a passphrase, or is damaged."
        ) from None


def open_with(passphrase: str, sealed: Path, plain: Path) -> None:
    """Open with a passphrase; raises SealRefused."""
    try:
        plain.write_bytes(pyrage.passphrase.decrypt(sealed.read_bytes(), passphrase))
    except pyrage.DecryptError:
        raise SealRefused(
            "The backup was sealed with another passphrase, to a key, or is damaged."
        ) from None
