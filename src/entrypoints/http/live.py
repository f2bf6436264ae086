"""What every circuit uses, every second, for whoever speaks nothing but HTTP."""

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.response.base import ASGIResponse

from application.live.feed.subscription import (
    DEFAULT_SCALE,
    DEFAULT_UNIT,
    PLAIN,
    Subscription,
    View,
)
from application.live.read_instant import InstantQuery
from domain.accounts.keys import KeyScope
from domain.emporia.usage import EnergyUnit, Scale
from domain.instants import parse_instant
from entrypoints.http.answers.encoded import InstantAnswers
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import live as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import DEVICES_REFUSED, INSTANT_REFUSED, QUERY_INCOMPLETE
from entrypoints.http.event_stream import MEDIA_TYPE, EventStreams
from entrypoints.http.requests.auth import KEY_SCOPE, CallerRequest, require_caller
from entrypoints.http.requests.heads import is_head
from entrypoints.http.requests.parameters import (
    GidTexts,
    InstantText,
    ScaleText,
    UnitText,
    WantedScaleText,
    WantedUnitText,
)
from entrypoints.http.requests.queries import (
    parse_gids,
    plain_array_names,
)


@get(
    "/devices/stream",
    media_type=MEDIA_TYPE,
    operation_id="streamUsage",
    summary="Stream live usage",
    opt={KEY_SCOPE: KeyScope.STREAM, WHEN_REFUSED: DEVICES_REFUSED},
    responses=examples.STREAM,
)
async def stream_usage(
    request: CallerRequest,
    event_streams: NamedDependency[EventStreams],
    scale: WantedScaleText = None,
    energy_unit: WantedUnitText = None,
    devices: GidTexts = (),
) -> ASGIResponse:
    """Get the newest sample every second, as Server-Sent Events.

    It is the feed of the WebSocket: as a client finds it that sends no `subscribe`, or, once
    anything is asked for in the query, as one finds it that does.
    """
    subscription = _subscription(scale=scale, unit=energy_unit, devices=devices)
    if is_head(request.scope):
        return await event_streams.head(request.user, subscription)
    return await event_streams.open(request.user, subscription)


def _subscription(*, scale: str | None, unit: str | None, devices: tuple[str, ...]) -> Subscription:
    if scale is None and unit is None and not devices:
        return PLAIN
    return Subscription(
        scale=DEFAULT_SCALE if scale is None else Scale.parse(scale),
        unit=DEFAULT_UNIT if unit is None else EnergyUnit.parse(unit),
        view=View(gids=parse_gids(devices), tells_age=True),
    )


@get(
    "/devices/instant",
    operation_id="readInstantUsage",
    summary="Read usage at an instant",
    opt={
        KEY_SCOPE: KeyScope.READ,
        WHEN_INCOMPLETE: QUERY_INCOMPLETE,
        WHEN_REFUSED: INSTANT_REFUSED,
    },
    responses=examples.READ_INSTANT,
)
async def read_instant_usage(
    request: CallerRequest,
    instant_answers: NamedDependency[InstantAnswers],
    instant: InstantText,
    scale: ScaleText,
    energy_unit: UnitText,
    devices: GidTexts = (),
) -> Response[bytes]:
    """Read what every device and channel used in the bucket that ends at an instant.

    "Now" is answered from the live sample, without asking Emporia.
    """
    answer = await instant_answers(
        InstantQuery(
            caller=request.user,
            instant=parse_instant(instant, name="instant"),
            scale=Scale.parse(scale),
            unit=EnergyUnit.parse(energy_unit),
            gids=parse_gids(devices),
        )
    )
    return JsonAnswer(answer)


LIVE = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_instant_usage, stream_usage],
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Devices"],
)
