"""What is under way when a login ends: it must neither outlive its end nor undo it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.fake.accounts.passwords import TransparentPasswordHasher
from application.accounts.keys.create_key import KeyRequest
from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.log_in import Credentials
from domain.accounts.keys import KeyScope
from domain.errors import AccessTokenInvalid

PASSWORD = CallersPassword("correct horse")


class HesitantHasher(TransparentPasswordHasher):
    """Reads passwords when told, and tells when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def verify(self, *args, **kwargs) -> bool:
        self.asked.set()
        await self.may_answer.wait()
        return await super().verify(*args, **kwargs)


@pytest.fixture
async def thief(world):
    """Somebody else's caller with the owner's password, and their hasher."""
    hasher = HesitantHasher()
    owner = await world.sign_up()
    stolen = await world.log_in_again()
    await world.clock.advance(1)
    return owner, stolen, hasher, replace(world.prove_password, passwords=hasher)


async def throw_out(world, owner) -> None:
    """The owner replaces the password, and with that ends every other login."""
    await world.change_password(owner, PasswordChange(old=PASSWORD, new="incorrect zebra"))


async def test_a_password_change_under_way_does_not_survive_another(world, thief):
    owner, stolen, hasher, prove_password = thief
    change = replace(world.change_password, prove_password=prove_password)
    theft = asyncio.create_task(change(stolen, PasswordChange(old=PASSWORD, new="stolen zebra")))
    await hasher.asked.wait()

    await throw_out(world, owner)
    hasher.may_answer.set()

    with pytest.raises(AccessTokenInvalid):
        await theft
    assert await world.check_access.caller(owner.claims)
    credentials = Credentials(email="ada@example.com", password="incorrect zebra")
    assert await world.log_in(credentials)


async def test_no_key_is_made_of_a_login_that_ended_meanwhile(world, thief):
    owner, stolen, hasher, prove_password = thief
    confirm = replace(world.confirm_password, prove_password=prove_password)
    create = replace(world.create_key, confirm_password=confirm)
    request = KeyRequest(name="back door", scopes=frozenset({KeyScope.READ}), password=PASSWORD)
    theft = asyncio.create_task(create(stolen, request))
    await hasher.asked.wait()

    await throw_out(world, owner)
    hasher.may_answer.set()

    with pytest.raises(AccessTokenInvalid):
        await theft
    assert await world.list_keys(owner) == []


async def test_of_two_who_end_each_other_the_first_stays(world):
    one = await world.sign_up()
    other = await world.log_in_again()
    await world.clock.advance(1)
    await world.end_other_sessions(one)

    with pytest.raises(AccessTokenInvalid):
        await world.end_other_sessions(other)

    assert await world.check_access.caller(one.claims)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access.caller(other.claims)


async def test_a_token_renewed_while_its_login_ends_is_good_for_nothing(world):
    caller = await world.sign_up()
    await world.log_out(caller)
    token = await world.renew_token(caller)
    with pytest.raises(AccessTokenInvalid):
        await world.check_access(token)


async def test_a_login_begun_on_the_old_password_ends_with_it(world):
    owner = await world.sign_up()
    hasher = HesitantHasher()
    log_in = replace(world.log_in, prove_password=replace(world.prove_password, passwords=hasher))
    theft = asyncio.create_task(
        log_in(Credentials(email="ada@example.com", password="correct horse"))
    )
    await hasher.asked.wait()
    await world.clock.advance(1)
    await throw_out(world, owner)
    hasher.may_answer.set()

    with pytest.raises(AccessTokenInvalid):
        await world.check_access(await theft)


async def test_others_end_that_began_at_this_instant_or_before_the_clock_was_set_back(world):
    ahead = await world.sign_up()
    world.clock.set_by(timedelta(hours=-1))
    at_once, mine = await world.log_in_again(), await world.log_in_again()

    for _ in range(2):
        await world.end_other_sessions(mine)
        for other in (ahead, at_once):
            with pytest.raises(AccessTokenInvalid):
                await world.check_access.caller(other.claims)
    assert await world.check_access.caller(mine.claims)


async def test_whoever_signs_in_after_the_clock_was_set_back_is_in(world):
    owner = await world.sign_up()
    await world.end_other_sessions(owner)
    await world.clock.advance(1)
    await throw_out(world, owner)
    world.clock.set_by(timedelta(hours=-1))

    token = await world.log_in(Credentials(email="ada@example.com", password="incorrect zebra"))

    assert (await world.check_access(token)).user.id == owner.user.id
