import asyncio
from dataclasses import replace

import pytest

from adapters.fake.accounts.passwords import TransparentPasswordHasher
from application.accounts.register import Registration
from application.ports.accounts.passwords import HasLeft, never_leaves
from domain.accounts.callers.turns import STRANGER, Turn
from domain.accounts.sign_up import SignUp
from domain.accounts.users import PlainPassword
from domain.errors import EmailTaken, InvalidInput, SignUpClosed


class UnhurriedHasher(TransparentPasswordHasher):
    """Lets others go first, as a thread does."""

    async def hash(
        self, password: PlainPassword, *, turn: Turn = STRANGER, has_left: HasLeft = never_leaves
    ) -> str:
        await asyncio.sleep(0)
        return await super().hash(password, turn=turn, has_left=has_left)


async def test_signing_up_opens_an_account_dated_now(world) -> None:
    user = await world.register(Registration(email=" Ada@example.com ", password="correct horse"))
    assert await world.users.with_id(user.id) == user
    assert user.email.value == "Ada@example.com"
    assert user.created_at == user.updated_at == world.clock.now()


async def test_the_password_is_kept_as_a_hash(world) -> None:
    user = await world.register(Registration(email="ada@example.com", password="correct horse"))
    assert world.passwords.hashes_made == 1
    assert user.password_hash == "generation 1: correct horse"


async def test_an_email_that_is_known_in_another_case_is_taken(world) -> None:
    await world.sign_up("ada@example.com")
    with pytest.raises(EmailTaken):
        await world.sign_up("ADA@example.com")


@pytest.mark.parametrize(
    ("email", "password"), [("ada", "correct horse"), ("ada@example.com", "short")]
)
async def test_a_malformed_email_or_password_costs_no_hashing(world, email, password) -> None:
    with pytest.raises(InvalidInput):
        await world.register(Registration(email=email, password=password))
    assert world.passwords.hashes_made == 0


def test_a_password_never_shows() -> None:
    assert "horse" not in repr(Registration(email="ada@example.com", password="correct horse"))


async def test_where_sign_up_is_closed_nobody_opens_an_account_and_nothing_is_hashed(
    make_world,
) -> None:
    world = make_world(sign_up=SignUp.CLOSED)
    with pytest.raises(SignUpClosed):
        await world.sign_up()
    assert (await world.list_users(), world.passwords.hashes_made) == ([], 0)


async def test_where_the_first_alone_may_sign_up_the_second_costs_no_hashing(make_world) -> None:
    world = make_world(sign_up=SignUp.FIRST)
    first = await world.sign_up("ada@example.com")
    with pytest.raises(SignUpClosed):
        await world.sign_up("bob@example.com")
    assert (await world.list_users(), world.passwords.hashes_made) == ([first.user], 1)


async def test_of_many_who_want_to_be_the_first_at_once_one_succeeds(make_world) -> None:
    world = make_world(sign_up=SignUp.FIRST)
    register = replace(world.register, passwords=UnhurriedHasher())
    hurry = [
        register(Registration(email=f"ada{n}@example.com", password="correct horse"))
        for n in range(5)
    ]
    results = await asyncio.gather(*hurry, return_exceptions=True)
    assert sum(isinstance(result, SignUpClosed) for result in results) == 4
    assert len(await world.list_users()) == 1
