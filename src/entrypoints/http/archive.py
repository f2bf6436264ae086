"""What the devices of the linked Emporia account used."""

from typing import Any

from litestar import Router, get
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from application.archive.read_history import HistoryQuery, ReadHistory
from domain.accounts.keys import KeyScope
from domain.emporia.usage import EnergyUnit, Scale
from entrypoints.failures.codes import NOT_FOUND
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED, Refusal
from entrypoints.http.answers.examples import archive as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import HISTORY_REFUSED, QUERY_INCOMPLETE
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.parameters import (
    ChannelTexts,
    EndText,
    GidInPath,
    ScaleText,
    StartText,
    UnitText,
)
from entrypoints.http.requests.queries import (
    is_gid,
    parse_channel,
    parse_range,
    plain_array_names,
)
from entrypoints.http.schemas import contract as schemas


def require_gid(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A path with anything else than a gid leads nowhere, whatever its query says."""
    if not is_gid(connection.path_params["deviceGid"]):
        raise Refusal(NOT_FOUND)


@get(
    "/devices/{deviceGid:str}/history",
    operation_id="readHistory",
    summary="Read the history of one series",
    guards=[require_gid],
    opt={
        KEY_SCOPE: KeyScope.READ,
        WHEN_INCOMPLETE: QUERY_INCOMPLETE,
        WHEN_REFUSED: HISTORY_REFUSED,
    },
    responses=examples.READ_HISTORY,
)
async def read_device_history(
    request: CallerRequest,
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
            caller=request.user,
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
    response_class=JsonAnswer,
    route_handlers=[read_device_history],
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Devices"],
)
