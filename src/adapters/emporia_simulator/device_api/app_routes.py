"""The device API's `/AppAPI`: usage of many devices at an instant, or of one channel over time."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from litestar import get
from litestar.di import NamedDependency

from adapters.emporia_simulator.cloud import Cloud
from adapters.emporia_simulator.controls.faults import Fault, FaultKind
from adapters.emporia_simulator.device_api.device_routes import CloudRequest, own_device, token_of
from adapters.emporia_simulator.device_api.status_documents import Document
from adapters.emporia_simulator.device_api.usages import chart_usage, device_list_usages
from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.buckets import WIDEST_WINDOW_SECONDS, Scale
from adapters.emporia_simulator.homes.energy.meter import EnergyUnit, Meter
from adapters.emporia_simulator.refusals import Refusal, device_refusal

Query = Mapping[str, str]
Named = TypeVar("Named", Scale, EnergyUnit)

_FIRST_YEAR, _LAST_YEAR = 1971, 2199


@get("/AppAPI")
async def app_api(request: CloudRequest, cloud: NamedDependency[Cloud]) -> Document:
    """Answer one apiMethod."""
    query: Query = {name: str(value) for name, value in request.query_params.items()}
    method = query.get("apiMethod", "")
    answer = _ANSWERS.get(method)
    customer, fault = await cloud.admit_to_device_api(
        token_of(request), method=method if answer else "/AppAPI", detail=query.get("scale", "")
    )
    if answer is None:
        raise _bad_request(f"Unhandled apiMethod '{method}'")
    meter = _meter(cloud, customer, query, fault)
    document = await cloud.workers.run(answer, customer, meter, query, fault)
    if answer is _chart_usage:
        cloud.windows.add(
            customer=customer.email,
            gid=int(query["deviceGid"]),
            channel=query["channel"],
            scale=meter.scale,
            start=_instant(query, "start"),
            end=_instant(query, "end"),
        )
    return document


def _list_usages(customer: Customer, meter: Meter, query: Query, fault: Fault | None) -> Document:
    instant = _instant(query, "instant")
    gids = [gid for gid in re.split(r"[ +,]+", _required(query, "deviceGids")) if gid]
    devices = [own_device(customer, gid) for gid in dict.fromkeys(gids)]
    if fault is not None and fault.kind is FaultKind.EMPTY_DEVICES:
        devices = []
    return device_list_usages(meter, devices, instant=instant)


def _chart_usage(customer: Customer, meter: Meter, query: Query, fault: Fault | None) -> Document:
    device = own_device(customer, _required(query, "deviceGid"))
    channel = _required(query, "channel")
    if channel not in device.channels:
        raise _bad_request(f"channel '{channel}' is not a valid channel of deviceGid {device.gid}")
    start, end = _instant(query, "start"), _instant(query, "end")
    if end < start:
        raise _bad_request("start must not be after end")
    if end - start > WIDEST_WINDOW_SECONDS.get(meter.scale, end):
        raise _bad_request(f"the requested range is too large for scale {meter.scale}")
    chart = chart_usage(meter, device, channel, start=start, end=end)
    if fault is not None and fault.kind is FaultKind.EMPTY_DEVICES:
        chart["usageList"] = []
    return chart


_Answer = Callable[[Customer, Meter, Query, Fault | None], Document]
_ANSWERS: dict[str, _Answer] = {
    "getDeviceListUsages": _list_usages,
    "getChartUsage": _chart_usage,
}


def _meter(cloud: Cloud, customer: Customer, query: Query, fault: Fault | None) -> Meter:
    home_now = cloud.clock.now()
    return Meter(
        now=int(home_now),
        published_until=int(home_now - cloud.options.publication_delay_seconds),
        scale=_named(Scale, "scale", "Scale", _required(query, "scale")),
        unit=_named(EnergyUnit, "unit", "EnergyUnit", _required(query, "energyUnit")),
        began=int(cloud.began),
        uplinks=cloud.uplinks[customer.email],
        empty_when_forgotten=cloud.options.empty_when_forgotten,
        blank=fault is not None and fault.kind is FaultKind.NULL_USAGE,
    )


def _named(kind: type[Named], label: str, title: str, value: str) -> Named:
    try:
        return kind(value)
    except ValueError as refused:
        defined = ", ".join(member.value for member in kind)
        raise _bad_request(
            f"{label} '{value}' is not a valid {title}; defined {title} are [{defined}]"
        ) from refused


def _instant(query: Query, name: str) -> int:
    """An ISO 8601 instant in whole UTC seconds; one without a zone is taken as UTC."""
    text = _required(query, name)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as refused:
        raise _bad_request(f"{name} '{text}' is not a valid instant") from refused
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise _bad_request(f"{name} '{text}' is out of range")
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _required(query: Query, name: str) -> str:
    value = query.get(name)
    if not value:
        raise _bad_request(f"Missing required request parameters: [{name}]")
    return value


def _bad_request(message: str) -> Refusal:
    return device_refusal(400, message)


ROUTES = (app_api,)
