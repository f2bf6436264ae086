"""Client apps with users of their own, of whom none sees another's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.passwords.reset_password import PasswordReset
from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from application.accounts.tenants.identify_client import ClientCredentials
from domain.accounts.callers.networks import Network
from domain.accounts.callers.pauses import PASSWORD_PAUSES
from domain.accounts.errors import TenantNameTaken, TenantUnknown, UnknownClient
from domain.accounts.sign_up import SignUp
from domain.accounts.tenants import TenantId, TenantSecret
from domain.errors import (
    AccessTokenInvalid,
    EmailTaken,
    InvalidInput,
    PasswordPaused,
    SignUpClosed,
    UserNotFound,
    WrongCredentials,
)

ADA = "ada@example.com"
PASSWORD = "correct horse"
HOME = Network("192.0.2.1")


async def tenant(world, name: str = "home-app") -> TenantId:
    made: TenantId = (await world.create_tenant(name))[0].id
    return made


async def sign_up(world, tenant_id, password: str = PASSWORD):
    """The caller whom the same email is in that tenant."""
    await world.register(Registration(email=ADA, password=password, tenant_id=tenant_id))
    return await log_in(world, tenant_id, password)


async def log_in(world, tenant_id, password: str = PASSWORD, network=None):
    credentials = Credentials(email=ADA, password=password, tenant_id=tenant_id, network=network)
    return await world.check_access(await world.log_in(credentials))


async def test_a_tenant_is_made_and_listed_oldest_first(world) -> None:
    first, secret = await world.create_tenant("home-app")
    await world.clock.advance(1)
    second, other_secret = await world.create_tenant("shop-app")

    assert await world.list_tenants() == [first, second]
    assert await world.find_tenant("shop-app") == second
    assert await world.find_tenant.id_of(None) is None
    assert await world.find_tenant.id_of("home-app") == first.id
    assert len({secret.value, other_secret.value, first.api_key, second.api_key}) == 4


async def test_a_name_is_given_once(world) -> None:
    await tenant(world)
    with pytest.raises(TenantNameTaken, match="home-app"):
        await tenant(world)
    with pytest.raises(InvalidInput):
        await tenant(world, "Home App")


@pytest.mark.parametrize("name", ["nobody", "default", "No Name"])
async def test_who_is_not_there_can_not_be_found_rotated_or_removed(world, name) -> None:
    for act in (world.find_tenant, world.rotate_tenant, world.remove_tenant):
        with pytest.raises(TenantUnknown, match=name):
            await act(name)


async def test_a_client_app_is_known_by_key_and_secret(world) -> None:
    home, secret = await world.create_tenant("home-app")
    shop, _ = await world.create_tenant("shop-app")

    assert await world.identify_client(ClientCredentials(api_key=home.api_key, secret=secret)) == (
        home.id
    )
    for wrong in (
        ClientCredentials(api_key=home.api_key, secret=TenantSecret("guessed")),
        ClientCredentials(api_key=shop.api_key, secret=secret),
        ClientCredentials(api_key="somebody", secret=secret),
        None,
    ):
        with pytest.raises(UnknownClient):
            await world.identify_client(wrong)
    assert world.identify_client.without_credentials() is None


async def test_without_any_tenant_what_is_shown_counts_for_nothing(world) -> None:
    foreign = ClientCredentials(api_key="somebody", secret=TenantSecret("something"))
    assert await world.identify_client(foreign) is None
    assert await world.identify_client(None) is None


async def test_the_key_of_a_removed_tenant_does_not_lead_into_the_default_one(world) -> None:
    home, secret = await world.create_tenant("home-app")
    await world.remove_tenant("home-app")
    with pytest.raises(UnknownClient):
        await world.identify_client(ClientCredentials(api_key=home.api_key, secret=secret))


async def test_where_a_tenant_is_required_nobody_else_comes_in(make_world) -> None:
    world = make_world(tenant_required=True)
    foreign = ClientCredentials(api_key="somebody", secret=TenantSecret("something"))
    for wrong in (foreign, None):
        with pytest.raises(UnknownClient):
            await world.identify_client(wrong)
    with pytest.raises(UnknownClient):
        world.identify_client.without_credentials()


async def test_a_rotated_secret_counts_at_once_and_the_old_one_as_long_as_was_said(world) -> None:
    home, old = await world.create_tenant("home-app")
    rotated, new = await world.rotate_tenant("home-app", overlap=timedelta(hours=1))

    assert rotated.api_key == home.api_key
    for secret in (old, new):
        shown = ClientCredentials(api_key=home.api_key, secret=secret)
        assert await world.identify_client(shown) == home.id
    await world.clock.advance(3600)
    with pytest.raises(UnknownClient):
        await world.identify_client(ClientCredentials(api_key=home.api_key, secret=old))
    assert await world.identify_client(ClientCredentials(api_key=home.api_key, secret=new))


async def test_one_email_is_another_user_in_each_tenant(world) -> None:
    home, shop = await tenant(world), await tenant(world, "shop-app")
    callers = {
        each: await sign_up(world, each, password=f"correct horse {number}")
        for number, each in enumerate((None, home, shop))
    }

    assert len({caller.user.id for caller in callers.values()}) == 3
    for number, (each, caller) in enumerate(callers.items()):
        assert caller.user.tenant_id == caller.claims.tenant_id == each
        assert (await log_in(world, each, f"correct horse {number}")).user.id == caller.user.id
        with pytest.raises(WrongCredentials):
            await log_in(world, each, f"correct horse {(number + 1) % 3}")
        with pytest.raises(EmailTaken):
            await sign_up(world, each)


async def test_nobody_signs_up_to_a_tenant_that_is_gone(make_world) -> None:
    world = make_world()
    home = await tenant(world)
    await world.remove_tenant("home-app")
    with pytest.raises(UnknownClient):
        await sign_up(world, home)
    first = make_world(sign_up=SignUp.FIRST)
    with pytest.raises(UnknownClient):
        await sign_up(first, home)


async def test_where_the_first_alone_may_sign_up_each_tenant_has_one(make_world) -> None:
    world = make_world(sign_up=SignUp.FIRST)
    home = await tenant(world)
    for each in (None, home):
        await sign_up(world, each)
        with pytest.raises(SignUpClosed):
            await world.register(
                Registration(email="bob@example.com", password=PASSWORD, tenant_id=each)
            )


async def test_wrong_passwords_in_one_tenant_slow_nobody_in_another(world) -> None:
    home, shop = await tenant(world), await tenant(world, "shop-app")
    for each in (None, home, shop):
        await sign_up(world, each)
    for _ in range(PASSWORD_PAUSES.free_refusals):
        with pytest.raises(WrongCredentials):
            await log_in(world, home, "wrong")

    with pytest.raises(PasswordPaused):
        await log_in(world, home)
    assert (await log_in(world, None)).user.tenant_id is None
    assert (await log_in(world, shop)).user.tenant_id == shop


async def test_a_network_known_in_one_tenant_is_a_strangers_in_another(world) -> None:
    home = await tenant(world)
    for each in (None, home):
        await sign_up(world, each)
    await log_in(world, home, network=HOME)

    await log_in(world, None, network=HOME)
    await log_in(world, home, network=HOME)

    assert [turn.is_known for turn in world.passwords.turns[-2:]] == [False, True]


async def test_a_wrong_password_of_somebody_signed_in_counts_in_their_tenant_alone(world) -> None:
    home = await tenant(world)
    await sign_up(world, None)
    caller = await sign_up(world, home)
    for _ in range(PASSWORD_PAUSES.free_refusals):
        with pytest.raises(WrongCredentials):
            await world.delete_account(caller, CallersPassword("wrong"))

    with pytest.raises(PasswordPaused):
        await log_in(world, home)
    assert await log_in(world, None)


async def test_a_token_that_names_another_tenant_than_its_users_is_refused(world) -> None:
    home, shop = await tenant(world), await tenant(world, "shop-app")
    default, homes = await sign_up(world, None), await sign_up(world, home)
    for caller, wrong in ((default, home), (homes, None), (homes, shop)):
        forged = world.access_tokens.issue(replace(caller.claims, tenant_id=wrong))
        with pytest.raises(AccessTokenInvalid):
            await world.check_access(forged)


async def test_a_renewed_token_names_the_tenant_too(world) -> None:
    caller = await sign_up(world, await tenant(world))
    renewed = await world.check_access(await world.renew_token(caller))
    assert renewed.claims.tenant_id == caller.user.tenant_id


async def test_an_operator_acts_on_the_user_of_the_tenant_that_was_named(world) -> None:
    home, shop = await tenant(world), await tenant(world, "shop-app")
    for each in (None, home):
        await sign_up(world, each)
    await world.clock.advance(0.001)

    await world.reset_password(PasswordReset(email=ADA, password="a newer horse", tenant_id=home))
    assert await log_in(world, None)
    assert await log_in(world, home, "a newer horse")
    with pytest.raises(UserNotFound):
        await world.remove_user(ADA, tenant_id=shop)
    await world.remove_user(ADA, tenant_id=home)
    assert [user.tenant_id for user in await world.list_users()] == [None]


async def test_leaving_one_tenant_leaves_the_same_email_in_another(world) -> None:
    home = await tenant(world)
    await sign_up(world, None)
    await world.delete_account(await sign_up(world, home), CallersPassword(PASSWORD))
    assert await log_in(world, None)
    with pytest.raises(WrongCredentials):
        await log_in(world, home)


async def test_with_a_tenant_go_its_users_and_streams_and_nobody_elses(world) -> None:
    home, shop = await tenant(world), await tenant(world, "shop-app")
    callers = {each: await sign_up(world, each) for each in (None, home, shop)}
    for caller in callers.values():
        await world.link(caller)
    streams = {each: await world.open(caller) for each, caller in callers.items()}

    assert await world.remove_tenant("home-app") == 1

    assert [each for each, stream in streams.items() if stream.outlet.has_ended] == [home]
    assert [user.tenant_id for user in await world.list_users()] == [None, shop]
    assert set(world.store.links) == {callers[None].user.id, callers[shop].user.id}
    assert {session.user_id for session in world.store.sessions.values()} == {
        callers[None].user.id,
        callers[shop].user.id,
    }
    with pytest.raises(UserNotFound):
        await world.check_access.caller(callers[home].claims)


async def test_users_of_two_tenants_share_the_poll_of_the_account_that_both_have_linked(
    world,
) -> None:
    home = await tenant(world)
    callers = [await sign_up(world, each) for each in (None, home)]
    for caller in callers:
        await world.link(caller)
    assert len({(await world.link_of(caller)).account for caller in callers}) == 1


def test_a_tenants_secret_never_shows_with_its_credentials() -> None:
    secret = TenantSecret.of(1)
    assert secret.value not in repr(ClientCredentials(api_key="eet_", secret=secret))
