"""Who may sign up is the operator's to say."""

import asyncio

import pytest

CREDENTIALS = {"email": "admin@homelab", "password": "correct horse"}
CLOSED = {"error": "Sign-up is closed here; ask whoever runs this gateway for an account."}


@pytest.mark.parametrize("policy", ["open", "first"])
async def test_the_first_user_signs_up_with_an_address_of_the_house(make_gateway, policy) -> None:
    gateway = make_gateway(signup=policy)
    async with gateway.client:
        answer = await gateway.client.post("/signup", json=CREDENTIALS)

    assert answer.status_code == 201
    assert answer.json()["user"]["email"] == "admin@homelab"


async def test_where_sign_up_is_closed_the_answer_says_whom_to_ask(make_gateway) -> None:
    gateway = make_gateway(signup="closed")
    async with gateway.client:
        answer = await gateway.client.post("/signup", json=CREDENTIALS)

    assert (answer.status_code, answer.json()) == (403, CLOSED)


async def test_after_the_first_user_sign_up_is_closed(make_gateway) -> None:
    gateway = make_gateway(signup="first")
    async with gateway.client:
        await gateway.client.post("/signup", json=CREDENTIALS)
        second = await gateway.client.post("/signup", json={**CREDENTIALS, "email": "b@homelab"})
        same = await gateway.client.post("/signup", json=CREDENTIALS)

    assert (second.status_code, second.json()) == (403, CLOSED)
    assert (same.status_code, same.json()) == (403, CLOSED)


async def test_of_many_who_want_to_be_the_first_one_is(stages) -> None:
    async with stages(signup="first") as stage:
        answers = await asyncio.gather(
            *(
                stage.client.post("/signup", json={**CREDENTIALS, "email": f"a{n}@homelab"})
                for n in range(8)
            )
        )

    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 7


async def test_the_refusal_is_documented(gateway) -> None:
    document = (await gateway.client.get("/schema/openapi.json")).json()

    refusal = document["paths"]["/signup"]["post"]["responses"]["403"]["content"]
    examples = refusal["application/json"]["examples"].values()
    assert CLOSED in [example["value"] for example in examples]
