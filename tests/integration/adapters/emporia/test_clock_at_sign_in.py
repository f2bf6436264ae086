"""A clock that is minutes off is told from a wrong password."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from domain.errors import EmporiaClockDiffers, EmporiaError, EmporiaRefusedCredentials

MakeUserPool = Callable[..., CognitoEmporiaUserPool]

CHALLENGE = {
    "ChallengeName": "PASSWORD_VERIFIER",
    "ChallengeParameters": {
        "SALT": "a1b2",
        "SRP_B": "1234567890abcdef",
        "SECRET_BLOCK": "c2VjcmV0",
        "USER_ID_FOR_SRP": "internal",
    },
}
REFUSAL = {"__type": "NotAuthorizedException", "message": "Incorrect username or password."}


async def refusal(cloud: Any, make_user_pool: MakeUserPool, date: str | None) -> EmporiaError:
    cloud.answer(200, CHALLENGE)
    cloud.answer(400, REFUSAL, **({} if date is None else {"Date": date}))
    with pytest.raises(EmporiaError) as raised:
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")
    return raised.value


@pytest.mark.parametrize(("minutes", "way"), [(7, "behind"), (-7, "ahead of")])
async def test_a_clock_that_is_minutes_off_is_told_by_its_own_sentence(
    cloud: Any, make_user_pool: MakeUserPool, minutes: int, way: str
) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)
    error = await refusal(cloud, make_user_pool, date)
    assert type(error) is EmporiaClockDiffers
    assert str(error) == (
        f"The gateway's clock is 7 minutes {way} Emporia's, so that Emporia can't check the "
        "password; whoever runs the gateway has to set its clock."
    )


@pytest.mark.parametrize("date", [None, "no date", "right"])
async def test_a_clock_that_is_right_or_can_not_be_compared_means_a_wrong_password(
    cloud: Any, make_user_pool: MakeUserPool, date: str | None
) -> None:
    told = format_datetime(datetime.now(UTC), usegmt=True) if date == "right" else date
    assert type(await refusal(cloud, make_user_pool, told)) is EmporiaRefusedCredentials


async def test_a_name_that_is_refused_before_any_proof_says_nothing_of_the_clock(
    cloud: Any, make_user_pool: MakeUserPool
) -> None:
    cloud.answer(400, {"__type": "UserNotFoundException"}, Date="Sun, 01 Mar 2015 12:00:00 GMT")
    with pytest.raises(EmporiaRefusedCredentials):
        await make_user_pool(cloud.base_url).sign_in("home@example.com", "password")
