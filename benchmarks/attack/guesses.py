"""Guessing passwords, of the gateway's own people and of Emporia's, from many addresses."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count

from benchmarks.attack.target import Attack, Target, at_once, bearer, json_request

AT_ONCE = 200
ADDRESSES = 200
FEW = 8


async def _guess(target: Target, email: Callable[[Target], str]) -> None:
    numbers = count()

    async def login() -> None:
        source = f"127.{20 + next(numbers) % ADDRESSES}.0.2"
        body = {"email": email(target), "password": secrets.token_hex(8)}
        await target.ask(json_request("POST", "/login", body=body), source=source)

    await at_once(AT_ONCE, login)


async def _guess_emporia(target: Target) -> None:
    async def link() -> None:
        body = {"emporiaUsername": "home@example.com", "emporiaPassword": secrets.token_hex(8)}
        await target.ask(json_request("POST", "/emporia-auth", bearer(target.token), body=body))

    await at_once(FEW, link)


ATTACKS: Mapping[str, Attack] = {
    "200 logins at once, one email": partial(_guess, email=lambda target: target.victim_email),
    "200 logins at once, many emails": partial(
        _guess, email=lambda _: f"{secrets.token_hex(8)}@example.com"
    ),
    "guessing a password of Emporia's": _guess_emporia,
}
