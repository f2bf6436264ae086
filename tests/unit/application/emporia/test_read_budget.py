import pytest

from application.emporia.cloud.request_budgets import BudgetStatus
from application.emporia.read_budget import ReadBudget
from domain.emporia.cloud.budget_shares import Purpose
from domain.errors import NotLinked


async def test_the_budget_of_the_linked_account_is_told(make_world) -> None:
    world = make_world(daily_requests=100)
    caller = await world.resident()
    account = (await world.link_of(caller)).account
    read_budget = ReadBudget(links=world.links, budgets=world.budgets)
    before = await read_budget(caller)
    assert before.left is not None

    await world.budgets.take(account, Purpose.READ)

    assert await read_budget(caller) == BudgetStatus(
        daily_requests=100, spent=before.spent + 1, left=before.left - 1
    )


async def test_a_dead_link_has_a_budget_all_the_same(world) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))

    budget = await ReadBudget(links=world.links, budgets=world.budgets)(caller)

    assert budget.daily_requests == 0


async def test_without_a_link_there_is_no_budget(world) -> None:
    with pytest.raises(NotLinked):
        await ReadBudget(links=world.links, budgets=world.budgets)(await world.sign_up())


async def test_whether_true_seconds_may_be_asked_for_is_told(world) -> None:
    caller = await world.resident()

    budget = await ReadBudget(links=world.links, budgets=world.budgets, allows_replay=True)(caller)

    assert budget.allows_replay
