"""What goes wrong on purpose goes wrong where and as often as it was told to."""

from typing import Any

import httpx
import pytest

from adapters.emporia_simulator.controls.faults import Fault, FaultKind
from adapters.emporia_simulator.controls.options import SimulatorOptions


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ({"kind": "unauthorized"}, 401),
        ({"kind": "rate_limited", "seconds": 7}, 429),
        ({"kind": "server_error"}, 503),
        ({"kind": "server_error", "status": 499}, 499),
        ({"kind": "bad_request"}, 400),
    ],
)
async def test_a_fault_answers_once_where_it_was_told_to(
    guest: Any, fault: dict[str, Any], status: int
) -> None:
    await guest.control("POST", "/faults", times=1, route="getDeviceListUsages", **fault)
    assert (await guest.get("/customers")).status_code == 200
    answer = await guest.usages()
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == ("7" if status == 429 else None)
    assert (await guest.usages()).status_code == 200


async def test_an_answer_can_be_cut_short_or_lost(guest: Any) -> None:
    await guest.control("POST", "/faults", kind="truncated_json", times=1)
    answer = await guest.get("/customers")
    with pytest.raises(ValueError, match="Unterminated string"):
        answer.json()
    await guest.control("POST", "/faults", kind="connection_reset", times=1)
    with pytest.raises(httpx.TransportError):
        await guest.get("/customers")
    assert (await guest.get("/customers")).status_code == 200


async def test_usage_can_be_null_and_devices_missing(guest: Any) -> None:
    await guest.control("POST", "/faults", kind="null_usage", times=2)
    (device,) = (await guest.usages()).json()["deviceListUsages"]["devices"]
    assert {usage["usage"] for usage in device["channelUsages"]} == {None}
    assert set((await guest.chart()).json()["usageList"]) == {None}
    await guest.control("POST", "/faults", kind="empty_devices")
    assert (await guest.usages()).json()["deviceListUsages"]["devices"] == []
    assert (await guest.get("/customers/devices")).json()["devices"] == []
    await guest.control("DELETE", "/faults")
    assert (await guest.get("/customers/devices")).json()["devices"]


async def test_latency_delays_an_answer(guest: Any) -> None:
    await guest.control("POST", "/faults", kind="latency", seconds=0.4)
    with pytest.raises(httpx.ReadTimeout):
        await guest.http.get("/customers", timeout=0.1)
    await guest.control("DELETE", "/faults")
    assert (await guest.get("/customers")).status_code == 200


async def test_maintenance_is_told_in_a_file_of_its_own(visit: Any) -> None:
    options = SimulatorOptions(faults=(Fault(kind=FaultKind.MAINTENANCE),))
    async with visit(options) as visitor:
        await visitor.enter()
        flag = "/maintenance/maintenance.json"
        assert (await visitor.get("/customers")).status_code == 503
        assert (await visitor.get(flag)).json() == {"msg": "down"}
        await visitor.control("DELETE", "/faults")
        normal = await visitor.get(flag)
        assert (normal.status_code, normal.headers["content-type"]) == (403, "application/xml")
        assert (await visitor.get("/customers")).status_code == 200


async def test_requests_are_counted_with_those_that_failed(guest: Any) -> None:
    await guest.control("DELETE", "/requests")
    await guest.control("POST", "/faults", kind="server_error", times=1)
    await guest.usages()
    await guest.usages()
    guest.http.headers["authtoken"] = "bad"
    await guest.usages()
    report = await guest.control("GET", "/requests")
    assert report["total"] == 3
    assert report["customers"]["home@example.com"]["getDeviceListUsages"]["count"] == 2
    assert report["customers"]["unknown"]["getDeviceListUsages"]["count"] == 1
    assert {entry["detail"] for entry in report["recent"]} == {"1MIN"}
