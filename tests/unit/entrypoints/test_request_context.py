"""A request has one id: a trusted proxy's where that is fit, else ours."""

import asyncio
from contextvars import copy_context
from typing import Any

import pytest

from entrypoints.proxies import TrustedProxies
from entrypoints.request_context import begin_request, begin_socket, current_request, request_id_of


def scope(*, peer: str = "127.0.0.1", given: bytes | None = None) -> dict[str, Any]:
    headers = [] if given is None else [(b"x-request-id", given)]
    return {"type": "http", "client": (peer, 1), "headers": headers}


def test_an_id_stays_the_same_and_each_request_has_its_own() -> None:
    one, other = scope(), scope()

    assert request_id_of(one) == request_id_of(one) != request_id_of(other)


def test_two_ids_do_not_tell_how_many_requests_came_between_them() -> None:
    first, second = (int(request_id_of(scope()), 16) for _ in range(2))

    assert abs(second - first) > 1_000


def test_a_trusted_proxy_s_id_is_taken_over() -> None:
    call = scope(given=b"front-7.a_B")
    TrustedProxies(["127.0.0.1"]).apply(call)

    assert request_id_of(call) == "front-7.a_B"


@pytest.mark.parametrize(
    "given",
    [b"", b"a b", b"x" * 65, b"a\tb", b"\xe4", b'"quoted"', b"-leading", b"ada@example.com"],
)
def test_an_id_that_is_long_or_has_other_characters_is_not(given: bytes) -> None:
    call = scope(given=given)
    TrustedProxies(["127.0.0.1"]).apply(call)

    assert request_id_of(call) != given.decode("latin-1")


def test_a_stranger_s_id_is_not() -> None:
    call = scope(peer="192.0.2.1", given=b"front-7")
    TrustedProxies(["127.0.0.1"]).apply(call)

    assert request_id_of(call) != "front-7"


def test_outside_of_requests_there_are_no_ids() -> None:
    assert current_request() == {}


def test_when_a_request_is_over_nothing_that_goes_on_is_about_it() -> None:
    def ids() -> dict[str, str]:
        begin_request(scope()).clear()
        return current_request()

    assert copy_context().run(ids) == {}


def test_a_stranger_s_request_has_an_id_alone() -> None:
    def ids() -> dict[str, str]:
        begin_request(scope())
        return current_request()

    assert list(copy_context().run(ids)) == ["request_id"]


async def ids_of_socket(call: dict[str, Any]) -> dict[str, str]:
    """What a line in the task of this socket is told."""

    async def serve() -> dict[str, str]:
        begin_socket(call)
        await asyncio.sleep(0)
        return current_request()

    return await asyncio.create_task(serve())


async def test_a_socket_has_the_id_of_its_handshake() -> None:
    call = scope(given=b"front-7")
    TrustedProxies(["127.0.0.1"]).apply(call)

    assert await ids_of_socket(call) == {"request_id": "front-7"}


async def test_each_socket_has_an_id_of_its_own_that_takes_no_room_in_its_scope() -> None:
    one, other = scope(), scope()
    ids = [await ids_of_socket(call) for call in (one, other)]

    assert list(ids[0]) == list(ids[1]) == ["request_id"]
    assert ids[0] != ids[1]
    assert one == other == scope()


async def test_what_a_socket_s_task_starts_or_leaves_behind_is_not_about_it() -> None:
    await ids_of_socket(scope())

    assert current_request() == {}
