"""The user pool answers what Cognito answers, to the letter clients go by."""

from typing import Any

import jwt
import pytest

from adapters.emporia_simulator.controls.options import (
    AWS_ISSUER,
    CLIENT_ID,
    POOL_ID,
    SimulatorOptions,
)

WRONG_PASSWORD = ("NotAuthorizedException", "Incorrect username or password.")


def refusal(answer: Any) -> tuple[str, str]:
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/x-amz-json-1.1"
    body = answer.json()
    assert answer.headers["x-amzn-errortype"] == f"{body['__type']}:"
    return body["__type"], body["message"]


async def test_a_password_brings_tokens_with_the_claims_clients_read(visitor: Any) -> None:
    tokens = await visitor.tokens()
    assert (tokens["ExpiresIn"], tokens["TokenType"]) == (3600, "Bearer")
    keys = jwt.PyJWKSet.from_dict((await visitor.get(f"/{POOL_ID}/.well-known/jwks.json")).json())
    issuer = f"{visitor.url}/{POOL_ID}"
    read = {}
    for name, audience in (("IdToken", CLIENT_ID), ("AccessToken", None)):
        key = keys[jwt.get_unverified_header(tokens[name])["kid"]]
        read[name] = jwt.decode(
            tokens[name], key, algorithms=["RS256"], audience=audience, issuer=issuer
        )
    id_claims, access_claims = read["IdToken"], read["AccessToken"]
    assert id_claims["token_use"] == "id"
    assert id_claims["email"] == "home@example.com"
    assert id_claims["email_verified"] is True
    assert id_claims["cognito:username"] == id_claims["sub"] == access_claims["username"]
    assert access_claims["token_use"] == "access"
    assert access_claims["client_id"] == CLIENT_ID
    assert id_claims["exp"] - id_claims["iat"] == 3600


async def test_a_user_name_is_known_in_any_case(visitor: Any) -> None:
    answer = await visitor.sign_in("HOME@Example.com", password="emporia-password")
    assert answer.status_code == 200


async def test_unknown_users_pass_the_first_step_like_everybody(visitor: Any) -> None:
    answer = await visitor.initiate("USER_SRP_AUTH", USERNAME="nobody@example.com", SRP_A="abcdef")
    assert answer.json()["ChallengeName"] == "PASSWORD_VERIFIER"
    parameters = answer.json()["ChallengeParameters"]
    assert parameters["USERNAME"] == parameters["USER_ID_FOR_SRP"]
    assert len(parameters["SRP_B"]) > 700


@pytest.mark.parametrize("email", ["home@example.com", "nobody@example.com"])
async def test_a_signature_that_proves_nothing_is_refused(visitor: Any, email: str) -> None:
    begun = await visitor.initiate("USER_SRP_AUTH", USERNAME=email, SRP_A="abcdef")
    parameters = begun.json()["ChallengeParameters"]
    responses = {
        "USERNAME": parameters["USERNAME"],
        "PASSWORD_CLAIM_SECRET_BLOCK": parameters["SECRET_BLOCK"],
        "PASSWORD_CLAIM_SIGNATURE": "AAAA",
        "TIMESTAMP": "Tue Nov 24 09:05:07 UTC 2026",
    }
    for _ in range(2):
        answer = await visitor.operate(
            "RespondToAuthChallenge",
            ClientId=CLIENT_ID,
            ChallengeName="PASSWORD_VERIFIER",
            ChallengeResponses=responses,
        )
        assert refusal(answer) == WRONG_PASSWORD


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("reset@example.com",
         ("PasswordResetRequiredException", "Password reset required for the user")),
        ("unconfirmed@example.com", ("UserNotConfirmedException", "User is not confirmed.")),
        ("nobody@example.com", WRONG_PASSWORD),
    ],
)  # fmt: skip
async def test_who_may_not_sign_in_is_told_why(
    visitor: Any, email: str, expected: tuple[str, str]
) -> None:
    assert refusal(await visitor.sign_in(email)) == expected


async def test_a_state_is_told_to_those_with_the_password_only(visitor: Any) -> None:
    answer = await visitor.sign_in("reset@example.com", password="a guess")
    assert refusal(answer) == WRONG_PASSWORD


async def test_requests_that_make_no_sense_are_told_so(visitor: Any) -> None:
    no_name = await visitor.initiate("USER_PASSWORD_AUTH", PASSWORD="emporia-password")
    assert refusal(no_name) == ("InvalidParameterException", "Missing required parameter USERNAME")
    other_flow = await visitor.initiate("CUSTOM_AUTH", USERNAME="home@example.com")
    assert refusal(other_flow)[0] == "InvalidParameterException"
    other_client = await visitor.initiate(
        "USER_PASSWORD_AUTH", client_id="other", USERNAME="a", PASSWORD="b"
    )
    assert refusal(other_client)[0] == "ResourceNotFoundException"


async def test_wrong_passwords_lock_even_the_right_one_out(visit: Any) -> None:
    options = SimulatorOptions(failures_before_lockout=2, lockout_seconds=60)
    async with visit(options) as visitor:
        for _ in range(2):
            assert refusal(await visitor.sign_in(password="a guess")) == WRONG_PASSWORD
        locked = ("NotAuthorizedException", "Password attempts exceeded")
        assert refusal(await visitor.sign_in()) == locked
        await visitor.control("PUT", "/users/home@example.com")
        assert (await visitor.sign_in()).status_code == 200


async def test_a_refresh_brings_new_tokens_and_no_refresh_token(visitor: Any) -> None:
    tokens = await visitor.tokens()
    answer = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    renewed = answer.json()["AuthenticationResult"]
    assert "RefreshToken" not in renewed
    assert renewed["IdToken"] != tokens["IdToken"]


async def test_a_refresh_token_can_be_unknown_revoked_or_expired(
    visit: Any, signed_in_before: Any
) -> None:
    async with visit(SimulatorOptions(refresh_token_lifetime_seconds=60)) as visitor:
        unknown = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN="made-up")
        assert refusal(unknown) == ("NotAuthorizedException", "Invalid Refresh Token")
        signed_in_before(60)
        token = (await visitor.tokens())["RefreshToken"]
        expired = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
        assert refusal(expired) == ("NotAuthorizedException", "Refresh Token has expired")
        path = "/users/home@example.com/revoke-refresh-tokens"
        assert await visitor.control("POST", path) == {"revoked": 1}
        revoked = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
        assert refusal(revoked) == ("NotAuthorizedException", "Refresh Token has been revoked")


async def test_a_refresh_token_outlives_a_pool_that_starts_again_with_its_key(visit: Any) -> None:
    options = SimulatorOptions()
    async with visit(options) as before:
        token = (await before.tokens())["RefreshToken"]
    async with visit(options) as after:
        renewed = await after.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
        after.http.headers["authtoken"] = renewed.json()["AuthenticationResult"]["IdToken"]
        assert (await after.get("/customers")).json()["email"] == "home@example.com"
        await after.operate("RevokeToken", ClientId=CLIENT_ID, Token=token)
        revoked = await after.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
    assert refusal(revoked) == ("NotAuthorizedException", "Refresh Token has been revoked")


async def test_a_refresh_token_means_nothing_to_a_pool_without_its_user_or_key(visit: Any) -> None:
    key = bytes(32)
    async with visit(SimulatorOptions(refresh_token_key=key, neighbours=1)) as before:
        neighbours = await before.sign_in("home1@example.com")
        token = neighbours.json()["AuthenticationResult"]["RefreshToken"]
    async with visit(SimulatorOptions(refresh_token_key=key)) as without_user:
        no_user = await without_user.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
    async with visit(SimulatorOptions(neighbours=1)) as without_key:
        no_key = await without_key.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
    invalid = ("NotAuthorizedException", "Invalid Refresh Token")
    assert refusal(no_user) == refusal(no_key) == invalid


async def test_get_user_wants_an_access_token_that_is_good(visitor: Any) -> None:
    tokens = await visitor.tokens("solar@example.com")
    answer = await visitor.operate("GetUser", AccessToken=tokens["AccessToken"])
    attributes = {entry["Name"]: entry["Value"] for entry in answer.json()["UserAttributes"]}
    assert attributes["email"] == "solar@example.com"
    assert attributes["sub"] == answer.json()["Username"]
    wrong_kind = await visitor.operate("GetUser", AccessToken=tokens["IdToken"])
    assert refusal(wrong_kind) == ("NotAuthorizedException", "Invalid Access Token")
    await visitor.control("POST", "/users/solar@example.com/expire-tokens")
    expired = await visitor.operate("GetUser", AccessToken=tokens["AccessToken"])
    assert refusal(expired) == ("NotAuthorizedException", "Access Token has expired")


async def test_throttling_and_inner_errors_are_told_in_the_pools_words(visitor: Any) -> None:
    await visitor.control("POST", "/faults", kind="rate_limited", route="user-pool", times=1)
    assert refusal(await visitor.sign_in()) == ("TooManyRequestsException", "Rate exceeded")
    await visitor.control("POST", "/faults", kind="server_error", route="InitiateAuth", times=1)
    broken = await visitor.sign_in()
    assert (broken.status_code, broken.json()["__type"]) == (500, "InternalErrorException")
    assert (await visitor.sign_in()).status_code == 200


async def test_any_other_error_of_the_pools_can_be_asked_for(visitor: Any) -> None:
    message = "Attempt limit exceeded, please try after some time."
    error = {"error_type": "LimitExceededException", "message": message}
    await visitor.control("POST", "/faults", kind="bad_request", route="user-pool", **error)
    assert refusal(await visitor.sign_in()) == ("LimitExceededException", message)


async def test_a_password_and_a_state_can_be_changed(visitor: Any) -> None:
    await visitor.control("PUT", "/users/home@example.com", password="another one")
    assert refusal(await visitor.sign_in()) == WRONG_PASSWORD
    assert (await visitor.sign_in(password="another one")).status_code == 200
    await visitor.control("PUT", "/users/home@example.com", state="unconfirmed")
    refused = await visitor.sign_in(password="another one")
    assert refusal(refused)[0] == "UserNotConfirmedException"


async def test_the_issuer_can_be_amazons(visit: Any) -> None:
    async with visit(SimulatorOptions(issuer=AWS_ISSUER)) as visitor:
        token = (await visitor.tokens())["IdToken"]
        assert jwt.decode(token, options={"verify_signature": False})["iss"] == AWS_ISSUER
