"""Frames and answers are Emporia's own JSON, to the byte, as clients have always got it.

`recorded.json` holds answers of the cloud and what was made of them before the gateway looked into
samples by itself.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.emporia.exchange.answers import read_answer
from adapters.emporia.exchange.exchange import Answer
from adapters.emporia.late_usages import late_usages
from adapters.emporia.usages import read_usages
from adapters.json.frame_encoder import MsgspecFrameEncoder
from adapters.nats.live_messages import decode_news, encode_news
from application.live.feed.audience import Audience
from application.live.feed.subscription import FeedKey, View
from application.live.freshness import Freshness
from application.ports.emporia.leases import Fence
from application.ports.live.sample_exchange import LiveNews
from application.ports.nodes import NodeId
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from entrypoints.http.answers.encoded import EncodedUsages

NOW = datetime(2026, 3, 1, 12, 0, 31, 402_000, tzinfo=UTC)
FRESHNESS = Freshness(is_stale=False, next_poll_at=NOW + timedelta(minutes=1), budget_left=1988)
RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))


@pytest.fixture(params=RECORDED, ids=[recorded["home"] for recorded in RECORDED])
def recorded(request: Any) -> Any:
    return request.param


@pytest.fixture(params=["polled here", "polled by another node"])
def sample(recorded: Any, request: Any) -> UsageSample:
    answer = Answer(status=200, headers=httpx.Headers(), body=recorded["body"].encode())
    polled = read_usages(read_answer(answer, now=NOW), received_at=NOW)
    return polled if request.param == "polled here" else travelled(polled)


def travelled(sample: UsageSample) -> UsageSample:
    news = LiveNews(
        node=NodeId("a"),
        fence=Fence(1),
        key=FeedKey(AccountId(42)),
        sample=sample,
        age_seconds=0.0,
        next_poll_at=NOW,
        budget_left=None,
    )
    heard = decode_news(encode_news(news), late_usages).sample
    assert heard is not None
    return heard


def frame(sample: UsageSample, view: View) -> str:
    made = Audience(AccountId(42), view).frame(sample, FRESHNESS, MsgspecFrameEncoder())
    assert made is not None
    return made.text.decode()


def usages_in(frame: str) -> str:
    """What stands under `deviceListUsages`, with `live` behind it."""
    start, end = frame.index('"deviceListUsages":'), frame.rindex(',"live":')
    return frame[start + len('"deviceListUsages":') : end]


def test_a_plain_frame_is_the_same(recorded: Any, sample: UsageSample) -> None:
    assert frame(sample, View()) == recorded["frame"]


def test_a_frame_of_some_devices_is_the_same(recorded: Any, sample: UsageSample) -> None:
    some = frozenset(recorded["some"])
    assert frame(sample, View(gids=some)) == recorded["frameOfSome"]


def test_usages_after_subscribe_are_the_same(recorded: Any, sample: UsageSample) -> None:
    told = frame(sample, View(tells_age=True))
    assert usages_in(told) == recorded["usagesAfterSubscribe"]


def test_usages_of_some_devices_after_subscribe_are_the_same(
    recorded: Any, sample: UsageSample
) -> None:
    told = frame(sample, View(gids=frozenset(recorded["some"]), tells_age=True))
    assert usages_in(told) == recorded["usagesOfSomeAfterSubscribe"]


def test_an_answer_over_rest_is_the_same(recorded: Any, sample: UsageSample) -> None:
    assert EncodedUsages().json(sample.document).decode() == recorded["answer"]
