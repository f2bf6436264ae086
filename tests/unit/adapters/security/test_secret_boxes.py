"""What every SecretBox keeps its word about, and what is AES-GCM's own."""

from uuid import UUID

import pytest

from adapters.fake.secret_box import TransparentSecretBox
from adapters.security.sealing import AesGcmSecretBox
from application.ports.secret_box import SecretBox
from domain.accounts.users import UserId

ADA = UserId(UUID(int=1))
BOB = UserId(UUID(int=2))
KEY = b"k" * 32
NEWER_KEY = b"n" * 32


@pytest.fixture(params=["transparent", "aes-gcm"])
def box(request: pytest.FixtureRequest) -> SecretBox:
    return {"transparent": TransparentSecretBox(), "aes-gcm": AesGcmSecretBox([KEY])}[request.param]


@pytest.mark.parametrize("plain", [b"", b"secret", b"\x00" * 5000], ids=len)
def test_what_was_sealed_is_opened_for_its_owner(box: SecretBox, plain: bytes) -> None:
    assert box.open(box.seal(plain, owner=ADA), owner=ADA) == plain


def test_it_is_not_opened_for_another(box: SecretBox) -> None:
    assert box.open(box.seal(b"secret", owner=ADA), owner=BOB) is None


@pytest.mark.parametrize("position", [0, 1, 10, 20, -1])
def test_a_change_anywhere_keeps_it_shut(box: SecretBox, position: int) -> None:
    changed = bytearray(box.seal(b"secret", owner=ADA))
    changed[position] ^= 1

    assert box.open(bytes(changed), owner=ADA) is None


@pytest.mark.parametrize("kept_bytes", [0, 1, 4, 5, 10, 17, 20, 32])
def test_a_torn_piece_is_not_opened(box: SecretBox, kept_bytes: int) -> None:
    assert box.open(box.seal(b"secret", owner=ADA)[:kept_bytes], owner=ADA) is None


def test_what_is_sealed_shows_nothing_and_never_looks_the_same() -> None:
    box = AesGcmSecretBox([KEY])
    sealed = box.seal(b"secret", owner=ADA)

    assert b"secret" not in sealed
    assert sealed != box.seal(b"secret", owner=ADA)


def test_a_rotated_box_opens_what_the_former_key_sealed_and_seals_with_the_new() -> None:
    rotated = AesGcmSecretBox([NEWER_KEY, KEY])

    assert rotated.open(AesGcmSecretBox([KEY]).seal(b"old", owner=ADA), owner=ADA) == b"old"
    assert AesGcmSecretBox([NEWER_KEY]).open(rotated.seal(b"new", owner=ADA), owner=ADA) == b"new"


def test_what_a_lost_key_sealed_stays_shut() -> None:
    sealed = AesGcmSecretBox([KEY]).seal(b"secret", owner=ADA)

    assert AesGcmSecretBox([NEWER_KEY]).open(sealed, owner=ADA) is None


@pytest.mark.parametrize("keys", [[], [b"short key"], [KEY, b"short key"], [KEY + b"k"]])
def test_keys_of_the_wrong_size_are_refused_without_being_shown(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="exactly 32 bytes") as refusal:
        AesGcmSecretBox(keys)

    assert "short key" not in str(refusal.value)
