"""What frames tell beside the sample, to those who asked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from application.ports.billing.cost_board import HomeCosts
from domain.emporia.home_power import HomePower
from domain.emporia.samples import UsageSample
from domain.emporia.usage import Document
from domain.instants import format_instant
from domain.live.minutes import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How a sample stands at a tick; times are UTC, `budget_left` None means no limit.

    `minute` is the newest minute, where one stands in for seconds. A second that is replayed tells
    its `quality` and how old it is, `age_seconds`.
    """

    is_stale: bool
    next_poll_at: datetime
    budget_left: int | None
    minute: UsageSample | None = None
    quality: Quality | None = None
    age_seconds: int | None = None


def live_document(
    sample: UsageSample,
    freshness: Freshness,
    *,
    gids: frozenset[int] | None,
    tells_flows: bool = False,
) -> Document:
    """What `live` holds; of the homes, those whose panels are all among the devices shown."""
    told: dict[str, Any] = {
        **limited_live_document(sample, freshness),
        "nextPollAt": format_instant(freshness.next_poll_at),
        "budgetLeft": freshness.budget_left,
    }
    if sample.homes is not None:
        told["home"] = [
            {**_home_document(power, freshness.minute), **(_flows(power) if tells_flows else {})}
            for power in sample.homes
            if gids is None or gids.issuperset(power.home.roots)
        ]
    return told


def limited_live_document(sample: UsageSample, freshness: Freshness) -> Document:
    """What `live` holds for a limited API key: how old the figures are, and no other figure."""
    told: dict[str, Any] = {
        "sampledAt": sample.document.instant,
        "receivedAt": format_instant(sample.received_at),
        "stale": freshness.is_stale,
    }
    if freshness.quality is not None:
        told["quality"] = freshness.quality.value
        told["ageSeconds"] = freshness.age_seconds
    return told


def costs_document(
    costs: HomeCosts | None, *, gids: frozenset[int] | None
) -> list[Document] | None:
    """What `live.cost` holds, of the homes whose panels are all among the devices shown.

    None where nothing is known yet, and where no tariff is for any of them.
    """
    if costs is None:
        return None
    shown = (each for each in costs if gids is None or gids.issuperset(each.roots))
    return [each.document for each in shown] or None


def _home_document(power: HomePower, minute: UsageSample | None) -> Document:
    home = power.home
    told: dict[str, Any] = {
        "name": home.name,
        "deviceGids": home.roots,
        "gridGids": power.measured_by,
        **_watts(power),
        "hasSolar": bool(home.suns),
        "hasBattery": bool(home.batteries),
        "batteryChannels": [
            {"gid": source.gid, "channel": source.channel.number}
            for source in home.batteries
            if source is not None
        ],
        "silentGids": power.silent,
    }
    if minute is not None and power.grid_watts is None:
        for average in minute.homes or ():
            if average.home == home and average.grid_watts is not None:
                told["newestMinute"] = {"sampledAt": minute.document.instant, **_watts(average)}
    return told


def _watts(power: HomePower) -> Document:
    return {
        "watts": power.watts,
        "gridWatts": power.grid_watts,
        "solarWatts": power.solar_watts,
        "batteryWatts": power.battery_watts,
    }


def _flows(power: HomePower) -> Document:
    flow = power.flow
    return {
        "flows": {
            "importWatts": flow.imported,
            "exportWatts": flow.exported,
            "generationWatts": flow.generated,
            "selfUseWatts": flow.self_used,
            "batteryInWatts": flow.charged,
            "batteryOutWatts": flow.discharged,
            "consumptionWatts": flow.consumed,
        }
    }
