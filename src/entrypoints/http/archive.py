"""What the devices of the linked Emporia account used."""

from typing import Any

from litestar import Router, get
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from application.accounts.access import Caller
from application.archive.read_history import HistoryQuery, ReadHistory
from domain.emporia.usage import EnergyUnit, Scale
from entrypoints.http.answers import schemas
from entrypoints.http.answers.described import ACCESS, CLOUD, DEAD, failures, success
from entrypoints.http.answers.errors import SENTENCES, WHEN_INCOMPLETE, WHEN_REFUSED, Refusal
from entrypoints.http.requests.auth import CALLER, require_caller
from entrypoints.http.requests.parameters import (
    ChannelTexts,
    EndText,
    GidInPath,
    ScaleText,
    StartText,
    UnitText,
)
from entrypoints.http.requests.queries import (
    INCOMPLETE,
    RANGE_UNREADABLE,
    is_gid,
    parse_channel,
    parse_range,
    plain_array_names,
)

HISTORY_REFUSED = "Failed to fetch chart usage"


def require_gid(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A path with anything else than a gid leads nowhere, whatever its query says."""
    if not is_gid(connection.path_params["deviceGid"]):
        raise Refusal(404, SENTENCES[404])


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


ARCHIVE = Router(
    "/",
    route_handlers=[read_device_history],
    middleware=[plain_array_names],
    guards=[require_caller],
    dependencies=CALLER,
    security=[{"bearer": []}],
    tags=["Devices"],
)
