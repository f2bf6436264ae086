"""What a user can learn of the account, and how they leave for good."""

import pytest

from adapters.fake.operations.storage_health import InMemoryStorageHealth
from application.accounts.passwords.prove_password import CallersPassword
from application.emporia.read_profile import Profile
from application.operations.check_readiness import CheckReadiness
from domain.errors import NotLinked, UserNotFound, WrongCredentials


async def test_a_profile_has_no_emporia_name_before_a_link(world) -> None:
    caller = await world.sign_up()
    assert await world.read_profile(caller) == Profile(user=caller.user, emporia_username=None)


async def test_a_profile_names_the_linked_emporia_account(world) -> None:
    caller = await world.resident(username="home@example.com")
    assert (await world.read_profile(caller)).emporia_username == "home@example.com"


async def test_leaving_erases_the_account_and_all_that_was_stored_for_it(world) -> None:
    caller = await world.resident()
    token = await world.token()
    await world.log_out(caller)
    await world.delete_account(caller, CallersPassword("correct horse"))
    assert not world.store.users
    assert not world.store.links
    assert not world.store.ended_logins
    with pytest.raises(UserNotFound):
        await world.check_access(token)


@pytest.mark.parametrize("password", ["wrong horse", "", "\ud83d"])
async def test_leaving_takes_the_password(world, password) -> None:
    caller = await world.resident()
    with pytest.raises(WrongCredentials):
        await world.delete_account(caller, CallersPassword(password))
    assert await world.users.with_id(caller.user.id) == caller.user


async def test_whoever_left_may_sign_up_again_and_starts_afresh(world) -> None:
    caller = await world.resident()
    await world.delete_account(caller, CallersPassword("correct horse"))
    with pytest.raises(NotLinked):
        await world.list_devices(await world.sign_up())


async def test_the_password_never_shows(world) -> None:
    departure = await world.sign_up(), CallersPassword("correct horse")
    assert "horse" not in repr(departure)


@pytest.mark.parametrize("reachable", [True, False])
async def test_the_gateway_is_ready_while_its_database_can_be_reached(reachable) -> None:
    storage = InMemoryStorageHealth()
    storage.reachable = reachable
    assert await CheckReadiness(storage=storage)() is reachable
