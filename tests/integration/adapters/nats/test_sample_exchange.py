"""One contract for what joins the nodes, in one process and by NATS."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from adapters.emporia.late_usages import late_usages
from adapters.emporia.usage_document import EmporiaUsageDocument
from adapters.emporia.usages import read_usages
from adapters.fake.live.sample_exchange import JoinedExchange, JoinedExchanges
from adapters.nats.connection import NatsConnection
from adapters.nats.live_messages import encode_keys, encode_news
from adapters.nats.sample_exchange import BURST_SECONDS, NatsSampleExchange, seconds_to_burst
from adapters.system.clock import SystemClock
from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Fence
from application.ports.live.sample_exchange import ExchangeEar, LiveNews, SampleExchange
from application.ports.nodes import NodeId
from domain.emporia.channels import Channel, ChannelRole
from domain.emporia.home_power import Home, Source
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Document, EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    DomainError,
    EmporiaClockDiffers,
    EmporiaTimedOut,
    EmporiaUnavailable,
    LinkDead,
)
from tests.integration.adapters.nats.conftest import arrived, eventually
from tests.servers.nats import NatsServer

KEY = FeedKey(AccountId(42), Scale.SECOND, EnergyUnit.KILOWATT_HOURS)
OTHER = FeedKey(AccountId(43))
NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
HOME = Home(
    name="Höme",
    panels=(1000,),
    suns=(None, Source(gid=1000, channel=Channel(number="7", role=ChannelRole.SUN))),
)
DOCUMENT: Document = {
    "instant": "2026-03-01T11:59:58Z",
    "scale": "1S",
    "energyUnit": "KilowattHours",
    "unheardOf": {"deep": [1, 2.5e-05, None, "ü"]},
    "devices": [
        {
            "deviceGid": 1000,
            "channelUsages": [
                {
                    "name": "Main",
                    "usage": 0.00012345678901,
                    "deviceGid": 1000,
                    "channelNum": "1,2,3",
                },
                {"name": None, "usage": None, "deviceGid": 1000, "channelNum": "7"},
            ],
        }
    ],
}


def polled() -> UsageSample:
    return read_usages({"deviceListUsages": DOCUMENT}, received_at=NOW).of_homes([HOME])


def news(key: FeedKey = KEY, **changes: object) -> LiveNews:
    told = LiveNews(
        node=NodeId("a"),
        fence=Fence(7),
        key=key,
        sample=polled(),
        age_seconds=0.25,
        next_poll_at=NOW,
        budget_left=99,
    )
    return replace(told, **changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class Ear(ExchangeEar):
    """Notes what it hears, and answers what it was given."""

    heard: list[LiveNews] = field(default_factory=list)
    keys: list[FeedKey] = field(default_factory=list)
    free: list[AccountId] = field(default_factory=list)
    answers: dict[FeedKey, LiveNews] = field(default_factory=dict)
    is_slow: bool = False

    def told(self, news: LiveNews) -> None:
        self.heard.append(news)

    def wanted(self, keys: Collection[FeedKey]) -> None:
        self.keys.extend(keys)

    def freed(self, account: AccountId) -> None:
        self.free.append(account)

    async def asked(self, key: FeedKey) -> LiveNews | None:
        if self.is_slow:
            await asyncio.Event().wait()
        return self.answers.get(key)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes, and what each hears."""

    a: SampleExchange
    b: SampleExchange
    ear_a: Ear
    ear_b: Ear
    free: Callable[[AccountId], Awaitable[None]]
    settled: Callable[[], Awaitable[None]]


@pytest.fixture(params=["in one process", "nats"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    ear_a, ear_b = Ear(), Ear()
    if request.param == "in one process":
        joined = JoinedExchanges()
        a, b = joined.node("a"), joined.node("b")
        a.connect(ear_a)
        b.connect(ear_b)

        async def free(account: AccountId) -> None:
            joined.free(account)

        async def settled() -> None:
            pass

        yield Pair(a, b, ear_a, ear_b, free, settled)
        return
    server: NatsServer = request.getfixturevalue("server")
    async with AsyncExitStack() as ending:
        sides = [await by_nats(server, ear, ending) for ear in (ear_a, ear_b)]
        connection = sides[0][1]

        async def free_by_nats(account: AccountId) -> None:
            await connection.publish(f"freed.{account}", b"")

        async def settled_by_nats() -> None:
            for _, each in (*sides, *sides):
                await arrived(each)

        yield Pair(sides[0][0], sides[1][0], ear_a, ear_b, free_by_nats, settled_by_nats)


async def by_nats(
    server: NatsServer, ear: Ear, ending: AsyncExitStack
) -> tuple[NatsSampleExchange, NatsConnection]:
    connection = NatsConnection([server.url])
    await connection.open()
    ending.push_async_callback(connection.close)
    exchange = NatsSampleExchange(connection, sample_in=late_usages, clock=SystemClock())
    exchange.connect(ear)
    await exchange.open()
    await arrived(connection)
    ending.push_async_callback(exchange.close)
    return exchange, connection


async def test_news_come_as_they_were_told(pair: Pair) -> None:
    await pair.b.follow(KEY)
    await pair.settled()
    told = news(minute=news().sample, is_failing=True)
    pair.a.tell(told)
    await pair.settled()
    (heard,) = pair.ear_b.heard
    assert heard.sample is not None
    assert told.sample is not None
    assert heard.minute is not None
    assert heard.sample.document.content == told.sample.document.content
    assert heard.sample.devices == told.sample.devices
    assert heard.sample.instant == told.sample.instant
    assert (heard.sample.scale, heard.sample.unit) == (told.sample.scale, told.sample.unit)
    assert heard.sample.homes == told.sample.homes == heard.minute.homes
    assert heard.sample.received_at == NOW
    assert replace(heard, sample=None, minute=None) == replace(told, sample=None, minute=None)


async def test_only_what_is_followed_is_heard(pair: Pair) -> None:
    await pair.b.follow(KEY)
    pair.a.tell(news(OTHER))
    await pair.b.follow(OTHER)
    await pair.b.unfollow(KEY)
    await pair.settled()
    pair.a.tell(news(KEY))
    await pair.settled()
    assert [each.key for each in pair.ear_b.heard if each.key == KEY] == []
    pair.a.tell(news(OTHER))
    await pair.settled()
    assert pair.ear_b.heard[-1].key == OTHER


async def test_following_twice_and_leaving_twice_do_no_harm(pair: Pair) -> None:
    await pair.b.follow(KEY)
    await pair.b.follow(KEY)
    await pair.settled()
    pair.a.tell(news())
    await pair.settled()
    assert len(pair.ear_b.heard) == 1
    await pair.b.unfollow(KEY)
    await pair.b.unfollow(KEY)


async def test_what_a_node_wants_is_heard_by_the_others(pair: Pair) -> None:
    pair.b.want([KEY, OTHER])
    await pair.settled()
    assert pair.ear_a.keys == [KEY, OTHER]


async def test_whoever_polls_answers_whoever_asks(pair: Pair) -> None:
    pair.ear_a.answers[KEY] = news()
    answer = await pair.b.ask(KEY)
    assert answer is not None
    assert answer.sample is not None
    assert answer.sample.document.content == DOCUMENT


@pytest.mark.parametrize(
    ("failure", "kind", "seconds"),
    [
        (EmporiaTimedOut(retry_after_seconds=12.5), EmporiaTimedOut, 12.5),
        (BudgetSpent(), BudgetSpent, None),
        (LinkDead(), LinkDead, None),
    ],
)
async def test_a_failure_is_answered_as_what_it_was(
    pair: Pair, failure: DomainError, kind: type[DomainError], seconds: float | None
) -> None:
    pair.ear_a.answers[KEY] = news(sample=None, failure=failure)
    answer = await pair.b.ask(KEY)
    assert answer is not None
    assert type(answer.failure) is kind
    assert getattr(answer.failure, "retry_after_seconds", None) == seconds


async def test_all_hear_that_an_account_is_free(pair: Pair) -> None:
    await pair.free(KEY.account)
    await pair.settled()
    assert pair.ear_b.free == [KEY.account]


async def test_nobody_answers_for_an_account_that_nobody_polls(pair: Pair) -> None:
    assert await pair.b.ask(OTHER) is None


async def test_a_cut_member_in_one_process_is_not_there() -> None:
    joined = JoinedExchanges()
    a, b = joined.node("a"), joined.node("b")
    assert isinstance(a, JoinedExchange)
    assert b.is_there(a.own_id)
    assert len(b.all()) == 2
    joined.cut_off.add(a.own_id)
    assert not b.is_there(a.own_id)
    assert await a.ask(KEY) is None


async def test_a_failure_that_no_node_knows_by_name_is_an_outage(server: NatsServer) -> None:
    async with AsyncExitStack() as ending:
        ear = Ear(answers={KEY: news(failure=EmporiaClockDiffers(ahead_seconds=600))})
        await by_nats(server, ear, ending)
        b, _ = await by_nats(server, Ear(), ending)
        answer = await b.ask(KEY)
        assert answer is not None
        assert type(answer.failure) is EmporiaUnavailable


async def test_a_slow_answer_keeps_nobody_else_waiting(server: NatsServer) -> None:
    async with AsyncExitStack() as ending:
        ear = Ear(answers={OTHER: news(OTHER)}, is_slow=True)
        await by_nats(server, ear, ending)
        b, _ = await by_nats(server, Ear(), ending)
        slow = asyncio.create_task(b.ask(KEY))
        await asyncio.sleep(0.01)
        ear.is_slow = False
        assert await b.ask(OTHER) is not None
        slow.cancel()


async def test_what_nobody_can_read_is_not_heard(
    server: NatsServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with AsyncExitStack() as ending:
        ear = Ear()
        b, connection = await by_nats(server, ear, ending)
        await b.follow(KEY)
        await arrived(connection)
        no_document = encode_news(news()).replace(b'{"instant":', b'[{"instant":', 1)
        no_document = no_document.replace(b"}]}]}", b"}]}]}]", 1)
        no_zone = encode_news(news()).replace(b"Z", b"")
        two_keys = encode_keys([KEY, OTHER])
        for text in (b"", b"{}", b'["a",1]', b"\xff", no_document, no_zone, two_keys):
            await connection.publish("live.42.1S.KilowattHours", text)
            if text != two_keys:
                await connection.publish("wanted", text)
            await connection.publish("want.42", text, "nobody")
        await connection.publish("want.42", encode_keys([KEY]))  # without anybody to answer
        await connection.publish("freed.x", b"")
        await connection.publish("freed.5", b"")
        await eventually(lambda: _is(ear.free == [AccountId(5)]))
        assert not ear.heard
        assert not ear.keys
        assert not caplog.records  # another node's version would fill the log


async def test_a_sample_that_cannot_be_written_keeps_no_other_back(server: NatsServer) -> None:
    async with AsyncExitStack() as ending:
        ear = Ear()
        a, _ = await by_nats(server, Ear(), ending)
        b, other = await by_nats(server, ear, ending)
        await b.follow(KEY)
        await arrived(other)
        unwritable = EmporiaUsageDocument({"devices": [object()]}, seconds=None)
        a.tell(news(sample=replace(polled(), document=unwritable)))
        a.tell(news(budget_left=3))
        await eventually(lambda: _is(bool(ear.heard)))
        assert [each.budget_left for each in ear.heard] == [3]


async def test_nothing_is_said_late(server: NatsServer) -> None:
    async with AsyncExitStack() as ending:
        ear = Ear()
        a, connection = await by_nats(server, Ear(), ending)
        b, other = await by_nats(server, ear, ending)
        await b.follow(KEY)
        server.stop()
        await eventually(lambda: _is(not a.is_open and not b.is_open))
        a.tell(news(budget_left=1))
        a.want([KEY])
        assert await a.ask(KEY) is None
        server.start()
        await eventually(lambda: _is(a.is_open and b.is_open))
        await arrived(other)
        a.tell(news(budget_left=2))
        await eventually(lambda: _is(bool(ear.heard)))
        assert [each.budget_left for each in ear.heard] == [2]
        assert ear.keys == []
        assert connection.connected


async def _is(so: bool) -> bool:
    return so


@pytest.mark.parametrize(
    ("second", "pause"),
    [
        (0.0, 0.015),
        (0.014, 0.001),
        (0.015, 0.025),
        (0.5, 0.015),
        (0.9899, 0.0001),
        (0.9901, 0.0),
        (0.9999, 0.0),
    ],
)
def test_what_is_said_waits_for_its_burst_but_not_beyond_the_second(
    second: float, pause: float
) -> None:
    now = datetime.fromtimestamp(1_800_000_000 + second, UTC)
    assert seconds_to_burst(now) == pytest.approx(pause, abs=1e-5)


def test_nothing_waits_longer_than_a_burst() -> None:
    starts = [datetime.fromtimestamp(1_800_000_000 + each / 997, UTC) for each in range(997)]
    pauses = [seconds_to_burst(start) for start in starts]
    assert all(0.0 <= pause <= BURST_SECONDS for pause in pauses)
    ends = [(start.timestamp() + pause) for start, pause in zip(starts, pauses, strict=True)]
    assert max(ends) < 1_800_000_001
