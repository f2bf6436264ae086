"""An array in a query is accepted in every form that clients send."""

import pytest

INSTANT = "instant=2026-02-01T12:00:00Z&scale=1H&energyUnit=KilowattHours"
HISTORY = "start=2026-02-01&end=2026-02-02&scale=1D&energyUnit=KilowattHours"
BOTH_DEVICES = [
    "devices=1000&devices=1001",
    "devices=1000,1001",
    "devices=1000%2C1001",
    "devices=1000, 1001",
    "devices=1000,,1001,",
    "devices[]=1000&devices[]=1001",
    "devices%5B%5D=1000&devices%5b%5d=1001",
    "devices[0]=1000&devices[1]=1001",
    "devices%5B0%5D=1000&devices%5B1%5D=1001",
    "devices[]=1000,1001",
    "devices=1000&devices[]=1001",
]
MAINS = [
    "channels=1,2,3",
    "channels=1%2C2%2C3",
    "channels=1&channels=2&channels=3",
    "channels[]=1&channels[]=2&channels[]=3",
    "channels%5B%5D=1&channels%5B%5D=2&channels%5B%5D=3",
    "channels[0]=1&channels[1]=2&channels[2]=3",
    "channels[]=1,2&channels[]=3",
]


@pytest.mark.parametrize("devices", BOTH_DEVICES)
async def test_devices_in_any_form_name_each_device(gateway, devices):
    headers = await gateway.linked()

    answer = await gateway.client.get(f"/devices/instant?{INSTANT}&{devices}", headers=headers)

    assert answer.status_code == 200
    home = answer.json()["deviceListUsages"]["devices"][0]
    assert home["deviceGid"] == 1000
    assert home["channelUsages"][1]["nestedDevices"][0]["deviceGid"] == 1001


async def test_a_nested_device_named_alone_is_at_the_top_level(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get(f"/devices/instant?devices[]=1001&{INSTANT}", headers=headers)

    devices = answer.json()["deviceListUsages"]["devices"]
    assert [device["deviceGid"] for device in devices] == [1001]


@pytest.mark.parametrize("channels", MAINS)
async def test_channels_in_any_form_name_one_series_in_the_order_given(gateway, channels):
    headers = await gateway.linked()

    answer = await gateway.client.get(
        f"/devices/1000/history?{HISTORY}&{channels}", headers=headers
    )

    assert answer.status_code == 200
    assert gateway.emporia.charts == ["1,2,3"]


async def test_channels_keep_the_order_given(gateway):
    headers = await gateway.linked()

    await gateway.client.get(
        f"/devices/1000/history?{HISTORY}&channels=3&channels=Balance,1", headers=headers
    )

    assert gateway.emporia.charts == ["3,Balance,1"]


async def test_bytes_that_are_no_text_in_a_query_are_no_fault_of_ours(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get(f"/devices/instant?{INSTANT}&devices=%FF", headers=headers)

    assert answer.status_code == 400
