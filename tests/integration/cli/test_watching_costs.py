"""`watch --costs` shows what the stream tells of costs."""

import re

import httpx

from tests.integration.cli.conftest import Run, Start

PASSWORDS = {"EMPORIA_API_PASSWORD": "demo-password", "EMPORIA_PASSWORD": "emporia-password"}
DEMO = {"email": "demo@example.com", "password": "demo-password"}
TARIFF = {
    "name": "Flat",
    "currency": "EUR",
    "rates": [
        {
            "since": "2020-01-01",
            "energy": {"periods": [{"name": "Energy", "tiers": [{"price": "0.25"}]}]},
        }
    ],
}


def cost_of(shown: str) -> str:
    """What is told of costs, in one line however it was broken."""
    (told,) = re.findall(r"^Cost .*?(?=^Circuit )", shown, re.MULTILINE | re.DOTALL)
    return " ".join(str(told).split())


def test_price_day_bill_and_peak_so_far_are_shown(run: Run, start: Start) -> None:
    with start("demo", until=" watch --url ") as demo:
        url = demo.word_after("Gateway")
        watch = ("watch", "--url", url, "--email", DEMO["email"], "--once")
        linked = ("--link", "home@example.com")

        without = run(*watch, *linked, "--costs", **PASSWORDS)
        with httpx.Client(base_url=url) as client:
            token = client.post("/login", json=DEMO).json()["token"]
            bearer = {"Authorization": f"Bearer {token}"}
            client.put("/me/currency", headers=bearer, json={"currency": "USD"})
            told = run(*watch, "--costs", **PASSWORDS)
            client.post("/me/tariffs", headers=bearer, json=TARIFF)
            own = run(*watch, "--costs", **PASSWORDS)
            unasked = run(*watch, **PASSWORDS)

    assert (without.returncode, cost_of(without.stdout)) == (0, "Cost —")
    line = cost_of(told.stdout)
    assert line.startswith("Cost price 0.175 USD/kWh (Energy) today ")
    assert line.endswith("by The price told to Emporia")
    assert " bill " in line
    assert " peak " in line
    assert cost_of(own.stdout).startswith("Cost price 0.25 EUR/kWh (Energy) today ")
    assert "Cost" not in unasked.stdout
