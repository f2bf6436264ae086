"""Over HTTP, at a simulated user pool: links that end, and links that renew themselves."""

from datetime import timedelta

import pytest

from domain.emporia.links import AccountId
from tests.integration.conftest import EMPORIA_PASSWORD, EMPORIA_USERNAME

HOME = AccountId(101)
EMPORIA = {"emporiaUsername": EMPORIA_USERNAME, "emporiaPassword": EMPORIA_PASSWORD}


@pytest.fixture
async def keeping(stages):
    """A stage whose operator allows it."""
    async with stages(emporia_keep_password=True) as stage:
        yield stage


async def keeper(stage):
    """Somebody who lets their password be kept."""
    person = await stage.sign_up()
    answer = await link(stage, person, keepPassword=True)
    assert (answer.status_code, answer.json()) == (
        200,
        {"message": "Emporia authentication successful"},
    )
    return person


async def link(stage, person, **more):
    return await stage.client.post("/emporia-auth", headers=person.bearer, json={**EMPORIA, **more})


async def state(stage, person):
    answer = await stage.get("/me/link", person)
    assert answer.status_code == 200
    return answer.json()["link"]


async def read(stage, person, *, day: int = 1):
    """Ask for something that only Emporia knows."""
    return await stage.get(
        "/devices/instant",
        person,
        instant=f"2026-03-{day:02}T12:00:00Z",
        scale="1D",
        energyUnit="KilowattHours",
    )


async def kinds(stage, person) -> list[str]:
    events = (await stage.get("/me/events", person)).json()["events"]
    return [event["kind"] for event in events]


async def end_of_refresh_tokens(stage) -> None:
    await stage.revoke_refresh_tokens()
    await stage.expire_tokens()


async def test_where_it_is_not_allowed_keeping_is_refused_with_a_code(stage):
    person = await stage.sign_up()
    problem = await stage.client.post(
        "/emporia-auth",
        headers={**person.bearer, "Accept": "application/problem+json"},
        json={**EMPORIA, "keepPassword": True},
    )
    assert (problem.status_code, problem.json()["code"]) == (400, "password_not_kept")
    assert problem.json()["detail"].startswith("keepPassword: this gateway keeps no passwords")
    assert await state(stage, person) is None
    assert (await link(stage, person, keepPassword=False)).status_code == 200
    assert (await stage.get("/me/link", person)).json()["mayKeepPassword"] is False


async def test_a_link_tells_its_end_and_me_stays_as_it_was(stage):
    person = await stage.linked()
    told = await state(stage, person)
    assert told["emporiaUsername"] == EMPORIA_USERNAME
    assert told["endsAt"][:7] > told["linkedAt"][:7]
    assert (told["endsSoon"], told["keepsPassword"]) == (False, False)
    me = (await stage.get("/me", person)).json()["user"]
    assert list(me) == ["id", "email", "emporiaUsername", "createdAt", "updatedAt"]


async def test_no_key_may_read_how_the_link_stands(stage):
    person = await stage.linked()
    body = {"name": "display", "scopes": ["read", "stream", "export"]}
    made = await stage.client.post("/me/keys", headers=person.bearer, json=body)
    key = {"Authorization": f"Bearer {made.json()['secret']}"}
    answer = await stage.client.get("/me/link", headers=key)
    assert (answer.status_code, answer.json()) == (403, {"error": "This key may not do that."})


async def test_a_link_whose_password_is_kept_renews_itself(keeping):
    person = await keeper(keeping)
    before = await state(keeping, person)
    await end_of_refresh_tokens(keeping)

    answer = await read(keeping, person)

    after = await state(keeping, person)
    assert answer.status_code == 200
    assert after["keepsPassword"] is True
    assert after["linkedAt"] == before["linkedAt"]
    assert after["endsAt"] > before["endsAt"]
    assert (await kinds(keeping, person))[:3] == [
        "link_renewed",
        "emporia_password_kept",
        "link_made",
    ]


async def test_without_a_kept_password_the_link_dies(keeping):
    person = await keeping.linked()
    await end_of_refresh_tokens(keeping)

    answer = await read(keeping, person)

    assert answer.json() == {"error": "The Emporia account has to be linked again."}
    told = await state(keeping, person)
    assert (told["endsAt"], told["endsSoon"]) == (None, False)


async def test_a_password_that_was_changed_is_tried_once_and_the_link_dies(keeping):
    person = await keeper(keeping)
    changed = await keeping.cloud.put(
        f"/simulator/users/{EMPORIA_USERNAME}", json={"password": "a newer one"}
    )
    changed.raise_for_status()
    await end_of_refresh_tokens(keeping)

    for day in range(1, 7):  # as many refusals would lock the account
        answer = await read(keeping, person, day=day)
        assert answer.json() == {"error": "The Emporia account has to be linked again."}

    users = (await keeping.cloud.get("/simulator")).json()["users"]
    assert [user["locked"] for user in users if user["email"] == EMPORIA_USERNAME] == [False]
    assert (await kinds(keeping, person))[:2] == ["link_died", "emporia_password_forgotten"]
    assert (await state(keeping, person))["keepsPassword"] is False


async def test_an_outage_of_the_user_pool_keeps_password_and_link(keeping):
    person = await keeper(keeping)
    await end_of_refresh_tokens(keeping)
    await keeping.fault(kind="server_error", route="user-pool")

    answer = await read(keeping, person)

    assert answer.status_code == 503
    assert (await state(keeping, person))["keepsPassword"] is True


async def test_in_the_last_five_days_the_next_refresh_signs_in(stages):
    async with stages(emporia_keep_password=True, emporia_link_days=1) as stage:
        person = await keeper(stage)
        links = stage.container.emporia_links()
        (kept,) = await links.of_account(HOME)
        earlier = kept.signed_in_at - timedelta(hours=12)
        await links.replace_tokens(kept.with_tokens(kept.tokens, signed_in_at=earlier))
        assert (await state(stage, person))["endsSoon"] is True
        await stage.expire_tokens()

        assert (await read(stage, person)).status_code == 200

        assert (await state(stage, person))["endsSoon"] is False
        assert (await kinds(stage, person))[0] == "link_renewed"


async def test_what_was_kept_is_erased_once_the_operator_allows_it_no_more(stages, eventually):
    async with stages(emporia_keep_password=True) as stage:
        person = await keeper(stage)
    async with stages() as stage:
        links = stage.container.emporia_links()
        again = type(person)(person.email, await stage.log_in(person.email))
        assert (await state(stage, again))["keepsPassword"] is False
        me = (await stage.get("/me", again)).json()["user"]
        assert me["emporiaUsername"] == EMPORIA_USERNAME
        await eventually(
            lambda: stage.container.event_counts().counts.get("EmporiaPasswordsErased")
        )
        assert await links.forget_passwords() == 0
