"""What nodes tell each other of samples, as it travels: encoded once for all who follow."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Annotated

import msgspec

from application.live.feed.subscription import FeedKey
from application.ports.emporia.leases import Fence
from application.ports.live.sample_exchange import LiveNews
from application.ports.nodes import NodeId
from domain.emporia.home_power import HomePower
from domain.emporia.links import AccountId
from domain.emporia.samples import UsageSample
from domain.emporia.usage import EnergyUnit, Scale
from domain.errors import (
    BudgetSpent,
    DomainError,
    EmporiaRefusedRequest,
    EmporiaSignInPaused,
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    LinkDead,
    Postponed,
    StorageBusy,
    StorageUnavailable,
)

SampleIn = Callable[..., UsageSample]
"""Makes a sample of its document's text and what else is told of it."""

_FAILURES: dict[str, type[DomainError]] = {
    kind.__name__: kind
    for kind in (
        BudgetSpent,
        EmporiaRefusedRequest,
        EmporiaSignInPaused,
        EmporiaThrottled,
        EmporiaTimedOut,
        EmporiaTokenRefused,
        EmporiaUnavailable,
        EmporiaUnreadable,
        LinkDead,
        StorageBusy,
        StorageUnavailable,
    )
}


_Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""One without its zone can be compared with no other."""


class _Sample(msgspec.Struct, array_like=True):
    document: msgspec.Raw
    instant: _Instant
    scale: Scale
    unit: EnergyUnit
    received_at: _Instant
    homes: tuple[HomePower, ...] | None


class _Failure(msgspec.Struct, array_like=True):
    kind: str
    retry_after_seconds: float | None


class _Key(msgspec.Struct, array_like=True, frozen=True):
    account: int
    scale: Scale
    unit: EnergyUnit


class _News(msgspec.Struct, array_like=True):
    node: str
    fence: int
    key: _Key
    sample: _Sample | None
    age_seconds: float
    next_poll_at: _Instant
    budget_left: int | None
    minute: _Sample | None
    is_failing: bool
    failure: _Failure | None


_ENCODER = msgspec.json.Encoder()
_NEWS = msgspec.json.Decoder(_News)
_KEYS = msgspec.json.Decoder(list[_Key])


def encode_news(news: LiveNews) -> bytes:
    """The news, as JSON: whatever a frame can be written of, this can."""
    return _ENCODER.encode(
        _News(
            news.node,
            news.fence,
            _key(news.key),
            _sample(news.sample),
            news.age_seconds,
            news.next_poll_at,
            news.budget_left,
            _sample(news.minute),
            news.is_failing,
            _failure(news.failure),
        )
    )


def decode_news(text: bytes, sample_in: SampleIn) -> LiveNews:
    """The news in this text; raises msgspec.DecodeError or EmporiaUnreadable."""
    told = _NEWS.decode(text)
    return LiveNews(
        node=NodeId(told.node),
        fence=Fence(told.fence),
        key=_feed_key(told.key),
        sample=_read_sample(told.sample, sample_in),
        age_seconds=told.age_seconds,
        next_poll_at=told.next_poll_at,
        budget_left=told.budget_left,
        minute=_read_sample(told.minute, sample_in),
        is_failing=told.is_failing,
        failure=_read_failure(told.failure),
    )


def encode_keys(keys: Collection[FeedKey]) -> bytes:
    """Which feeds are meant."""
    return _ENCODER.encode([_key(key) for key in keys])


def decode_keys(text: bytes) -> list[FeedKey]:
    """Which feeds are meant; raises msgspec.DecodeError."""
    return [_feed_key(key) for key in _KEYS.decode(text)]


def _key(key: FeedKey) -> _Key:
    return _Key(key.account, key.scale, key.unit)


def _feed_key(key: _Key) -> FeedKey:
    return FeedKey(AccountId(key.account), key.scale, key.unit)


def _sample(sample: UsageSample | None) -> _Sample | None:
    if sample is None:
        return None
    return _Sample(
        msgspec.Raw(_ENCODER.encode(sample.document.written)),
        sample.instant,
        sample.scale,
        sample.unit,
        sample.received_at,
        sample.homes,
    )


def _read_sample(told: _Sample | None, sample_in: SampleIn) -> UsageSample | None:
    if told is None:
        return None
    document = bytes(told.document)
    if not document.startswith(b"{"):
        raise EmporiaUnreadable
    return sample_in(
        document,
        instant=told.instant,
        scale=told.scale,
        unit=told.unit,
        received_at=told.received_at,
        homes=told.homes,
    )


def _failure(failure: DomainError | None) -> _Failure | None:
    if failure is None:
        return None
    pause = failure.retry_after_seconds if isinstance(failure, Postponed) else None
    return _Failure(type(failure).__name__, pause)


def _read_failure(told: _Failure | None) -> DomainError | None:
    """The failure; of a kind that nobody here knows, an outage."""
    if told is None:
        return None
    failure = _FAILURES.get(told.kind, EmporiaUnavailable)()
    if isinstance(failure, Postponed):
        failure.retry_after_seconds = told.retry_after_seconds
    return failure
