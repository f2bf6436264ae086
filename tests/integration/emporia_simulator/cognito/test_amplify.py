"""Amplify's requests, byte for byte as `aws-amplify` 6 sends them, do what its users expect."""

from typing import Any

import httpx
from pycognito.aws_srp import AWSSRP

from adapters.emporia_simulator.controls.options import CLIENT_ID, POOL_ID

HOME = {"username": "home@example.com", "password": "emporia-password"}


async def ask(visitor: Any, operation: str, **body: Any) -> httpx.Response:
    headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": f"AWSCognitoIdentityProviderService.{operation}",
        "cache-control": "no-store",
        "x-amz-user-agent": "aws-amplify/6.22.1 framework/100",
        "amz-sdk-invocation-id": "fa64d2fa-06a8-4038-9e7b-d9902b661579",
        "amz-sdk-request": "attempt=1; max=3",
        "origin": "http://localhost:3000",
    }
    answer: httpx.Response = await visitor.http.post("/", headers=headers, json=body)
    return answer


def said(answer: httpx.Response) -> tuple[int, str, str]:
    body = answer.json()
    return answer.status_code, body["__type"], body["message"]


async def test_amplify_signs_in_by_srp_and_renews_with_an_operation_of_its_own(
    visitor: Any,
) -> None:
    srp = AWSSRP(**HOME, pool_id=POOL_ID, client_id=CLIENT_ID, client=object())
    shown = {"USERNAME": HOME["username"], "SRP_A": srp.get_auth_params()["SRP_A"]}
    begun = await ask(
        visitor, "InitiateAuth", AuthFlow="USER_SRP_AUTH", AuthParameters=shown, ClientId=CLIENT_ID
    )
    parameters = begun.json()["ChallengeParameters"]
    proof = srp.process_challenge(parameters, {"USERNAME": parameters["USERNAME"]})
    signed_in = await ask(
        visitor,
        "RespondToAuthChallenge",
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=proof,
        ClientId=CLIENT_ID,
    )
    tokens = signed_in.json()["AuthenticationResult"]
    renewed = await ask(
        visitor,
        "GetTokensFromRefreshToken",
        ClientId=CLIENT_ID,
        RefreshToken=tokens["RefreshToken"],
    )
    assert list(renewed.json()) == ["AuthenticationResult"]
    result = renewed.json()["AuthenticationResult"]
    assert set(result) == {"AccessToken", "ExpiresIn", "IdToken", "TokenType"}
    visitor.http.headers["authtoken"] = result["IdToken"]
    assert (await visitor.get("/customers")).json()["email"] == HOME["username"]


async def test_amplify_is_told_that_there_is_nothing_to_renew(visitor: Any) -> None:
    made_up = await ask(
        visitor, "GetTokensFromRefreshToken", ClientId=CLIENT_ID, RefreshToken="made-up"
    )
    assert said(made_up) == (400, "NotAuthorizedException", "Invalid Refresh Token")
    other = await ask(visitor, "GetTokensFromRefreshToken", ClientId="other", RefreshToken="x")
    assert said(other)[1] == "ResourceNotFoundException"


async def test_signing_out_ends_one_sign_in_and_no_other(visitor: Any) -> None:
    gone, kept = await visitor.tokens(), await visitor.tokens()
    answer = await ask(visitor, "RevokeToken", ClientId=CLIENT_ID, Token=gone["RefreshToken"])
    assert (answer.status_code, answer.json()) == (200, {})
    renewed = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=gone["RefreshToken"])
    assert said(renewed) == (400, "NotAuthorizedException", "Refresh Token has been revoked")
    refused = await ask(visitor, "GetUser", AccessToken=gone["AccessToken"])
    assert said(refused) == (400, "NotAuthorizedException", "Access Token has been revoked")
    assert (await ask(visitor, "GetUser", AccessToken=kept["AccessToken"])).status_code == 200


async def test_signing_out_everywhere_ends_every_sign_in_of_the_user(visitor: Any) -> None:
    here, there = await visitor.tokens(), await visitor.tokens()
    others = await visitor.tokens("solar@example.com")
    answer = await ask(visitor, "GlobalSignOut", AccessToken=here["AccessToken"])
    assert (answer.status_code, answer.json()) == (200, {})
    for token in (here["AccessToken"], there["AccessToken"]):
        refused = await ask(visitor, "GlobalSignOut", AccessToken=token)
        assert said(refused) == (400, "NotAuthorizedException", "Access Token has been revoked")
    renewed = await visitor.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=there["RefreshToken"])
    assert said(renewed) == (400, "NotAuthorizedException", "Refresh Token has been revoked")
    assert (await ask(visitor, "GetUser", AccessToken=others["AccessToken"])).status_code == 200
    assert "AuthenticationResult" in (await visitor.sign_in()).json()


async def test_the_device_api_takes_an_id_token_until_it_expires(visitor: Any) -> None:
    tokens = await visitor.tokens()
    await ask(visitor, "GlobalSignOut", AccessToken=tokens["AccessToken"])
    visitor.http.headers["authtoken"] = tokens["IdToken"]
    assert (await visitor.get("/customers")).status_code == 200


async def test_renewals_and_sign_outs_are_counted_as_their_users(visitor: Any) -> None:
    tokens = await visitor.tokens()
    refresh = tokens["RefreshToken"]
    await ask(visitor, "GetTokensFromRefreshToken", ClientId=CLIENT_ID, RefreshToken=refresh)
    await ask(visitor, "RevokeToken", ClientId=CLIENT_ID, Token=refresh)
    counted = (await visitor.control("GET", "/requests"))["customers"]["home@example.com"]
    assert counted["GetTokensFromRefreshToken"]["count"] == 1
    assert counted["RevokeToken"]["count"] == 1
