import pytest

from adapters.fake.clock import ManualClock
from adapters.fake.emporia.request_ledger import InMemoryRequestLedger
from adapters.memory.leases import OnlyNode
from application.emporia.cloud.request_budgets import RequestBudgets
from application.live.feed.poll_pace import PollPace
from application.live.feed.subscription import FeedKey
from domain.emporia.links import AccountId
from domain.emporia.usage import Scale

HOME, OTHER_HOME = AccountId(42), AccountId(77)
DAY = 86_400


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def budgets(clock) -> RequestBudgets:
    return RequestBudgets(
        ledger=InMemoryRequestLedger(), leases=OnlyNode(), clock=clock, daily_requests=20
    )


@pytest.fixture
def pace(budgets, clock) -> PollPace:
    return PollPace(budgets=budgets, clock=clock)


async def test_without_a_limit_every_scale_is_polled_each_second(clock) -> None:
    unlimited = RequestBudgets(
        ledger=InMemoryRequestLedger(), leases=OnlyNode(), clock=clock, daily_requests=0
    )
    pace = PollPace(budgets=unlimited, clock=clock)
    assert await pace.pause_seconds(FeedKey(HOME, Scale.YEAR), unchanged_polls=0) == 1.0
    assert await pace.slow_down_seconds(FeedKey(HOME)) == 0.0


async def test_polls_follow_the_data_until_the_budget_slows_them(pace, budgets) -> None:
    assert await pace.pause_seconds(FeedKey(HOME), unchanged_polls=0) == 59
    assert await pace.pause_seconds(FeedKey(HOME), unchanged_polls=1) == 10
    for _ in range(18):
        await budgets.record(HOME)
    assert await pace.pause_seconds(FeedKey(HOME), unchanged_polls=1) == DAY + 60


async def test_feeds_of_one_account_share_its_pace(pace, budgets) -> None:
    for _ in range(15):
        await budgets.record(HOME)
        await budgets.record(OTHER_HOME)
    alone = await pace.slow_down_seconds(FeedKey(HOME, Scale.MINUTE))
    assert await pace.slow_down_seconds(FeedKey(HOME, Scale.SECOND)) == 2 * alone
    assert await pace.slow_down_seconds(FeedKey(HOME, Scale.MINUTE)) == 2 * alone
    assert await pace.slow_down_seconds(FeedKey(OTHER_HOME)) == alone


async def test_a_feed_that_polls_no_more_leaves_its_share_to_the_others(
    pace, budgets, clock
) -> None:
    for _ in range(7):
        await budgets.record(HOME)
    await pace.slow_down_seconds(FeedKey(HOME, Scale.SECOND))
    await clock.advance(DAY / 4)
    shared = await pace.slow_down_seconds(FeedKey(HOME))
    await clock.advance(DAY / 4)
    assert await pace.slow_down_seconds(FeedKey(HOME)) < shared


async def test_a_feed_that_polls_rarely_slows_the_others_little(pace, budgets) -> None:
    for _ in range(15):
        await budgets.record(HOME)
    alone = await pace.slow_down_seconds(FeedKey(HOME))
    await pace.slow_down_seconds(FeedKey(HOME, Scale.YEAR))
    assert alone < await pace.slow_down_seconds(FeedKey(HOME)) < 1.02 * alone
