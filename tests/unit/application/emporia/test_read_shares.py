"""What one user of a shared account may take, and what the others still have."""

import pytest

from domain.emporia.cloud.budget_shares import Purpose
from domain.errors import BudgetSpent, StorageBusy

DAY = 86_400


@pytest.fixture
def world(make_world):
    """A small budget."""
    return make_world(daily_requests=30)


async def ask(world, link, *, times: int, purpose: Purpose = Purpose.HISTORY) -> None:
    for _ in range(times):
        await world.calls(link, purpose, world.cloud.customer)


async def links(world, *emails: str):
    """Links of so many users to one account."""
    return [await world.link_of(await world.resident(email)) for email in emails]


@pytest.mark.parametrize("purpose", [Purpose.HISTORY, Purpose.PAST])
async def test_one_user_can_not_spend_what_others_of_the_account_need(world, purpose) -> None:
    ada, bob = await links(world, "ada@example.com", "bob@example.com")
    await ask(world, ada, times=15, purpose=purpose)
    with pytest.raises(BudgetSpent, match="Your share") as refusal:
        await ask(world, ada, times=1, purpose=purpose)
    assert DAY - 60 <= (refusal.value.retry_after_seconds or 0) <= DAY + 60
    await ask(world, ada, times=3, purpose=Purpose.READ)
    await ask(world, bob, times=5, purpose=Purpose.STREAM)
    await ask(world, bob, times=5, purpose=purpose)


async def test_a_user_alone_may_spend_all(world) -> None:
    [ada] = await links(world, "ada@example.com")
    await ask(world, ada, times=29)
    with pytest.raises(BudgetSpent, match="for this Emporia account"):
        await ask(world, ada, times=2)


async def test_what_a_user_took_alone_counts_when_another_comes(make_world) -> None:
    world = make_world(daily_requests=40)
    [ada] = await links(world, "ada@example.com")
    await ask(world, ada, times=20)
    await links(world, "bob@example.com")
    with pytest.raises(BudgetSpent, match="Your share"):
        await ask(world, ada, times=1)


async def test_a_link_that_is_dead_takes_no_part(world) -> None:
    ada, bob = await links(world, "ada@example.com", "bob@example.com")
    await world.links.replace_tokens(bob.with_tokens(None))
    await ask(world, ada, times=20)


async def test_a_day_later_the_share_is_there_again(world) -> None:
    ada, bob = await links(world, "ada@example.com", "bob@example.com")
    await ask(world, ada, times=15)
    await world.clock.advance(DAY + 61)
    await ask(world, bob, times=1)
    assert len(world.shares.shares) == 1  # what was forgotten takes no memory
    await ask(world, ada, times=1)


async def test_a_request_that_could_not_be_kept_counts_for_nobody(world) -> None:
    ada, _ = await links(world, "ada@example.com", "bob@example.com")

    async def busy(*_) -> None:
        raise StorageBusy

    take, world.budgets.take = world.budgets.take, busy
    for _ in range(20):
        with pytest.raises(StorageBusy):
            await ask(world, ada, times=1)
    world.budgets.take = take
    await ask(world, ada, times=15)


async def test_without_a_limit_nothing_is_shared_out(make_world) -> None:
    world = make_world(daily_requests=0)
    ada, _ = await links(world, "ada@example.com", "bob@example.com")
    await ask(world, ada, times=100)
    assert world.shares.shares == {}
