"""What every Tenants keeps its word about, and what goes with a tenant."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.accounts.callers.networks import Network
from domain.accounts.errors import TenantNameTaken, UnknownClient
from domain.accounts.keys import ApiKey, KeyId, KeyScope
from domain.accounts.sessions import Session
from domain.accounts.tenants import Tenant, TenantId, TenantName, TenantSecret, api_key_of
from domain.accounts.users import EmailAddress, Login, User, UserId
from domain.emporia.links import EmporiaLink
from domain.errors import EmailTaken

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
HOME = Network("192.0.2.1")
SECRET = TenantSecret.of(7)


def tenant(number: int, name: str) -> Tenant:
    return Tenant(
        id=TenantId(UUID(int=number)),
        name=TenantName(name),
        api_key=api_key_of(number),
        secret_hash=SECRET.hash,
        created_at=NOON + timedelta(hours=number),
    )


HOME_APP, SHOP_APP = tenant(1, "home-app"), tenant(2, "shop-app")


@pytest.fixture
async def shared(storage):
    """A storage with two tenants."""
    await storage.tenants.add(SHOP_APP)
    await storage.tenants.add(HOME_APP)
    return storage


def of(user: User, tenant_id: TenantId | None) -> User:
    """Somebody else of the same email in that tenant."""
    return replace(user, id=UserId(uuid4()), tenant_id=tenant_id)


async def test_tenants_are_found_by_name_and_key_and_told_oldest_first(shared) -> None:
    assert await shared.tenants.all() == [HOME_APP, SHOP_APP]
    assert await shared.tenants.with_name(SHOP_APP.name) == SHOP_APP
    assert await shared.tenants.with_key(HOME_APP.api_key) == HOME_APP


@pytest.mark.parametrize("key", ["", "eet_", "EET_10000000000000000000", "\x00", "ä", "%"])
async def test_nobody_is_found_under_another_key_or_name(shared, key: str) -> None:
    assert await shared.tenants.with_key(key) is None
    assert await shared.tenants.with_name(TenantName("nobody")) is None


async def test_a_name_is_given_once(shared) -> None:
    with pytest.raises(TenantNameTaken):
        await shared.tenants.add(replace(tenant(3, "x"), name=HOME_APP.name))
    assert len(await shared.tenants.all()) == 2


async def test_a_rotated_secret_is_kept_with_the_old_one(shared) -> None:
    rotated = HOME_APP.rotated(TenantSecret.of(8), now=NOON, overlap=timedelta(hours=1))

    await shared.tenants.replace(rotated)

    assert await shared.tenants.all() == [rotated, SHOP_APP]
    again = rotated.rotated(TenantSecret.of(9), now=NOON, overlap=timedelta(0))
    await shared.tenants.replace(again)
    assert await shared.tenants.with_name(HOME_APP.name) == again


async def test_of_a_tenant_that_is_gone_nothing_is_kept(storage) -> None:
    await storage.tenants.replace(HOME_APP)
    await storage.tenants.remove(HOME_APP.id)

    assert await storage.tenants.all() == []


async def test_one_email_is_another_user_in_each_tenant(shared, ada: User) -> None:
    users = [of(ada, each) for each in (None, HOME_APP.id, SHOP_APP.id)]
    for user in users:
        await shared.users.add(user)

    for user in users:
        found = await shared.users.with_email(
            EmailAddress("ADA@example.COM"), tenant_id=user.tenant_id
        )
        assert found == user == await shared.users.with_id(user.id)
        with pytest.raises(EmailTaken):
            await shared.users.add(of(ada, user.tenant_id))
    assert len(await shared.users.all()) == 3


async def test_of_many_sign_ups_at_once_with_one_email_one_a_tenant_succeeds(
    shared, ada: User
) -> None:
    results = await asyncio.gather(
        *(shared.users.add(of(ada, each)) for each in (None, HOME_APP.id) for _ in range(4)),
        return_exceptions=True,
    )

    assert sorted(map(repr, results)) == [repr(EmailTaken())] * 6 + ["None"] * 2


async def test_each_tenant_has_a_first_user(shared, ada: User, bob: User) -> None:
    for each in (None, HOME_APP.id):
        assert await shared.users.is_empty(tenant_id=each)
        assert await shared.users.add_first(of(ada, each))
        assert not await shared.users.is_empty(tenant_id=each)
        assert not await shared.users.add_first(of(bob, each))
    assert await shared.users.is_empty(tenant_id=SHOP_APP.id)


async def test_nobody_is_added_to_a_tenant_that_is_gone(storage, ada: User) -> None:
    with pytest.raises(UnknownClient):
        await storage.users.add(of(ada, HOME_APP.id))
    with pytest.raises(UnknownClient):
        await storage.users.add_first(of(ada, HOME_APP.id))
    assert await storage.users.all() == []


async def test_a_network_is_known_in_its_tenant_alone(shared, ada: User) -> None:
    default, homes = of(ada, None), of(ada, HOME_APP.id)
    for user in (default, homes):
        await shared.users.add(user)

    await shared.known_networks.remember(homes, HOME, at=NOON)

    assert [
        await shared.known_networks.contains(ada.email, HOME, tenant_id=each, since=NOON)
        for each in (None, HOME_APP.id, SHOP_APP.id)
    ] == [False, True, False]


async def test_with_a_tenant_go_its_users_and_all_of_theirs_and_nothing_of_others(
    shared, ada: User, adas_link: EmporiaLink
) -> None:
    users = {each: of(ada, each) for each in (None, HOME_APP.id, SHOP_APP.id)}
    later = datetime(2099, 1, 1, tzinfo=UTC)
    for number, user in enumerate(users.values()):
        await shared.users.add(user)
        await shared.links.save(replace(adas_link, user_id=user.id, subject=f"subject {number}"))
        await shared.ended_logins.add(f"ended {number}", user_id=user.id, until=later)
        await shared.known_networks.remember(user, HOME, at=NOON)
        await shared.sessions.add(session(f"login {number}", user))
        await shared.api_keys.add(
            key(number, user), bytes([number]), by=Login(f"login {number}", NOON), most_of_user=9
        )

    await shared.tenants.remove(HOME_APP.id)

    assert await shared.tenants.all() == [SHOP_APP]
    assert {user.tenant_id for user in await shared.users.all()} == {None, SHOP_APP.id}
    left = await shared.links.of_account(adas_link.account)
    assert {link.user_id for link in left} == {users[None].id, users[SHOP_APP.id].id}
    for number, each in enumerate(users):
        is_left = each != HOME_APP.id
        assert (await shared.sessions.with_id(f"login {number}") is not None) is is_left
        assert (await shared.api_keys.with_hash(bytes([number])) is not None) is is_left
        assert await shared.ended_logins.contains(f"ended {number}") is is_left
        assert (
            await shared.known_networks.contains(ada.email, HOME, tenant_id=each, since=NOON)
            is is_left
        )


def session(login_id: str, user: User) -> Session:
    return Session(
        login_id=login_id,
        user_id=user.id,
        name="curl",
        address_prefix="",
        begun_at=NOON,
        last_used_at=NOON,
        ends_at=datetime(2099, 1, 1, tzinfo=UTC),
    )


def key(number: int, user: User) -> ApiKey:
    return ApiKey(
        id=KeyId(UUID(int=number)),
        user_id=user.id,
        name="display",
        prefix="eea_00000000",
        scopes=frozenset({KeyScope.READ}),
        limits=None,
        created_at=NOON,
        expires_at=None,
    )
