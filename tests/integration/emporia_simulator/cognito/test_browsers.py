"""A web page may speak with the user pool from anywhere, as Amazon lets it (CORS)."""

import uuid
from typing import Any

import pytest

from adapters.emporia_simulator.controls.options import POOL_ID

READABLE = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
AMPLIFYS = (
    "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent"
)


async def test_a_page_is_allowed_whatever_it_asks_leave_for(visitor: Any) -> None:
    asked = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": AMPLIFYS,
    }
    answer = await visitor.http.options("/", headers=asked)
    assert (answer.status_code, answer.content) == (200, b"")
    allowed = {name: answer.headers[f"access-control-{name}"] for name in (
        "allow-origin", "allow-methods", "allow-headers", "expose-headers", "max-age",
    )}  # fmt: skip
    assert allowed == {
        "allow-origin": "*",
        "allow-methods": "POST",
        "allow-headers": AMPLIFYS,
        "expose-headers": READABLE,
        "max-age": "172800",
    }


async def test_asking_for_leave_is_no_request_of_a_customers(visitor: Any) -> None:
    await visitor.control("POST", "/faults", kind="server_error", route="user-pool")
    assert (await visitor.http.options("/")).status_code == 200
    assert (await visitor.control("GET", "/requests"))["total"] == 0


@pytest.mark.parametrize("password", ["emporia-password", "a guess"])
async def test_a_page_may_read_answers_and_refusals_alike(visitor: Any, password: str) -> None:
    answer = await visitor.sign_in(password=password)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-expose-headers"] == READABLE


async def test_a_page_may_read_the_keys(visitor: Any) -> None:
    answer = await visitor.get(f"/{POOL_ID}/.well-known/jwks.json")
    assert answer.headers["access-control-allow-origin"] == "*"


async def test_every_answer_of_the_pools_has_an_id_of_its_own(visitor: Any) -> None:
    answers = [await visitor.sign_in(password=password) for password in (None, "a guess")]
    answers.append(await visitor.operate("SignUp"))
    ids = {str(uuid.UUID(answer.headers["x-amzn-requestid"])) for answer in answers}
    assert len(ids) == 3


async def test_the_device_api_stays_closed_to_pages(guest: Any) -> None:
    answer = await guest.get("/customers")
    assert "access-control-allow-origin" not in answer.headers
    assert "x-amzn-requestid" not in answer.headers
