"""Names, secrets and their rotation."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts.tenants import (
    LONGEST_OVERLAP,
    Tenant,
    TenantId,
    TenantName,
    TenantSecret,
    api_key_of,
    is_api_key,
    is_secret_of,
    key_within,
)
from domain.errors import InvalidInput

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (TenantSecret.of(chance) for chance in (1, 2, 3))
TENANT = Tenant(
    id=TenantId(UUID(int=1)),
    name=TenantName("home-app"),
    api_key=api_key_of(1),
    secret_hash=FIRST.hash,
    created_at=NOON,
)


@pytest.mark.parametrize("name", ["a", "home-app", "7", "x" * 64])
def test_a_name_is_what_can_be_typed_easily(name: str) -> None:
    assert str(TenantName(name)) == name


@pytest.mark.parametrize(
    "name", ["", "-a", "a-", "Home", "a b", "a_b", "x" * 65, "ä", "a\n", "default", "\ud83d"]
)
def test_what_can_not_be_a_name_is_told(name: str) -> None:
    with pytest.raises(InvalidInput):
        TenantName(name)


def test_a_secret_never_shows_and_can_be_told_by_its_beginning() -> None:
    assert FIRST.value.startswith("ees_")
    assert len(FIRST.value) == 36
    assert FIRST.value not in repr(FIRST)
    assert is_api_key(TENANT.api_key)
    assert not is_api_key(FIRST.value)


def test_of_a_tenant_neither_secret_nor_hash_shows() -> None:
    rotated = TENANT.rotated(SECOND, now=NOON, overlap=timedelta(hours=1))
    assert repr(FIRST.hash) not in repr(rotated)
    assert repr(SECOND.hash) not in repr(rotated)


def test_only_its_own_secret_is_a_tenants() -> None:
    assert is_secret_of(TENANT, FIRST, now=NOON)
    assert not is_secret_of(TENANT, SECOND, now=NOON)
    assert not is_secret_of(TENANT, TenantSecret(""), now=NOON)
    assert not is_secret_of(None, FIRST, now=NOON)


def test_a_rotated_secret_ends_at_once_unless_said_otherwise() -> None:
    rotated = TENANT.rotated(SECOND, now=NOON, overlap=timedelta(0))
    assert rotated.rotated_at == NOON
    assert is_secret_of(rotated, SECOND, now=NOON)
    assert not is_secret_of(rotated, FIRST, now=NOON)


def test_an_old_secret_is_good_for_its_time_and_not_longer() -> None:
    hour = timedelta(hours=1)
    rotated = TENANT.rotated(SECOND, now=NOON, overlap=hour)
    assert is_secret_of(rotated, FIRST, now=NOON + hour - timedelta(microseconds=1))
    assert not is_secret_of(rotated, FIRST, now=NOON + hour)
    assert is_secret_of(rotated, SECOND, now=NOON + hour)


def test_a_secret_of_before_the_last_ends_with_the_next_rotation() -> None:
    twice = TENANT.rotated(SECOND, now=NOON, overlap=LONGEST_OVERLAP).rotated(
        THIRD, now=NOON, overlap=timedelta(hours=1)
    )
    assert not is_secret_of(twice, FIRST, now=NOON)
    assert is_secret_of(twice, SECOND, now=NOON)
    assert is_secret_of(twice, THIRD, now=NOON)


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), LONGEST_OVERLAP + timedelta(seconds=1)])
def test_an_old_secret_is_good_for_thirty_days_at_most(overlap: timedelta) -> None:
    with pytest.raises(InvalidInput, match="0 to 720 hours"):
        TENANT.rotated(SECOND, now=NOON, overlap=overlap)


def test_a_key_within_a_tenant_is_no_key_of_another() -> None:
    other = TenantId(UUID(int=2))
    keys = {key_within(tenant, "ada@example.com") for tenant in (None, TENANT.id, other)}
    assert len(keys) == 3
    assert "ada@example.com" in keys
