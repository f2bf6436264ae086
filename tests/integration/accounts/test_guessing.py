"""Whoever guesses has to wait, over real sockets; the owner does not."""

import asyncio
import json
import threading

import argon2
import pytest
from dependency_injector import providers

from adapters.security.argon2 import Argon2PasswordHasher

PASSWORD = "correct horse"
AFAR = {"X-Forwarded-For": "203.0.113.9"}


async def log_in(stage, email, password, **headers):
    body = {"email": email, "password": password}
    return await stage.client.post("/login", json=body, headers=headers)


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
async def test_guessing_ends_in_a_429_at_once_whether_or_not_the_email_exists(stage, email):
    await stage.sign_up("ada@example.com")

    answers = [await log_in(stage, email, f"wrong {number}", **AFAR) for number in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json() == {
        "error": "Too many wrong passwords for this email; please wait before you try again."
    }
    assert int(answers[-1].headers["Retry-After"]) == 2


async def test_the_owner_logs_in_from_where_they_did_before(stage):
    await stage.sign_up("ada@example.com")
    for number in range(6):
        await log_in(stage, "ada@example.com", f"wrong {number}", **AFAR)

    paused = await log_in(stage, "ada@example.com", PASSWORD, **AFAR)
    owner = await log_in(stage, "ada@example.com", PASSWORD)

    assert (paused.status_code, owner.status_code) == (429, 200)


async def test_emporia_is_not_guessed_through_the_gateway(stage):
    ada, bob = await stage.sign_up(), await stage.sign_up()

    refused = [await stage.link(ada, password="wrong") for _ in range(4)]
    through_another = await stage.link(bob, username="HOME@example.com", password="wrong")

    assert [answer.status_code for answer in refused] == [400, 400, 400, 429]
    assert refused[0].json() == {"error": "Emporia authentication failed"}
    assert refused[-1].json() == {
        "error": "Emporia refused several sign-ins; please wait before you try again, "
        "so that Emporia does not lock the account."
    }
    assert 1 <= int(refused[-1].headers["Retry-After"]) <= 60
    assert through_another.status_code == 429


class Gated(argon2.PasswordHasher):
    """Checks no password before the gate opens."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.gate = threading.Event()
        self.checked = []

    def verify(self, hash, password):  # noqa: A002
        self.gate.wait(timeout=20)
        self.checked.append(password)
        return super().verify(hash, password)


@pytest.fixture
async def gated(stage):
    """A stage whose one hashing thread waits for the gate."""
    argon = Gated()
    hasher = Argon2PasswordHasher(max_workers=1, argon2=argon)
    stage.container.passwords.override(providers.Object(hasher))
    yield argon, hasher
    argon.gate.set()
    hasher.close()


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_a_login_that_nobody_could_wait_for_is_503_at_once(stage, gated):
    argon, hasher = gated
    waiting = [
        asyncio.create_task(log_in(stage, f"somebody{number}@example.com", "wrong"))
        for number in range(25)
    ]
    await until(lambda: hasher.present == 25)

    answer = await log_in(stage, "ada@example.com", "wrong")
    argon.gate.set()

    assert answer.status_code == 503
    assert answer.json() == {
        "error": "Too many passwords are being checked right now; please try again in a moment."
    }
    assert int(answer.headers["Retry-After"]) >= 1
    assert {one.status_code for one in await asyncio.gather(*waiting)} == {401}


async def wait_in_line(stage, hasher, number, address):
    """A login with a wrong password that waits for the gate."""
    email, password = f"somebody{number}@example.com", f"wrong {number}"
    before = hasher.present
    headers = {"X-Forwarded-For": address}
    login = asyncio.create_task(log_in(stage, email, password, **headers))
    await until(lambda: hasher.present == before + 1)
    return login


async def test_the_owner_is_next_however_many_strangers_wait(stage, gated):
    argon, hasher = gated
    argon.gate.set()
    await stage.sign_up("ada@example.com")
    argon.gate.clear()
    argon.checked.clear()
    waiting = [
        await wait_in_line(stage, hasher, number, f"203.0.113.{number}") for number in range(25)
    ]

    owner = asyncio.create_task(log_in(stage, "ada@example.com", PASSWORD))
    await until(lambda: hasher.present == 26)
    argon.gate.set()

    assert (await owner).status_code == 200
    assert argon.checked[1] == PASSWORD
    assert {one.status_code for one in await asyncio.gather(*waiting)} == {401}


async def test_one_address_that_fills_the_line_gives_way_to_another(stage, gated):
    argon, hasher = gated
    waiting = [await wait_in_line(stage, hasher, number, "203.0.113.1") for number in range(25)]

    newcomer = asyncio.create_task(log_in(stage, "ada@example.com", "wrong", **AFAR))
    sent_away = await waiting[-1]
    argon.gate.set()

    assert sent_away.status_code == 503
    assert int(sent_away.headers["Retry-After"]) >= 1
    assert (await newcomer).status_code == 401
    assert argon.checked[1] == "wrong"
    await asyncio.gather(*waiting)


async def test_no_password_is_checked_for_who_hung_up_while_waiting(stage, gated):
    argon, hasher = gated
    first = asyncio.create_task(log_in(stage, "first@example.com", "first"))
    await until(lambda: hasher.present == 1)
    body = json.dumps({"email": "second@example.com", "password": "second"}).encode()
    host, port = stage.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /login HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    await until(lambda: hasher.present == 2)

    writer.close()
    await writer.wait_closed()
    await until(lambda: departed() == 1)
    argon.gate.set()
    await first
    await until(lambda: hasher.present == 0)

    assert argon.checked == ["first"]


def departed():
    """How many callers who wait have gone."""
    watches = [task for task in asyncio.all_tasks() if task.get_name() == "departure of a caller"]
    return 2 - len(watches)
