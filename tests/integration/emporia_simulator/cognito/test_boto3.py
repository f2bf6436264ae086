"""boto3 meets the exceptions it has classes for, with what it logs of an answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from adapters.emporia_simulator.controls.options import CLIENT_ID

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture
async def pool(visitor: Any) -> AsyncIterator[Any]:
    client = boto3.client(
        "cognito-idp",
        region_name="us-east-2",
        endpoint_url=visitor.url,
        config=Config(signature_version=UNSIGNED, retries={"max_attempts": 0}),
    )
    yield client
    client.close()


async def initiate(
    pool: Any, flow: str = "USER_PASSWORD_AUTH", *, client_id: str = CLIENT_ID, **parameters: str
) -> Any:
    return await asyncio.to_thread(
        pool.initiate_auth, AuthFlow=flow, ClientId=client_id, AuthParameters=parameters
    )


async def home(pool: Any) -> Any:
    return await initiate(pool, USERNAME="home@example.com", PASSWORD="emporia-password")


async def test_a_session_runs_from_sign_in_to_sign_out(pool: Any) -> None:
    answer = await home(pool)
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert answer["ResponseMetadata"]["RequestId"] == headers["x-amzn-requestid"]
    tokens = answer["AuthenticationResult"]
    renewed = await asyncio.to_thread(
        pool.get_tokens_from_refresh_token,
        ClientId=CLIENT_ID,
        RefreshToken=tokens["RefreshToken"],
    )
    access = renewed["AuthenticationResult"]["AccessToken"]
    user = await asyncio.to_thread(pool.get_user, AccessToken=access)
    assert {"Name": "email", "Value": "home@example.com"} in user["UserAttributes"]
    await asyncio.to_thread(pool.global_sign_out, AccessToken=access)
    with pytest.raises(pool.exceptions.NotAuthorizedException, match="has been revoked"):
        await asyncio.to_thread(pool.get_user, AccessToken=access)


@pytest.mark.parametrize(
    ("email", "password", "kind"),
    [
        ("home@example.com", "a guess", "NotAuthorizedException"),
        ("nobody@example.com", "a guess", "NotAuthorizedException"),
        ("reset@example.com", "reset-password", "PasswordResetRequiredException"),
        ("unconfirmed@example.com", "unconfirmed-password", "UserNotConfirmedException"),
    ],
)
async def test_who_may_not_sign_in_meets_a_class(
    pool: Any, email: str, password: str, kind: str
) -> None:
    with pytest.raises(getattr(pool.exceptions, kind)) as refused:
        await initiate(pool, USERNAME=email, PASSWORD=password)
    assert refused.value.response["ResponseMetadata"]["RequestId"]


async def test_requests_that_make_no_sense_meet_a_class(pool: Any) -> None:
    with pytest.raises(pool.exceptions.InvalidParameterException, match="parameter USERNAME"):
        await initiate(pool, PASSWORD="emporia-password")
    with pytest.raises(pool.exceptions.InvalidParameterException, match="'NOPE' at 'authFlow'"):
        await initiate(pool, "NOPE")
    with pytest.raises(pool.exceptions.ResourceNotFoundException, match="client other does not"):
        await initiate(pool, client_id="other")
    token = (await home(pool))["AuthenticationResult"]["AccessToken"]
    with pytest.raises(pool.exceptions.UnsupportedTokenTypeException):
        await asyncio.to_thread(pool.revoke_token, ClientId=CLIENT_ID, Token=token)
    with pytest.raises(ClientError, match="UnknownOperationException"):
        await asyncio.to_thread(
            pool.sign_up, ClientId=CLIENT_ID, Username="new@example.com", Password="new-password"
        )


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "rate_limited"}, "TooManyRequestsException"),
        ({"kind": "server_error"}, "InternalErrorException"),
        ({"kind": "bad_request", "error_type": "LimitExceededException"}, "LimitExceededException"),
        ({"kind": "bad_request", "error_type": "UserNotFoundException"}, "UserNotFoundException"),
    ],
)
async def test_a_fault_meets_a_class(
    visitor: Any, pool: Any, fault: dict[str, str], kind: str
) -> None:
    await visitor.control("POST", "/faults", route="user-pool", **fault)
    with pytest.raises(getattr(pool.exceptions, kind)):
        await home(pool)
