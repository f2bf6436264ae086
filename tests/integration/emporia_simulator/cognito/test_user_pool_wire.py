"""Requests that no client's author meant to send are refused as Cognito refuses them."""

from typing import Any

from adapters.emporia_simulator.controls.options import CLIENT_ID

SERVICE = "AWSCognitoIdentityProviderService"


async def send(visitor: Any, body: bytes, **headers: str) -> tuple[int, dict[str, str]]:
    answer = await visitor.http.post("/", content=body, headers=headers)
    assert answer.headers["content-type"] == "application/x-amz-json-1.1"
    return answer.status_code, answer.json()


async def test_an_operation_that_is_none_is_unknown_without_a_word(visitor: Any) -> None:
    none = await send(visitor, b"{}")
    targets = ("", "GetUser", f"{SERVICE}.SignUp", "DynamoDB.GetUser")
    others = [await send(visitor, b"{}", **{"x-amz-target": target}) for target in targets]
    assert [none, *others] == [(400, {"__type": "UnknownOperationException"})] * 5


async def test_a_body_of_another_shape_cannot_be_read(visitor: Any) -> None:
    target = {"x-amz-target": f"{SERVICE}.GetUser"}
    bodies = (b"", b"{", b"[]", b'"text"', b'{"AccessToken":1}', b"\xff")
    answers = [await send(visitor, body, **target) for body in bodies]
    assert answers == [(400, {"__type": "SerializationException"})] * 6


async def test_parameters_are_a_map_or_nothing(visitor: Any) -> None:
    answer = await visitor.operate(
        "InitiateAuth", AuthFlow="USER_SRP_AUTH", ClientId=CLIENT_ID, AuthParameters=["USERNAME"]
    )
    assert answer.json() == {"__type": "SerializationException", "message": "Expected map or null"}


async def test_what_an_operation_needs_must_be_there(visitor: Any) -> None:
    client = {"ClientId": CLIENT_ID}
    asked: list[tuple[str, dict[str, str], str]] = [
        ("InitiateAuth", client, "authFlow"),
        ("InitiateAuth", {"AuthFlow": "USER_SRP_AUTH"}, "clientId"),
        ("RespondToAuthChallenge", client, "challengeName"),
        ("GetTokensFromRefreshToken", client, "refreshToken"),
        ("RevokeToken", client, "token"),
        ("GetUser", {}, "accessToken"),
        ("GlobalSignOut", {}, "accessToken"),
    ]
    for operation, body, member in asked:
        assert (await visitor.operate(operation, **body)).json() == {
            "__type": "InvalidParameterException",
            "message": f"1 validation error detected: Value null at '{member}' "
            "failed to satisfy constraint: Member must not be null",
        }


async def test_a_flow_for_administrators_is_none_for_clients(visitor: Any) -> None:
    answer = await visitor.initiate("ADMIN_USER_PASSWORD_AUTH", USERNAME="home@example.com")
    assert answer.json()["message"] == "Initiate Auth method not supported."


async def test_a_token_somebody_else_signed_is_told_so(visitor: Any) -> None:
    signed = (await visitor.tokens())["AccessToken"]
    answer = await visitor.operate("GetUser", AccessToken=f"{signed[:-8]}AAAAAAAA")
    assert answer.json()["message"] == "Could not verify signature for Access Token"
    answer = await visitor.operate("GetUser", AccessToken="no token at all")
    assert answer.json()["message"] == "Invalid Access Token"


async def test_a_message_that_no_header_can_carry_stays_in_the_body(visitor: Any) -> None:
    for client_id in ("two\r\nx-injected: 1", "zwölf", "五"):
        answer = await visitor.initiate("USER_PASSWORD_AUTH", client_id=client_id)
        assert answer.json()["message"] == f"User pool client {client_id} does not exist."
        assert {"x-injected", "x-amzn-errormessage"}.isdisjoint(answer.headers)
