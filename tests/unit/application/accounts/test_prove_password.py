"""Wrong passwords make the next try wait, for owners of an email and for nobody's alike."""

from datetime import timedelta

import pytest

from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.sessions.log_in import Credentials
from domain.accounts.callers.networks import Network
from domain.accounts.callers.pauses import PASSWORD_PAUSES
from domain.accounts.callers.turns import Turn
from domain.errors import PasswordPaused, PasswordsBusy, WrongCredentials

HOME, AFAR = Network("192.0.2.1"), Network("2001:db8::/64")
FREE = PASSWORD_PAUSES.free_refusals
emails = pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])


def credentials(
    password: str, *, email: str = "ada@example.com", network: Network | None = AFAR
) -> Credentials:
    return Credentials(email=email, password=password, network=network)


async def guess(world, *, times: int = FREE, email: str = "ada@example.com") -> None:
    for number in range(times):
        with pytest.raises(WrongCredentials):
            await world.log_in(credentials(f"wrong {number}", email=email))


@emails
async def test_too_many_wrong_passwords_make_the_next_try_wait(world, email) -> None:
    await world.sign_up("ada@example.com")
    await guess(world, email=email)
    checks = world.passwords.checks_made

    with pytest.raises(PasswordPaused) as refusal:
        await world.log_in(credentials("correct horse", email=email))

    assert refusal.value.retry_after_seconds == PASSWORD_PAUSES.first_seconds
    assert world.passwords.checks_made == checks


@emails
async def test_the_email_counts_in_whatever_case(world, email) -> None:
    await world.sign_up("ada@example.com")
    await guess(world, email=email)

    with pytest.raises(PasswordPaused):
        await world.log_in(credentials("wrong", email=f" {email.upper()}"))


async def test_other_emails_are_not_paused(world) -> None:
    await world.sign_up("ada@example.com")
    await guess(world, email="nobody@example.com")

    assert await world.log_in(credentials("correct horse"))


async def test_the_pause_grows_and_ends_and_never_becomes_a_lock(world) -> None:
    await world.sign_up("ada@example.com")
    await guess(world)
    pauses = []
    for _ in range(12):
        with pytest.raises(PasswordPaused) as refusal:
            await world.log_in(credentials("wrong"))
        pauses.append(refusal.value.retry_after_seconds)
        await world.clock.advance(pauses[-1])
        await guess(world, times=1)

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
    await world.clock.advance(300)
    assert await world.log_in(credentials("correct horse"))


async def test_who_signed_in_from_a_network_is_not_paused_there(world) -> None:
    await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=HOME))
    await guess(world)

    assert await world.log_in(credentials("correct horse", network=HOME))
    with pytest.raises(PasswordPaused):
        await world.log_in(credentials("correct horse", network=AFAR))


async def test_a_wrong_password_from_a_known_network_is_wrong(world) -> None:
    await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=HOME))
    await guess(world)

    with pytest.raises(WrongCredentials):
        await world.log_in(credentials("wrong", network=HOME))


async def test_a_network_is_known_for_ninety_days(world) -> None:
    await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=HOME))
    await world.clock.advance(timedelta(days=90, seconds=1).total_seconds())
    await guess(world)

    with pytest.raises(PasswordPaused):
        await world.log_in(credentials("correct horse", network=HOME))


async def test_a_network_that_another_user_signed_in_from_is_not_known(world) -> None:
    await world.sign_up("ada@example.com")
    await world.sign_up("bob@example.com")
    await world.log_in(credentials("correct horse", email="bob@example.com", network=HOME))
    await guess(world)

    with pytest.raises(PasswordPaused):
        await world.log_in(credentials("correct horse", network=HOME))


async def test_who_comes_from_nowhere_is_never_known(world) -> None:
    await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=None))
    await guess(world)

    with pytest.raises(PasswordPaused):
        await world.log_in(credentials("correct horse", network=None))


async def test_erasing_an_account_erases_its_networks(world) -> None:
    caller = await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=HOME))

    await world.delete_account(caller, CallersPassword("correct horse"))

    assert world.store.known_networks == {}


async def test_wrong_passwords_at_leaving_count_as_well(world) -> None:
    caller = await world.sign_up("ada@example.com")
    for _ in range(FREE):
        with pytest.raises(WrongCredentials):
            await world.delete_account(caller, CallersPassword("wrong"))

    with pytest.raises(PasswordPaused):
        await world.delete_account(caller, CallersPassword("correct horse"))


async def test_what_can_not_be_an_email_is_never_paused(world) -> None:
    await guess(world, times=3 * FREE, email="no email at all")


async def test_passwords_that_were_not_looked_at_are_no_refusals(world) -> None:
    await world.sign_up("ada@example.com")
    world.passwords.busy = True
    for _ in range(3 * FREE):
        with pytest.raises(PasswordsBusy):
            await world.log_in(credentials("wrong"))
    world.passwords.busy = False

    assert await world.log_in(credentials("correct horse"))


async def test_who_signed_in_from_there_is_known_in_the_queue_and_others_are_strangers(
    world,
) -> None:
    await world.sign_up("ada@example.com")
    await world.sign_up("bob@example.com")
    await world.log_in(credentials("correct horse", network=HOME))
    world.passwords.turns.clear()

    await world.log_in(credentials("correct horse", network=HOME))
    await world.log_in(credentials("correct horse"))
    await world.log_in(credentials("correct horse", email="bob@example.com", network=HOME))

    assert world.passwords.turns == [
        Turn(network=HOME, is_known=True),
        Turn(network=AFAR),
        Turn(network=HOME),
    ]


async def test_what_others_try_does_not_hold_up_who_is_known(world) -> None:
    await world.sign_up("ada@example.com")
    await world.log_in(credentials("correct horse", network=HOME))
    for _ in range(FREE):
        await world.wrong_passwords.begin("ada@example.com")

    assert await world.log_in(credentials("correct horse", network=HOME))


async def test_who_leaves_with_a_good_token_is_known(world) -> None:
    caller = await world.sign_up("ada@example.com")
    world.passwords.turns.clear()

    await world.delete_account(caller, CallersPassword("correct horse", AFAR))

    assert world.passwords.turns == [Turn(network=AFAR, is_known=True)]


async def test_who_changes_their_password_is_known_both_times(world) -> None:
    caller = await world.sign_up("ada@example.com")
    world.passwords.turns.clear()
    change = PasswordChange(old=CallersPassword("correct horse", AFAR), new="battery staple")

    await world.change_password(caller, change)

    assert world.passwords.turns == [Turn(network=AFAR, is_known=True)] * 2


async def test_the_password_of_a_caller_who_left_is_not_looked_at(world) -> None:
    await world.sign_up("ada@example.com")
    checks = world.passwords.checks_made

    with pytest.raises(PasswordsBusy):
        await world.log_in(
            Credentials(email="ada@example.com", password="wrong", has_left=lambda: True)
        )

    assert world.passwords.checks_made == checks
