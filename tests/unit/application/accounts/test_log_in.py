from dataclasses import replace

import pytest

from adapters.fake.accounts.passwords import TransparentPasswordHasher
from application.accounts.sessions.log_in import Credentials
from domain.errors import PasswordsBusy, WrongCredentials


async def test_a_login_turns_credentials_into_a_token_of_that_user(world) -> None:
    caller = await world.sign_up("Ada@example.com")
    token = await world.log_in(Credentials(email="ada@EXAMPLE.com", password="correct horse"))
    assert (await world.check_access(token)).user == caller.user


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com", "no email at all", ""])
async def test_a_failed_login_costs_one_check_whether_or_not_the_email_exists(world, email) -> None:
    await world.sign_up("ada@example.com")
    before = world.passwords.checks_made
    with pytest.raises(WrongCredentials, match=r"^Invalid email or password\.$"):
        await world.log_in(Credentials(email=email, password="wrong"))
    assert world.passwords.checks_made == before + 1


async def test_a_password_that_is_no_text_is_wrong(world) -> None:
    await world.sign_up("ada@example.com")
    with pytest.raises(WrongCredentials):
        await world.log_in(Credentials(email="ada@example.com", password="\ud83d"))


async def test_a_hash_of_other_parameters_is_renewed_by_a_login(world) -> None:
    caller = await world.sign_up("ada@example.com")
    todays = TransparentPasswordHasher(generation=2)
    log_in = replace(world.log_in, passwords=todays)
    await log_in(Credentials(email="ada@example.com", password="correct horse"))
    user = await world.users.with_id(caller.user.id)
    assert user.password_hash == "generation 2: correct horse"


async def test_a_hash_of_todays_parameters_stays(world) -> None:
    await world.sign_up("ada@example.com")
    await world.token("ada@example.com")
    assert world.passwords.hashes_made == 1


async def test_a_wrong_password_renews_no_hash(world) -> None:
    caller = await world.sign_up("ada@example.com")
    todays = TransparentPasswordHasher(generation=2)
    log_in = replace(world.log_in, passwords=todays)
    with pytest.raises(WrongCredentials):
        await log_in(Credentials(email="ada@example.com", password="wrong horse"))
    assert await world.users.with_id(caller.user.id) == caller.user


async def test_a_login_succeeds_though_there_is_no_time_to_renew_its_hash(world) -> None:
    caller = await world.sign_up("ada@example.com")

    class BusyHasher(TransparentPasswordHasher):
        async def hash(self, *_: object, **__: object) -> str:
            raise PasswordsBusy

    log_in = replace(world.log_in, passwords=BusyHasher(generation=2))
    assert await log_in(Credentials(email="ada@example.com", password="correct horse"))
    assert await world.users.with_id(caller.user.id) == caller.user
