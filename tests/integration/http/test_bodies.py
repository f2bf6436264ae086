"""What may stand in a body, and what is said of the rest."""

import pytest

GOOD = b'{"email": "ada@example.com", "password": "correct horse"}'
UNREADABLE = {"error": "The request body is not valid JSON in UTF-8."}
NO_OBJECT = {"error": "The request body must be a JSON object."}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "application/json"},
        {"Content-Type": "application/json; charset=utf-8"},
        {"Content-Type": "Application/JSON"},
        {"Content-Type": "application/problem+json"},
    ],
)
async def test_json_is_read_with_and_without_its_media_type(gateway, headers):
    answer = await gateway.client.post("/signup", content=GOOD, headers=headers)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "?"],
)
async def test_any_other_media_type_is_415(gateway, media_type):
    answer = await gateway.client.post(
        "/signup", content=GOOD, headers={"Content-Type": media_type}
    )

    assert answer.status_code == 415
    assert answer.json() == {"error": "The request body must be JSON."}


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"nothing",
        b"\xff\xfe",
        b'{"email": "\xff", "password": "correct horse"}',
        b'{"email": "ada@example.com", "password": "\\ud800 correct horse"}',
        b'{"email": "ada@example.com", "password": "\\udc00 correct horse"}',
        b'{"email": 1e999}',
        b"[" * 20_000,
    ],
)
async def test_what_is_no_json_in_utf8_is_400(gateway, content):
    answer = await gateway.client.post("/login", content=content)

    assert answer.status_code == 400
    assert answer.json() == UNREADABLE


@pytest.mark.parametrize("content", [b"[]", b"null", b'"text"', b"1", b"true"])
async def test_json_that_is_no_object_is_400(gateway, content):
    answer = await gateway.client.post("/login", content=content)

    assert answer.status_code == 400
    assert answer.json() == NO_OBJECT


@pytest.mark.parametrize("path", ["/signup", "/login"])
async def test_a_body_over_the_limit_is_413(gateway, path):
    answer = await gateway.client.post(path, content=b" " * 65_537)

    assert answer.status_code == 413
    assert answer.json() == {"error": "The request body is larger than allowed."}


async def test_a_body_over_the_limit_that_does_not_tell_its_length_is_413(gateway):
    async def chunks():
        yield b" " * 40_000
        yield b" " * 40_000

    answer = await gateway.client.post("/login", content=chunks())

    assert answer.status_code == 413


async def test_a_body_at_the_limit_is_read(gateway):
    answer = await gateway.client.post("/signup", content=GOOD.ljust(65_536))

    assert answer.status_code == 201


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "identity, gzip", "nonsense"])
async def test_a_body_that_is_compressed_is_415_and_told_how_to_send_it(gateway, coding):
    answer = await gateway.client.post(
        "/signup", content=GOOD, headers={"Content-Encoding": coding}
    )

    assert answer.status_code == 415
    assert answer.json() == {
        "error": "Content-Encoding: the request body must be sent as it is, neither compressed "
        "nor coded."
    }
    assert answer.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("coding", ["identity", ""])
async def test_a_body_that_says_it_is_not_coded_is_read(gateway, coding):
    answer = await gateway.client.post(
        "/signup", content=GOOD, headers={"Content-Encoding": coding}
    )

    assert answer.status_code == 201
