"""A gid in a path is a positive 64-bit integer, or the path leads nowhere."""

import pytest

HISTORY = {
    "channels": "1,2,3",
    "start": "2026-02-01",
    "end": "2026-02-01T03:00:00Z",
    "scale": "1H",
    "energyUnit": "KilowattHours",
}


@pytest.mark.parametrize(
    "gid", ["0", "-5", "1.5", "abc", "٣", "%20", "1_000", "+1", "007", str(2**63), "9" * 40]
)
@pytest.mark.parametrize("query", [HISTORY, {}])
async def test_a_path_without_a_gid_is_404(gateway, gid, query):
    headers = await gateway.linked()

    answer = await gateway.client.get(f"/devices/{gid}/history", headers=headers, params=query)

    assert answer.status_code == 404
    assert answer.json() == {"error": "There is nothing at this path."}


async def test_the_largest_gid_is_one(gateway):
    headers = await gateway.linked()

    answer = await gateway.client.get(
        f"/devices/{2**63 - 1}/history", headers=headers, params=HISTORY
    )

    assert answer.status_code == 400
