"""Devices of the linked Emporia account, what they use now, and what they used."""

from typing import Any

from litestar import MediaType, Response, Router, get
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from application.accounts.access import Caller
from application.archive.read_history import HistoryQuery, ReadHistory
from application.emporia.list_devices import ListDevices
from application.live.read_instant import InstantQuery, ReadInstant
from domain.emporia.usage import EnergyUnit, Scale
from domain.instants import parse_instant
from entrypoints.http import schemas
from entrypoints.http.answers import ACCESS, CLOUD, DEAD, failures, success
from entrypoints.http.auth import CALLER, require_caller
from entrypoints.http.encoded import EncodedUsages
from entrypoints.http.errors import SENTENCES, WHEN_INCOMPLETE, WHEN_REFUSED, Refusal
from entrypoints.http.parameters import (
    ChannelTexts,
    EndText,
    GidInPath,
    GidTexts,
    InstantText,
    ScaleText,
    StartText,
    UnitText,
)
from entrypoints.http.queries import (
    INCOMPLETE,
    RANGE_UNREADABLE,
    is_gid,
    parse_channel,
    parse_gids,
    parse_range,
    plain_array_names,
)

DEVICES_REFUSED = "Failed to fetch devices"
INSTANT_REFUSED = "Failed to fetch device instant usage"
HISTORY_REFUSED = "Failed to fetch chart usage"


def require_gid(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A path with anything else than a gid leads nowhere, whatever its query says."""
    if not is_gid(connection.path_params["deviceGid"]):
        raise Refusal(404, SENTENCES[404])


@get(
    "/devices",
    operation_id="listDevices",
    summary="List my devices",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    responses={
        **success(
            200,
            schemas.Customer,
            "Emporia's customer object.",
            example={
                "customerGid": 1234,
                "email": "ada@example.com",
                "firstName": "Ada",
                "lastName": "Lovelace",
                "createdAt": "2020-05-01T17:03:22.000Z",
                "devices": [{"deviceGid": 1000, "model": "VUE001", "channels": []}],
            },
        ),
        **failures(ACCESS, CLOUD, {400: (DEVICES_REFUSED, DEAD)}),
    },
)
async def read_devices(
    caller: NamedDependency[Caller], list_devices: NamedDependency[ListDevices]
) -> dict[str, Any]:
    """List the devices of the linked Emporia account, in Emporia's own words.

    Emporia is asked at most once a minute.
    """
    return dict(await list_devices(caller))


@get(
    "/devices/instant",
    operation_id="readInstantUsage",
    summary="Read usage at an instant",
    opt={WHEN_INCOMPLETE: INCOMPLETE, WHEN_REFUSED: INSTANT_REFUSED},
    responses={
        **success(
            200,
            schemas.InstantUsage,
            "The usage of each device and channel.",
            example={
                "deviceListUsages": {
                    "instant": "2026-03-01T12:00:00Z",
                    "scale": "1MIN",
                    "energyUnit": "KilowattHours",
                    "devices": [
                        {
                            "deviceGid": 1000,
                            "channelUsages": [
                                {
                                    "name": "Main",
                                    "usage": 0.0213,
                                    "deviceGid": 1000,
                                    "channelNum": "1,2,3",
                                    "percentage": 100.0,
                                    "nestedDevices": [],
                                }
                            ],
                        }
                    ],
                }
            },
        ),
        **failures(
            ACCESS,
            CLOUD,
            {
                400: (
                    INCOMPLETE,
                    INSTANT_REFUSED,
                    DEAD,
                    "devices: 99 not found in the linked Emporia account.",
                )
            },
        ),
    },
)
async def read_instant_usage(
    caller: NamedDependency[Caller],
    read_instant: NamedDependency[ReadInstant],
    encoded_usages: NamedDependency[EncodedUsages],
    instant: InstantText,
    scale: ScaleText,
    energy_unit: UnitText,
    devices: GidTexts = (),
) -> Response[bytes]:
    """Read what every device and channel used in the bucket that ends at an instant.

    "Now" is answered from the live sample, without asking Emporia.
    """
    usages = await read_instant(
        InstantQuery(
            caller=caller,
            instant=parse_instant(instant, name="instant"),
            scale=Scale.parse(scale),
            unit=EnergyUnit.parse(energy_unit),
            gids=parse_gids(devices),
        )
    )
    return Response(encoded_usages.json(usages), media_type=MediaType.JSON)


@get(
    "/devices/{deviceGid:str}/history",
    operation_id="readHistory",
    summary="Read the history of one series",
    guards=[require_gid],
    opt={WHEN_INCOMPLETE: INCOMPLETE, WHEN_REFUSED: HISTORY_REFUSED},
    responses={
        **success(
            200,
            schemas.History,
            "The buckets of the series.",
            example={
                "firstUsageInstant": "2026-03-01T00:00:00Z",
                "usageList": [0.512, 0.498, None],
            },
        ),
        **failures(
            ACCESS,
            CLOUD,
            {
                400: (
                    INCOMPLETE,
                    RANGE_UNREADABLE,
                    HISTORY_REFUSED,
                    DEAD,
                    "start: must be before end.",
                ),
                404: (*ACCESS[404], SENTENCES[404]),
            },
        ),
    },
)
async def read_device_history(
    caller: NamedDependency[Caller],
    read_history: NamedDependency[ReadHistory],
    device_gid: GidInPath,
    channels: ChannelTexts,
    start: StartText,
    end: EndText,
    scale: ScaleText,
    energy_unit: UnitText,
) -> schemas.History:
    """Read the buckets of one series that start in [`start` floored to its bucket, `end`).

    A range wider than Emporia takes at once is fetched in parts and joined.
    """
    channel = parse_channel(channels)
    first, last = parse_range(start=start, end=end)
    chart = await read_history(
        HistoryQuery(
            caller=caller,
            gid=device_gid,
            channel=channel,
            start=first,
            end=last,
            scale=Scale.parse(scale),
            unit=EnergyUnit.parse(energy_unit),
        )
    )
    return schemas.History.of(chart)


DEVICES = Router(
    "/",
    route_handlers=[read_devices, read_instant_usage, read_device_history],
    middleware=[plain_array_names],
    guards=[require_caller],
    dependencies=CALLER,
    security=[{"bearer": []}],
    tags=["Devices"],
)
