"""Sealing by AES-256-GCM, bound to the user whose secret it is.

A sealed secret is: one version byte, four bytes that name the key, a nonce of twelve bytes, and
the ciphertext with its tag.
"""

import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
VERSION = b"\x01"
PREFIX_BYTES = len(VERSION) + 4


class AesGcmSecretBox(SecretBox):
    """Seals with the first key and opens with all, so that keys can be rotated."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"Sealing needs a key of exactly {KEY_BYTES} bytes.")
        self._ciphers = {_prefix(key): AESGCM(key) for key in keys}
        self._sealing_prefix = _prefix(keys[0])

    def seal(self, plain: bytes, *, owner: UserId) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._sealing_prefix]
        return self._sealing_prefix + nonce + cipher.encrypt(nonce, plain, owner.bytes)

    def open(self, sealed: bytes, *, owner: UserId) -> bytes | None:
        cipher = self._ciphers.get(sealed[:PREFIX_BYTES])
        if cipher is None or len(sealed) < PREFIX_BYTES + NONCE_BYTES + TAG_BYTES:
            return None
        body = sealed[PREFIX_BYTES:]
        try:
            return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], owner.bytes)
        except InvalidTag:
            return None


def _prefix(key: bytes) -> bytes:
    return VERSION + sha256(key).digest()[:4]
