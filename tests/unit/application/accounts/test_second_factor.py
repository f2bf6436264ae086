"""A second factor: set up, asked for at a login, and done without again."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.fake.accounts.one_time_codes import code_of, step_at
from application.accounts.access import Caller
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.second_factor.read import ReadSecondFactor
from application.accounts.second_factor.recovery_codes import NewRecoveryCodes, RenewRecoveryCodes
from application.accounts.second_factor.set_up import BeginSecondFactor, SwitchOnSecondFactor
from application.accounts.second_factor.switch_off import ResetSecondFactor, SwitchOffSecondFactor
from application.accounts.sessions.log_in import Credentials
from domain.accounts.errors import (
    PasswordNeeded,
    SecondFactorNeeded,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorPaused,
    SecondFactorWrong,
)
from domain.accounts.second_factor import CODE_PAUSES
from domain.errors import UserNotFound, WrongCredentials

PASSWORD = CallersPassword("correct horse")


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What is done about second factors, on a world's parts."""

    world: Any
    begin: BeginSecondFactor
    switch_on: SwitchOnSecondFactor
    renew: RenewRecoveryCodes
    switch_off: SwitchOffSecondFactor
    reset: ResetSecondFactor
    read: ReadSecondFactor

    def code(self, *, off: int = 0) -> str:
        """What the app shows now, or so many steps later."""
        return code_of(step_at(self.world.clock.now()) + off)

    async def on(self, email: str = "ada@example.com") -> tuple[Caller, tuple[str, ...]]:
        """Somebody with a second factor, and the recovery codes; the next step has begun."""
        caller = await self.world.sign_up(email)
        await self.begin(caller, PASSWORD)
        codes = await self.switch_on(caller, self.code())
        await self.world.clock.advance(30)
        return caller, codes

    async def log_in(self, code: str | None, *, password: str = PASSWORD.value) -> str:
        credentials = Credentials(email="ada@example.com", password=password, code=code)
        token: str = await self.world.log_in(credentials)
        return token


@pytest.fixture
def factors(world) -> Factors:
    kept, codes = world.second_factors, world.prove_code.codes
    fresh = NewRecoveryCodes(codes=codes)
    confirm, events = world.confirm_password, world.events
    return Factors(
        world=world,
        begin=BeginSecondFactor(
            second_factors=kept, codes=codes, confirm_password=confirm, clock=world.clock
        ),
        switch_on=SwitchOnSecondFactor(
            second_factors=kept,
            prove_code=world.prove_code,
            new_recovery_codes=fresh,
            events=events,
            clock=world.clock,
        ),
        renew=RenewRecoveryCodes(
            second_factors=kept,
            new_recovery_codes=fresh,
            confirm_password=confirm,
            prove_code=world.prove_code,
            events=events,
        ),
        switch_off=SwitchOffSecondFactor(
            second_factors=kept,
            confirm_password=confirm,
            prove_code=world.prove_code,
            events=events,
        ),
        reset=ResetSecondFactor(users=world.users, second_factors=kept, events=events),
        read=ReadSecondFactor(second_factors=kept),
    )


async def test_nothing_is_asked_for_before_the_app_has_shown_that_it_works(factors, world):
    caller = await world.sign_up()
    set_up = await factors.begin(caller, PASSWORD)
    assert set_up.secret in set_up.address
    assert await factors.log_in(None)
    status = await factors.read(caller)
    assert (status.since, status.recovery_codes_left) == (None, 0)


async def test_from_then_on_a_login_takes_a_code(factors, world):
    caller, codes = await factors.on()
    assert len(set(codes)) == 10
    with pytest.raises(SecondFactorNeeded):
        await factors.log_in(None)
    with pytest.raises(SecondFactorNeeded):
        await factors.log_in("")
    assert await factors.log_in(factors.code())
    status = await factors.read(caller)
    assert status.since == world.clock.now() - timedelta(seconds=30)
    assert status.recovery_codes_left == 10


async def test_a_code_tells_nothing_without_the_password(factors):
    await factors.on()
    for code in (factors.code(), "000000", None):
        with pytest.raises(WrongCredentials):
            await factors.log_in(code, password="wrong horse")


async def test_the_step_of_the_set_up_is_used_up(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    await factors.switch_on(caller, factors.code())
    with pytest.raises(SecondFactorWrong):
        await factors.log_in(factors.code())


async def test_a_code_is_good_once_and_so_are_those_before_it(factors):
    await factors.on()
    later = factors.code(off=1)
    assert await factors.log_in(later)
    for code in (later, factors.code(), factors.code(off=-1)):
        with pytest.raises(SecondFactorWrong):
            await factors.log_in(code)


@pytest.mark.parametrize(("off", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_clock_may_be_one_step_off(factors, world, off, is_good):
    await factors.on()
    await world.clock.advance(60)
    if is_good:
        assert await factors.log_in(factors.code(off=off))
    else:
        with pytest.raises(SecondFactorWrong):
            await factors.log_in(factors.code(off=off))


async def test_spaces_in_a_code_do_not_matter(factors):
    _, codes = await factors.on()
    code = factors.code()
    assert await factors.log_in(f" {code[:3]} {code[3:]}\n")
    assert await factors.log_in(codes[0].upper().replace("-", " "))


async def test_a_recovery_code_is_good_once(factors, world):
    caller, codes = await factors.on()
    assert await factors.log_in(codes[3])
    with pytest.raises(SecondFactorWrong):
        await factors.log_in(codes[3])
    assert (await factors.read(caller)).recovery_codes_left == 9
    assert world.event_counts.counts["RecoveryCodeUsed"] == 1


async def test_wrong_codes_cost_a_pause_and_right_ones_wait_as_well(factors, world):
    await factors.on()
    for _ in range(CODE_PAUSES.free_refusals):
        with pytest.raises(SecondFactorWrong):
            await factors.log_in("not a code")
    with pytest.raises(SecondFactorPaused) as paused:
        await factors.log_in(factors.code())
    assert paused.value.retry_after_seconds == CODE_PAUSES.first_seconds
    await world.clock.advance(2)
    assert await factors.log_in(factors.code())


async def test_nobody_can_guess_more_than_a_hundred_and_some_codes_a_day(factors, world):
    await factors.on()
    tries, end = 0, world.clock.now() + timedelta(days=1)
    while world.clock.now() < end:
        try:
            await factors.log_in("999999")
        except SecondFactorWrong:
            tries += 1
        except SecondFactorPaused as paused:
            await world.clock.advance(paused.retry_after_seconds)
    assert tries < 120


async def test_a_login_without_a_code_is_no_wrong_code(factors):
    await factors.on()
    for _ in range(10):
        with pytest.raises(SecondFactorNeeded):
            await factors.log_in(None)
    assert await factors.log_in(factors.code())


async def test_the_set_up_takes_the_password_unless_it_was_given_just_now(factors, world):
    caller = await world.sign_up()
    await world.clock.advance(601)
    with pytest.raises(PasswordNeeded):
        await factors.begin(caller, None)
    with pytest.raises(WrongCredentials):
        await factors.begin(caller, CallersPassword("wrong horse"))
    await factors.begin(caller, PASSWORD)
    await factors.begin(caller, None)


async def test_only_the_secret_that_was_shown_last_can_be_switched_on(factors, world):
    caller = await world.sign_up()
    first = await factors.begin(caller, PASSWORD)
    second = await factors.begin(caller, PASSWORD)
    assert first.secret != second.secret
    factor = await world.second_factors.of_user(caller.user.id)
    assert factor.secret == second.secret


async def test_switching_on_takes_a_code_of_the_app(factors, world):
    caller = await world.sign_up()
    with pytest.raises(SecondFactorOff):
        await factors.switch_on(caller, factors.code())
    await factors.begin(caller, PASSWORD)
    with pytest.raises(SecondFactorWrong):
        await factors.switch_on(caller, factors.code(off=5))
    assert await factors.log_in(None)


async def test_a_second_one_is_not_set_up_beside_it(factors):
    caller, _ = await factors.on()
    with pytest.raises(SecondFactorOn):
        await factors.begin(caller, PASSWORD)
    with pytest.raises(SecondFactorOn):
        await factors.switch_on(caller, factors.code())


async def test_of_two_who_switch_it_on_at_once_one_gets_recovery_codes(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    stale = StaleFactors(world.second_factors, await world.second_factors.of_user(caller.user.id))
    await factors.switch_on(caller, factors.code())
    with pytest.raises(SecondFactorOn):
        await replace(factors.switch_on, second_factors=stale)(caller, factors.code())


class StaleFactors:
    """A look at a second factor that was taken before somebody else changed it."""

    def __init__(self, kept, seen) -> None:
        self._kept = kept
        self._seen = seen

    def __getattr__(self, name):
        return getattr(self._kept, name)

    async def of_user(self, _):
        return self._seen


async def test_new_recovery_codes_take_the_place_of_the_old(factors, world):
    caller, old = await factors.on()
    new = await factors.renew(caller, password=None, code=factors.code())
    assert not set(old) & set(new)
    with pytest.raises(SecondFactorWrong):
        await factors.log_in(old[0])
    assert await factors.log_in(new[0])
    assert world.event_counts.counts["RecoveryCodesRenewed"] == 1


async def test_new_recovery_codes_take_password_and_code(factors, world):
    caller, _ = await factors.on()
    with pytest.raises(SecondFactorWrong):
        await factors.renew(caller, password=None, code="000000")
    await world.clock.advance(601)
    with pytest.raises(PasswordNeeded):
        await factors.renew(caller, password=None, code=factors.code())


async def test_a_factor_that_is_switched_off_meanwhile_gets_no_recovery_codes(factors, world):
    caller, codes = await factors.on()
    stale = StaleFactors(world.second_factors, await world.second_factors.of_user(caller.user.id))
    prove = replace(world.prove_code, second_factors=stale)
    renew = replace(factors.renew, prove_code=prove, second_factors=GoneFactors())
    with pytest.raises(SecondFactorOff):
        await renew(caller, password=None, code=codes[0])


class GoneFactors:
    """Switched off by somebody who was faster."""

    async def replace_recovery_codes(self, *_):
        return False


async def test_switching_off_takes_password_and_code(factors, world):
    caller, codes = await factors.on()
    with pytest.raises(SecondFactorWrong):
        await factors.switch_off(caller, password=PASSWORD, code="000000")
    with pytest.raises(WrongCredentials):
        await factors.switch_off(
            caller, password=CallersPassword("wrong horse"), code=factors.code()
        )
    await factors.switch_off(caller, password=PASSWORD, code=codes[0])
    assert await factors.log_in(None)
    assert world.event_counts.counts["SecondFactorSwitchedOff"] == 1
    with pytest.raises(SecondFactorOff):
        await factors.switch_off(caller, password=PASSWORD, code=factors.code())


async def test_a_factor_that_was_only_begun_is_none_to_switch_off(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    with pytest.raises(SecondFactorOff):
        await factors.switch_off(caller, password=PASSWORD, code=factors.code())


async def test_the_operator_lets_somebody_in_who_lost_everything(factors):
    await factors.on()
    assert await factors.reset("ADA@example.com")
    assert await factors.log_in(None)
    assert not await factors.reset("ada@example.com")
    with pytest.raises(UserNotFound):
        await factors.reset("bob@example.com")


async def test_with_a_lost_sealing_key_no_code_is_good(factors, world):
    caller, codes = await factors.on()
    kept = world.store.second_factors[caller.user.id]
    kept.factor = replace(kept.factor, secret=None)
    for code in (factors.code(), codes[0]):
        with pytest.raises(SecondFactorWrong):
            await factors.log_in(code)
    kept.factor = replace(kept.factor, since=None)
    with pytest.raises(SecondFactorWrong):
        await factors.switch_on(caller, factors.code())


async def test_a_second_factor_is_one_persons_alone(factors, world):
    await factors.on()
    bob = await world.sign_up("bob@example.com")
    assert (await factors.read(bob)).since is None
    assert await world.log_in_again("bob@example.com")


async def test_a_second_factor_goes_with_its_user(factors, world):
    caller, _ = await factors.on()
    await world.delete_account(caller, PASSWORD)
    assert world.store.second_factors == {}


async def test_what_happens_to_it_is_told_in_the_trail(factors, world):
    caller, codes = await factors.on()
    assert await factors.log_in(codes[0])
    with pytest.raises(SecondFactorWrong):
        await factors.log_in("000000")
    with pytest.raises(SecondFactorWrong):
        await factors.switch_off(caller, password=PASSWORD, code="000000")
    await factors.renew(caller, password=PASSWORD, code=factors.code())
    await world.clock.advance(30)
    await factors.switch_off(caller, password=PASSWORD, code=factors.code())
    lines = await world.list_events(caller, before=None, most=200)
    told = [(line.kind, line.by, line.times) for line in reversed(lines)]
    assert told[2:] == [
        ("second_factor_on", "session Unknown", 1),
        ("recovery_code_used", "visitor Unknown", 1),
        ("signed_in", "session Unknown", 1),
        ("second_factor_failed", "visitor Unknown", 2),
        ("recovery_codes_renewed", "session Unknown", 1),
        ("second_factor_off", "session Unknown", 1),
    ]
    assert all(set(line.detail) <= {"address"} for line in lines)


async def test_that_the_operator_reset_it_is_told_in_the_trail(factors, world):
    caller, _ = await factors.on()
    await factors.reset("ada@example.com")
    newest = (await world.list_events(caller, before=None, most=1))[0]
    assert (newest.kind, newest.by) == ("second_factor_off", "operator")


async def test_whoever_has_but_a_token_can_not_guess_the_code_of_a_set_up(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    for _ in range(CODE_PAUSES.free_refusals):
        with pytest.raises(SecondFactorWrong):
            await factors.switch_on(caller, "000000")
    with pytest.raises(SecondFactorPaused):
        await factors.switch_on(caller, factors.code())


async def test_a_set_up_that_lies_there_is_over_after_ten_minutes(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    await world.clock.advance(601)
    with pytest.raises(SecondFactorOff):
        await factors.switch_on(caller, factors.code())


async def test_a_set_up_of_before_sessions_were_ended_is_over(factors, world):
    caller = await world.sign_up()
    await factors.begin(caller, PASSWORD)
    await world.clock.advance(1)
    await world.end_other_sessions(caller)
    caller = await world.check_access.caller(caller.claims)
    with pytest.raises(SecondFactorOff):
        await factors.switch_on(caller, factors.code())
    await factors.begin(caller, PASSWORD)
    assert await factors.switch_on(caller, factors.code())
