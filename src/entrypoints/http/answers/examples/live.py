"""What the routes of live usage answer."""

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from domain.errors import LinkDead, TooManyStreams, UnknownDevice
from entrypoints.failures.codes import POLLS_FAILING
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import (
    DEVICES_REFUSED,
    INSTANT_REFUSED,
    QUERY_INCOMPLETE,
)
from entrypoints.http.event_stream import MEDIA_TYPE
from entrypoints.http.schemas import contract as schemas
from entrypoints.streams.messages import error_frame

_FOREIGN = OF_ERRORS[UnknownDevice].saying("devices: 99 not found in the linked Emporia account.")

STREAM = {
    200: ResponseSpec(
        schemas.Event,
        media_type=MEDIA_TYPE,
        description="Events without end, each of this form.",
        generate_examples=False,
        examples=[
            Example(
                summary="A sample.",
                value={
                    "event": "deviceData",
                    "id": "2026-03-01T12:00:00Z",
                    "data": '{"type":"deviceData","data":{"deviceListUsages":{'
                    '"instant":"2026-03-01T12:00:00Z","scale":"1MIN","energyUnit":"KilowattHours",'
                    '"devices":[]}}}',
                },
            ),
            Example(
                summary="Polls of Emporia began to fail; events go on.",
                value={"event": "error", "data": error_frame(POLLS_FAILING, coded=False)},
            ),
        ],
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        *refused(DEVICES_REFUSED),
        LinkDead,
        _FOREIGN,
        TooManyStreams,
    ),
}
READ_INSTANT = {
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
    **failures(*ACCESS, *CLOUD, QUERY_INCOMPLETE, *refused(INSTANT_REFUSED), LinkDead, _FOREIGN),
}
