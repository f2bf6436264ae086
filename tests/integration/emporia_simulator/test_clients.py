"""Clients that nobody here wrote find the cloud they know."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pycognito
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from pyemvue import PyEmVue
from pyemvue.enums import Scale, Unit

from adapters.emporia_simulator.controls.options import (
    AWS_ISSUER,
    CLIENT_ID,
    POOL_ID,
    SimulatorOptions,
)

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")

FULL_SIGN_IN = """
import sys, pyemvue, pyemvue.auth, pyemvue.pyemvue
url = sys.argv[1]
pyemvue.pyemvue.API_ROOT = url
pyemvue.auth.USER_POOL_URL = url + "/" + pyemvue.auth.USER_POOL
vue = pyemvue.PyEmVue()
print(vue.login("Home@Example.com", "a guess"))
print(vue.login("Home@Example.com", "emporia-password"), vue.customer.email)
print(sorted({device.device_gid for device in vue.get_devices()}))
"""


def cognito(url: str) -> pycognito.Cognito:
    return pycognito.Cognito(
        POOL_ID,
        CLIENT_ID,
        username="home@example.com",
        boto3_client_kwargs={
            "endpoint_url": url,
            "config": Config(signature_version=UNSIGNED, retries={"max_attempts": 0}),
        },
    )


async def test_pycognito_signs_in_verifies_refreshes_and_reads_the_user(visitor: Any) -> None:
    def sign_in() -> tuple[str, str]:
        client = cognito(visitor.url)
        client.authenticate("emporia-password")
        client.verify_tokens()
        first = client.id_token
        client.renew_access_token()
        assert client.refresh_token
        assert client.id_token != first
        email = client.get_user().email
        client.client.close()
        return email, client.id_token

    email, token = await asyncio.to_thread(sign_in)
    assert email == "home@example.com"
    visitor.http.headers["authtoken"] = token
    assert (await visitor.get("/customers")).json()["email"] == email


async def test_pycognito_is_refused_at_the_second_step_with_a_wrong_password(visitor: Any) -> None:
    def sign_in() -> None:
        client = cognito(visitor.url)
        try:
            with pytest.raises(
                client.client.exceptions.NotAuthorizedException,
                match=r"RespondToAuthChallenge.*Incorrect username or password\.",
            ):
                client.authenticate("a guess")
        finally:
            client.client.close()

    await asyncio.to_thread(sign_in)


async def test_pyemvue_finds_what_the_simulator_offers(visit: Any) -> None:
    def look_around(url: str) -> None:
        vue = PyEmVue()
        assert vue.login_simulator(url)
        devices = vue.get_devices()
        assert [device.device_gid for device in devices] == [1001, 1001, 1002, 1003, 1004]
        assert sum(len(device.channels) for device in devices) == 20
        home = vue.populate_device_properties(devices[0])
        assert (home.time_zone, home.display_name) == ("America/New_York", "Home")
        assert len(vue.get_channel_types()) == 28
        outlets, chargers = vue.get_devices_status(devices)
        assert [outlet.device_gid for outlet in outlets] == [1002, 1004]
        assert [charger.device_gid for charger in chargers] == [1003]
        assert [device.connected for device in devices] == [True, True, True, True, False]
        for scale in Scale:
            for unit in (Unit.KWH, Unit.USD, Unit.AMPHOURS):
                usage = vue.get_device_list_usage(
                    ["1001", "1002", "1003"], None, scale=scale.value, unit=unit.value
                )
                assert list(usage) == [1001]
                assert usage[1001].channels["1,2,3"].usage > 0
                assert usage[1001].channels["4"].nested_devices[1002].channels["1,2,3"].usage > 0
        end = datetime.now(UTC) - timedelta(seconds=10)
        mains = usage[1001].channels["1,2,3"]
        for scale, seconds in ((Scale.SECOND, 60), (Scale.MINUTE, 3_600), (Scale.DAY, 864_000)):
            start = end - timedelta(seconds=seconds)
            values, first = vue.get_chart_usage(mains, start, end, scale=scale.value)
            assert None not in values[:-1]
            assert first is not None
            assert first <= start

    async with visit(SimulatorOptions(accept_fixed_token=True)) as visitor:
        await asyncio.to_thread(look_around, visitor.url)


async def test_pyemvue_signs_in_in_full(visit: Any) -> None:
    async with visit(SimulatorOptions(issuer=AWS_ISSUER)) as visitor:
        keys = (await visitor.get(f"/{POOL_ID}/.well-known/jwks.json")).json()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            FULL_SIGN_IN,
            visitor.url,
            env={
                **os.environ,
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": visitor.url,
                "AWS_EC2_METADATA_DISABLED": "true",
                "COGNITO_JWKS": json.dumps(keys),
            },
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
    assert output.decode().splitlines() == [
        "False",
        "True home@example.com",
        "[1001, 1002, 1003, 1004]",
    ]
