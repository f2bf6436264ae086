"""Emporia's answers with anything in any place: read or refused, and shown within limits alone."""

import copy
import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.emporia.customers import read_customer
from adapters.emporia.documents import read_document
from adapters.emporia.usages import read_usages
from domain.accounts.keys import KeyLimits
from domain.errors import EmporiaError
from entrypoints.http.answers.limited import limited_devices

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "hidden"
LIMITS = KeyLimits(devices=frozenset({3}), channels=frozenset({(1, "1")}))
SHOWN = {(1, "1"), (3, "1,2,3")}


def _usage(gid: int, number: str, *nested: dict[str, Any]) -> dict[str, Any]:
    return {
        "deviceGid": gid,
        "channelNum": number,
        "name": "shown" if (gid, number) in SHOWN else SECRET,
        "usage": 0.01,
        "percentage": 12.5,
        "nestedDevices": list(nested),
    }


USAGES = {
    "deviceListUsages": {
        "instant": "2026-03-01T12:00:00Z",
        "scale": "1MIN",
        "energyUnit": "KilowattHours",
        "devices": [
            {
                "deviceGid": 1,
                "channelUsages": [
                    _usage(1, "1,2,3"),
                    _usage(1, "1"),
                    _usage(1, "2", {"deviceGid": 3, "channelUsages": [_usage(3, "1,2,3")]}),
                    _usage(1, "Balance"),
                ],
            }
        ],
    }
}
CUSTOMER = {
    "customerGid": 7,
    "email": SECRET,
    "firstName": SECRET,
    "lastName": SECRET,
    "devices": [
        {
            "deviceGid": 1,
            "model": "VUE002",
            "locationProperties": {"deviceName": SECRET, "timeZone": "America/Denver"},
            "channels": [
                {"deviceGid": 1, "channelNum": "1,2,3", "name": SECRET},
                {"deviceGid": 1, "channelNum": "1", "name": "shown"},
                {"deviceGid": 1, "channelNum": "2", "name": SECRET},
            ],
            "devices": [
                {
                    "deviceGid": 3,
                    "locationProperties": {"deviceName": "shown"},
                    "channels": [{"deviceGid": 3, "channelNum": "1,2,3", "name": "shown"}],
                }
            ],
        }
    ],
}

odd: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 2**70, 1e400, -0.0, "", "x", "1,2,3", [], [None], {}, {"a": 1}, [[[]]]]
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    places = []
    for key, each in inner:
        places.append((*path, key))
        if isinstance(each, dict | list):
            places += _places(each, (*path, key))
    return places


def mutated(document: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """The document with up to three places taken out or filled with something else."""

    def change(changes: list[tuple[tuple[Any, ...], Any]]) -> bytes:
        changed: Any = copy.deepcopy(document)
        for path, value in changes:
            place = changed
            try:
                for key in path[:-1]:
                    place = place[key]
                if value == "x":
                    del place[path[-1]]
                else:
                    place[path[-1]] = copy.deepcopy(value)
            except (KeyError, IndexError, TypeError):
                continue  # another change took the place away
        return json.dumps(changed).encode()

    place = st.sampled_from(_places(document))
    return st.lists(st.tuples(place, odd), min_size=1, max_size=3).map(change)


@settings(max_examples=400)
@given(mutated(USAGES))
def test_a_mutated_sample_is_read_or_refused_and_shows_nothing_beyond_limits(body: bytes) -> None:
    try:
        sample = read_usages(read_document(body), received_at=NOON)
    except EmporiaError:
        return
    limited = sample.document.within(LIMITS)
    for document in (limited, limited.only(frozenset({1})), limited.with_watts()):
        told = json.dumps(document.content)
        assert SECRET not in told
        assert "percentage" not in told
    json.dumps(sample.document.with_watts().content)


@settings(max_examples=400)
@given(mutated(CUSTOMER))
def test_a_mutated_list_is_read_or_refused_and_shows_nothing_beyond_limits(body: bytes) -> None:
    try:
        customer = read_customer(read_document(body), received_at=NOON)
    except EmporiaError:
        return
    assert SECRET not in json.dumps(limited_devices(customer.within(LIMITS)))
