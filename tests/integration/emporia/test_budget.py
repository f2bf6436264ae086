"""How much of the day's requests to Emporia is left, told to whom it concerns."""


async def test_the_budget_of_the_linked_account_is_told(gateway):
    headers = await gateway.linked()

    before = (await gateway.client.get("/me/budget", headers=headers)).json()["budget"]
    await gateway.clock.advance(60)
    await gateway.client.get("/devices", headers=headers)
    answer = await gateway.client.get("/me/budget", headers=headers)

    assert answer.status_code == 200
    assert answer.json() == {
        "budget": {
            "dailyRequests": 2000,
            "spent": before["spent"] + 1,
            "left": before["left"] - 1,
        }
    }
    assert before["spent"] + before["left"] == 2000


async def test_users_of_one_account_share_its_budget(gateway):
    ada = await gateway.linked()
    bob = await gateway.sign_up("bob@example.com")
    await gateway.client.post(
        "/emporia-auth",
        headers=bob,
        json={"emporiaUsername": "home@example.com", "emporiaPassword": "emporia-password"},
    )

    answers = [await gateway.client.get("/me/budget", headers=headers) for headers in (ada, bob)]

    assert answers[0].json() == answers[1].json()


async def test_without_a_limit_nothing_is_left_to_count(make_gateway):
    gateway = make_gateway(emporia_daily_requests=0)
    async with gateway.client:
        headers = await gateway.linked()
        budget = (await gateway.client.get("/me/budget", headers=headers)).json()["budget"]

    assert budget["dailyRequests"] == 0
    assert budget["left"] is None
    assert isinstance(budget["spent"], int)


async def test_without_a_linked_account_there_is_no_budget(gateway):
    headers = await gateway.sign_up()

    answer = await gateway.client.get("/me/budget", headers=headers)

    assert answer.status_code == 400
    assert answer.json() == {"error": "No Emporia account is linked."}


async def test_asking_for_the_budget_costs_nothing(gateway):
    headers = await gateway.linked()

    answers = [await gateway.client.get("/me/budget", headers=headers) for _ in range(3)]

    assert len({answer.text for answer in answers}) == 1
