"""kill -9: whatever was answered is kept, and no request to Emporia is forgotten."""

import asyncio
import json
import signal

import httpx
from websockets.asyncio.client import connect

DAILY_REQUESTS = 30


async def signed_up(gateway, email: str, answered: asyncio.Semaphore) -> str | None:
    """The email if the sign-up was answered with 201 before the gateway died."""
    try:
        status = await gateway.sign_up(email)
    except httpx.TransportError:
        return None
    answered.release()
    return email if status == 201 else None


async def device_requests(cloud: httpx.AsyncClient) -> int:
    """What the device API counted. Cognito, which has no budget, is known by its capitals."""
    report = (await cloud.get("/simulator/requests")).json()
    return sum(not request["method"][0].isupper() for request in report["recent"])


async def read_until_refused(gateway, token: str) -> int:
    """Ask for what no cache holds, again and again; the status of the first refusal."""
    for hour in range(DAILY_REQUESTS * 2):
        answer: httpx.Response = await gateway.client.get(
            "/devices/instant",
            headers={"Authorization": f"Bearer {token}"},
            params={
                "instant": f"2026-03-{1 + hour // 24:02}T{hour % 24:02}:00:00Z",
                "scale": "1H",
                "energyUnit": "KilowattHours",
            },
        )
        if answer.status_code != 200:
            return answer.status_code
    return 200


async def test_kill_loses_no_signup_that_was_answered(gateways):
    answered = asyncio.Semaphore(0)
    async with gateways() as gateway:
        attempts = [
            asyncio.create_task(signed_up(gateway, f"person{number}@example.com", answered))
            for number in range(40)
        ]
        for _ in range(10):
            await answered.acquire()
        await gateway.end(signal.SIGKILL)
        kept = [email for email in await asyncio.gather(*attempts) if email]

    async with gateways() as gateway:
        logins = await asyncio.gather(*map(gateway.log_in, kept))

    assert 10 <= len(kept) < 40
    assert [login.status_code for login in logins] == [200] * len(kept)


async def test_kill_forgets_no_request_that_went_to_emporia(gateways, cloud):
    async with gateways(EMPORIA_DAILY_REQUESTS=str(DAILY_REQUESTS)) as gateway:
        token = await gateway.linked()
        async with connect(gateway.stream_url) as stream:
            await stream.send(json.dumps({"type": "authenticate", "token": token}))
            await stream.send(json.dumps({"type": "subscribe", "scale": "1S"}))
            for _ in range(10):
                await stream.recv()
            await gateway.end(signal.SIGKILL)
    before = await device_requests(cloud)

    async with gateways(EMPORIA_DAILY_REQUESTS=str(DAILY_REQUESTS)) as gateway:
        status = await read_until_refused(gateway, token)

    assert before >= 4
    assert status == 503
    # One may have been counted and not have left when the process was killed.
    assert await device_requests(cloud) in {DAILY_REQUESTS, DAILY_REQUESTS - 1}
