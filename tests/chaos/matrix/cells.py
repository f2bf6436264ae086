"""One cell of the matrix: a call in a fault, what it sees and costs, and how all gets well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx

from tests.chaos.matrix.expectations import MATRIX, Answered, Call, Row, Streamed
from tests.chaos.matrix.faults import BY_NAME, Fault, Host
from tests.chaos.matrix.scene import HOME, PAST_EVERY_PAUSE_SECONDS, Scene
from tests.chaos.matrix.watcher import Watcher, watching

PROBLEM = "application/problem+json"
GID = 6601
STALE_SECONDS = 300
POLLS_SECONDS = 70
OUTAGES = {502, 503, 504}


async def hold_to_cell(scene: Scene, fault_name: str, call: Call) -> None:
    """Play one cell; fails where the gateway does anything but what the table says."""
    fault, row = BY_NAME[fault_name], MATRIX[fault_name]
    expected = row.seen[call]
    await scene.settle()
    try:
        if isinstance(expected, Streamed):
            await _stream(scene, fault, row, expected, call)
        else:
            await _ask(scene, fault, row, expected, call)
    finally:
        await scene.heal()


async def _ask(scene: Scene, fault: Fault, row: Row, expected: Answered, call: Call) -> None:
    if call is Call.REFRESH:
        await scene.skip(PAST_EVERY_PAUSE_SECONDS)
    await scene.begin(fault)
    if call is not Call.REFRESH:
        await scene.skip(STALE_SECONDS)
    async with _costing(scene, fault, call, at_most=expected.asked):
        check_plain(await ask(scene, call), expected)
        check_problem(await ask(scene, call, accept=PROBLEM), expected)

    await scene.heal()
    await scene.skip(row.well_after_seconds)
    if row.has_to_link and expected.is_refusal:
        assert (await scene.stage.link(scene.resident, *HOME)).status_code == 200
    well = await ask(scene, call)
    assert well.status_code == 200, f"not well again: {well.status_code} {well.text}"


@asynccontextmanager
async def _costing(scene: Scene, fault: Fault, call: Call, *, at_most: int) -> AsyncIterator[None]:
    """Hold what is done meanwhile to so many requests to the host that fails.

    The budget knows of those that no host has seen, as sign-in and refresh have no budget.
    """
    hosts = scene.proxies_of(fault.host)
    if fault.host is Host.BOTH and call not in {Call.SIGN_IN, Call.REFRESH}:
        hosts = (scene.api,)
    seen, spent = scene.asked(hosts), await scene.budget_spent()
    yield
    asked = scene.asked(hosts) - seen
    if scene.api in hosts:
        asked = max(asked, await scene.budget_spent() - spent)
    assert asked <= at_most, f"the cloud was asked {asked} times"


async def ask(scene: Scene, call: Call, *, accept: str = "application/json") -> httpx.Response:
    """Make one call."""
    headers = {**scene.resident.bearer, "Accept": accept}
    client = scene.stage.client
    match call:
        case Call.SIGN_IN:
            return await client.post(
                "/emporia-auth",
                headers={**scene.newcomer.bearer, "Accept": accept},
                json=scene.next_home(),
            )
        case Call.DEVICES:
            return await client.get("/devices", headers=headers)
        case Call.NOW:
            query = _instant(scene.now().isoformat(), "1MIN")
            return await client.get("/devices/instant", headers=headers, params=query)
        case Call.PAST | Call.REFRESH:
            query = _instant((scene.now() - timedelta(days=30)).isoformat(), "1H")
            return await client.get("/devices/instant", headers=headers, params=query)
        case Call.HISTORY:
            end = scene.now() - timedelta(days=30)
            query = {
                "channels": "1,2,3",
                "start": (end - timedelta(hours=5)).isoformat(),
                "end": end.isoformat(),
                "scale": "1H",
                "energyUnit": "KilowattHours",
            }
            path = f"/devices/{GID}/history"
            return await client.get(path, headers=headers, params=query)
    raise AssertionError(f"{call} is no request")


def _instant(instant: str, scale: str) -> dict[str, str]:
    return {"instant": instant, "scale": scale, "energyUnit": "KilowattHours"}


def check_plain(answer: httpx.Response, expected: Answered) -> None:
    """The status, the sentence of the envelope and nothing else, and when to come back."""
    told = f"{answer.status_code} {answer.text[:200]}"
    hold_to_invariant(answer.status_code, expected)
    assert answer.status_code == expected.status, told
    if answer.status_code != 200:
        assert answer.json() == {"error": expected.sentence}
    _check_retry_after(answer)


def check_problem(answer: httpx.Response, expected: Answered) -> None:
    """The same failure with its code."""
    hold_to_invariant(answer.status_code, expected)
    assert answer.status_code == expected.status
    if answer.status_code != 200:
        problem: dict[str, Any] = answer.json()
        assert (problem["status"], problem["code"]) == (expected.status, expected.code)
    _check_retry_after(answer)


def hold_to_invariant(status: int, expected: Answered) -> None:
    """An outage is never shown as a refusal, nor a refusal as an outage, nor either as our bug."""
    assert status != 500
    if expected.is_refusal:
        assert status not in OUTAGES, f"a refusal was shown as an outage: {status}"
    else:
        assert not 400 <= status < 500, f"an outage was shown as a refusal: {status}"


def _check_retry_after(answer: httpx.Response) -> None:
    if answer.status_code == 503:
        assert 1 <= int(answer.headers["Retry-After"]) <= 900


async def _stream(scene: Scene, fault: Fault, row: Row, expected: Streamed, call: Call) -> None:
    async with watching(scene.stage, scene.resident, events=call is Call.EVENTS) as watcher:
        await watcher.next_frames()
        await scene.begin(fault)
        async with _costing(scene, fault, call, at_most=expected.asked):
            await _hold_in_fault(scene, watcher, expected, call)
        await scene.heal()
        if expected.is_refusal:
            await watcher.until(lambda it: it.has_ended)
            await _watch_again(scene, call)
            return
        newest = watcher.instants[-1]
        await scene.skip(row.well_after_seconds)
        await watcher.until(lambda it: it.instants[-1] != newest or it.has_ended)
        await watcher.next_frames()
        _check_told(watcher, expected)


async def _hold_in_fault(scene: Scene, watcher: Watcher, expected: Streamed, call: Call) -> None:
    """Three polls long: what is told is told once, and frames leave every second."""
    newest = watcher.instants[-1]
    await scene.skip(POLLS_SECONDS)
    if expected.notice:
        await watcher.until(lambda it: it.errors != [] or it.has_ended)
        assert watcher.errors == [expected.notice]
    else:
        await watcher.until(lambda it: it.instants[-1] != newest or it.has_ended)
    if expected.close_code is not None:
        await watcher.until(lambda it: it.has_ended)
        assert watcher.close_code == (expected.close_code if call is Call.STREAM else None)
        return
    for _ in range(2):
        await scene.skip(POLLS_SECONDS)
        await watcher.next_frames(3)
    _check_told(watcher, expected)


def _check_told(watcher: Watcher, expected: Streamed) -> None:
    assert not watcher.has_ended, f"closed with {watcher.close_code}"
    told = [expected.notice] if expected.notice else []
    assert watcher.errors == told, f"told {watcher.errors}, expected {told}"


async def _watch_again(scene: Scene, call: Call) -> None:
    """A stream that ended for good is opened anew once the account is linked again."""
    assert (await scene.stage.link(scene.resident, *HOME)).status_code == 200
    async with watching(scene.stage, scene.resident, events=call is Call.EVENTS) as watcher:
        await watcher.next_frames()
        assert watcher.errors == []
