"""The parameters of the device routes, and what the OpenAPI document says of each."""

from typing import Annotated

from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from domain.emporia.devices import LARGEST_GID
from domain.emporia.usage import EnergyUnit, Scale

_INSTANT_FORM = "ISO 8601; without an offset it is UTC, a date alone is its first instant."


def _instant(meaning: str, *, example: str) -> QueryParameter:
    return QueryParameter(
        min_length=1,
        description=f"{meaning}: {_INSTANT_FORM}",
        examples=[Example(value=example)],
        schema_extra={"format": "date-time"},
    )


InstantText = Annotated[str, _instant("When", example="2026-03-01T12:00:00Z")]
StartText = Annotated[
    str, _instant("The first instant, floored to its bucket", example="2026-03-01T00:00:00Z")
]
EndText = Annotated[
    str, _instant("Where the range ends, exclusive", example="2026-03-02T00:00:00Z")
]
ScaleText = Annotated[
    str,
    QueryParameter(
        min_length=1,
        description="The width of a bucket, in Emporia's spelling; case matters.",
        examples=[Example(value="1H")],
        schema_extra={"enum": [scale.value for scale in Scale]},
    ),
]
UnitText = Annotated[
    str,
    QueryParameter(
        name="energyUnit",
        min_length=1,
        description="What usage is counted in, in Emporia's spelling; case matters.",
        examples=[Example(value="KilowattHours")],
        schema_extra={"enum": [unit.value for unit in EnergyUnit]},
    ),
]
GidTexts = Annotated[
    tuple[str, ...],
    QueryParameter(
        description=(
            "Which devices, by gid: repeated, comma-joined, or with brackets. "
            "Left out: all of them, nested ones too."
        ),
        examples=[Example(value=["1000", "1001"])],
        schema_extra={"items": {"type": "string", "pattern": "^[0-9]+(,[0-9]+)*$"}},
    ),
]
WantedScaleText = Annotated[
    str | None,
    QueryParameter(
        description="The width of a bucket; left out: 1MIN. Case matters.",
        examples=[Example(value="1S")],
        schema_extra={"enum": [scale.value for scale in Scale]},
    ),
]
WantedUnitText = Annotated[
    str | None,
    QueryParameter(
        name="energyUnit",
        description="What usage is counted in; left out: KilowattHours. Case matters.",
        examples=[Example(value="KilowattHours")],
        schema_extra={"enum": [unit.value for unit in EnergyUnit]},
    ),
]
StaleText = Annotated[
    str | None,
    QueryParameter(
        name="stale",
        description=(
            "`true` takes the last known list where Emporia can't be asked; "
            "the header `Age` then tells its age in seconds."
        ),
        examples=[Example(value="true")],
        schema_extra={"enum": ["true", "false"]},
    ),
]
ChannelTexts = Annotated[
    tuple[str, ...],
    QueryParameter(
        description=(
            "One series in Emporia's terms: 1,2,3 is the mains, one number a circuit. "
            "Repeated, comma-joined, or with brackets; the order is kept."
        ),
        examples=[Example(value=["1,2,3"]), Example(value=["1"])],
        schema_extra={
            "items": {"type": "string", "pattern": "^[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*$"},
            "minItems": 1,
        },
    ),
]
_SERIES_PATTERN = "^[1-9][0-9]*:[A-Za-z0-9_,]+$"

SeriesTexts = Annotated[
    tuple[str, ...],
    QueryParameter(
        name="series",
        description=(
            "Which series, each as gid, colon and channel: 1001:1,2,3 is the mains of device 1001. "
            "Repeated only, for channels hold commas; up to 64."
        ),
        examples=[Example(value=["1001:1,2,3", "1001:1"])],
        schema_extra={
            "items": {"type": "string", "pattern": _SERIES_PATTERN, "maxLength": 60},
            "minItems": 1,
            "maxItems": 64,
        },
    ),
]
OneSeriesText = Annotated[
    str,
    QueryParameter(
        name="series",
        min_length=1,
        description="Which series, as gid, colon and channel.",
        examples=[Example(value="1001:1,2,3")],
        schema_extra={"pattern": _SERIES_PATTERN, "maxLength": 60},
    ),
]
HomeText = Annotated[
    str | None,
    QueryParameter(
        name="home",
        description=(
            "Which home, by the gid of a panel that hangs on no other; may be left out where the "
            "account has one home."
        ),
        examples=[Example(value="1001")],
        schema_extra={"pattern": "^[1-9][0-9]{0,18}$"},
    ),
]
WantedStartText = Annotated[
    str | None,
    QueryParameter(
        name="start",
        description=f"The first instant; {_INSTANT_FORM}",
        examples=[Example(value="2026-03-01T00:00:00Z")],
        schema_extra={"format": "date-time"},
    ),
]
WantedEndText = Annotated[
    str | None,
    QueryParameter(
        name="end",
        description=f"Where the range ends, exclusive; {_INSTANT_FORM}",
        examples=[Example(value="2026-03-02T00:00:00Z")],
        schema_extra={"format": "date-time"},
    ),
]
GidInPath = Annotated[
    int,
    PathParameter(
        name="deviceGid",
        description="The device, by gid.",
        examples=[Example(value=1000)],
        schema_extra={"minimum": 1, "maximum": LARGEST_GID},
    ),
]
