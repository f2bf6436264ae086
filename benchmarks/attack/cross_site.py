"""What a page of another site makes the victim's own browser send."""

import json
import secrets
from collections.abc import Mapping
from itertools import cycle, product

from benchmarks.attack.target import Attack, Target, at_once, request

VICTIM = "127.0.0.5"
"""The address that the legitimate login comes from: the browser is the victim's own."""

AT_ONCE = 6
"""As many connections as a browser opens to one host."""

BROWSERS = (
    ("Origin: https://other.example",),
    ("Origin: https://other.example", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
    ("Origin: null",),
)
PASSWORDS = ("x" * 10, "x")
"""One opens an account; the other is refused, and eats the victim's calls all the faster."""


async def _post(target: Target) -> None:
    forms = cycle(product(BROWSERS, PASSWORDS))

    async def sign_up() -> None:
        headers, password = next(forms)
        account = {"email": f"{secrets.token_hex(8)}@example.com", "password": password}
        body = json.dumps(account).encode()
        await target.ask(request("POST", "/signup", *headers, body=body), source=VICTIM)

    await at_once(AT_ONCE, sign_up)


ATTACKS: Mapping[str, Attack] = {"sign-ups by a page of another site": _post}
