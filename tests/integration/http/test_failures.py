"""What every failure has in common, over real sockets."""

import json

import pytest
from sqlalchemy import event
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus


async def test_an_unknown_path_is_404_in_the_envelope(stage):
    answer = await stage.client.get("/nowhere")

    assert answer.status_code == 404
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/signup"), ("POST", "/devices"), ("PUT", "/me")]
)
async def test_a_wrong_method_is_405_with_allow(stage, method, path):
    answer = await stage.client.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["Allow"]
    assert set(answer.json()) == {"error"}


async def test_a_body_over_the_limit_is_413(stages):
    async with stages(body_limit_bytes=2000) as stage:
        answer = await stage.client.post(
            "/signup", json={"email": "ada@example.com", "password": "x" * 3000}
        )

    assert answer.status_code == 413
    assert set(answer.json()) == {"error"}


async def test_another_media_type_is_415(stage):
    answer = await stage.client.post("/signup", data={"email": "a@example.com", "password": "x"})

    assert answer.status_code == 415
    assert set(answer.json()) == {"error"}


async def test_a_missing_content_type_is_taken_for_json(stage):
    answer = await stage.client.post(
        "/signup", content=b'{"email":"ada@example.com","password":"correct horse"}'
    )

    assert answer.status_code == 201


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff"])
async def test_a_body_that_is_no_object_is_400(stage, body):
    answer = await stage.client.post(
        "/signup", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


async def test_a_throttled_caller_is_429_with_retry_after_and_not_before_sixty_calls(stage):
    async def log_in(number):
        body = {"email": f"ada{number}@example.com", "password": "correct horse"}
        return await stage.client.post("/login", json=body)

    statuses = [(await log_in(number)).status_code for number in range(60)]
    answer = await log_in(60)

    assert set(statuses) == {401}
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert set(answer.json()) == {"error"}


async def test_our_own_fault_is_500_and_shows_nothing_of_the_inside(stage):
    person = await stage.sign_up()

    def mistype(_connection, _cursor, statement, parameters, *_):
        return statement.replace("FROM emporia_links", "FORM emporia_links"), parameters

    engine = stage.container.engine().sync_engine
    event.listen(engine, "before_cursor_execute", mistype, retval=True)

    answer = await stage.get("/me", person)

    assert answer.status_code == 500
    assert set(answer.json()) == {"error"}
    for inside in ("sql", "syntax", "emporia_links"):
        assert inside not in answer.text.lower()


async def test_every_answer_forbids_caching_and_sniffing(stage):
    for answer in (await stage.client.get("/health/live"), await stage.client.get("/nowhere")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_another_origin_gets_no_cors_header_unless_it_is_allowed(stages):
    asking = {"Origin": "https://dash.example.com"}
    async with stages() as closed:
        refused = await closed.client.get("/health/live", headers=asking)
    async with stages(cors_origins=("https://dash.example.com",)) as opened:
        allowed = await opened.client.get("/health/live", headers=asking)

    assert "Access-Control-Allow-Origin" not in refused.headers
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://dash.example.com"


async def test_a_socket_at_an_unknown_path_is_404_in_the_envelope(stage):
    with pytest.raises(InvalidStatus) as refusal:
        await connect(f"{stage.stream_url}nowhere")

    assert refusal.value.response.status_code == 404
    assert set(json.loads(refusal.value.response.body)) == {"error"}


async def test_head_answers_as_get_does_without_a_body(stage):
    answer = await stage.client.head("/health/live")

    assert (answer.status_code, answer.content) == (200, b"")


async def test_a_socket_at_an_unknown_path_is_a_problem_to_whoever_wants_one(stage):
    with pytest.raises(InvalidStatus) as refusal:
        await connect(
            f"{stage.stream_url}nowhere",
            additional_headers={"Accept": "application/problem+json"},
        )

    answer = refusal.value.response
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Vary"] == "Accept"
    assert json.loads(answer.body)["code"] == "not_found"
