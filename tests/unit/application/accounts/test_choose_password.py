"""Which passwords may be chosen where common ones are refused."""

import pytest

from adapters.fake.accounts.common_passwords import FewCommonPasswords
from application.accounts.passwords.change_password import PasswordChange
from application.accounts.passwords.choose_password import OWN_EMAIL, TOO_COMMON
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.passwords.reset_password import PasswordReset
from application.accounts.register import Registration
from domain.errors import PasswordUnacceptable

COMMON = "dragon123"
EMAIL = "Ada.Lovelace@Example.com"


@pytest.fixture
def strict(make_world):
    return make_world(common_passwords=FewCommonPasswords(COMMON, "ärger123"))


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        (COMMON, TOO_COMMON),
        ("DRAGON123", TOO_COMMON),
        ("A\u0308RGER123", TOO_COMMON),
        ("ada.lovelace", OWN_EMAIL),
        ("ADA.lovelace@example.com", OWN_EMAIL),
        ("short", "The password must have 8 to 1024 characters."),
    ],
)
async def test_a_password_that_others_would_try_first_is_refused(
    strict, password, sentence
) -> None:
    with pytest.raises(PasswordUnacceptable) as refused:
        await strict.register(Registration(email=EMAIL, password=password))
    assert str(refused.value) == sentence
    assert strict.passwords.hashes_made == 0


async def test_so_it_is_when_it_is_changed_or_reset(strict) -> None:
    caller = await strict.sign_up()
    change = PasswordChange(old=CallersPassword("correct horse"), new=COMMON)
    with pytest.raises(PasswordUnacceptable):
        await strict.change_password(caller, change)
    with pytest.raises(PasswordUnacceptable):
        await strict.reset_password(PasswordReset(email="ada@example.com", password=COMMON))
    assert await strict.token()


async def test_without_a_list_any_password_of_the_allowed_lengths_will_do(world) -> None:
    for email, password in ((EMAIL, COMMON), ("ada@example.com", "ada@example.com")):
        assert await world.register(Registration(email=email, password=password))
