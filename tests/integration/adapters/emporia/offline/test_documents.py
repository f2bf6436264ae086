import pytest

from adapters.emporia.documents import read_document
from domain.errors import EmporiaUnreadable


def test_unknown_fields_are_kept_as_they_are() -> None:
    assert read_document(b'{"new":{"deep":[1,2.5,null,"x",true]}}') == {
        "new": {"deep": [1, 2.5, None, "x", True]}
    }


def test_the_breaker_pin_is_removed_at_any_depth() -> None:
    assert read_document(
        b'{"breakerPIN":"1","devices":[{"evCharger":{"breakerPIN":"1234","chargerOn":true},'
        b'"lists":[[{"breakerPIN":null}]]}]}'
    ) == {"devices": [{"evCharger": {"chargerOn": True}, "lists": [[{}]]}]}


@pytest.mark.parametrize("name", ["breaker_pin", "BREAKERPIN", "breakerPin", "Breaker_PIN_"])
def test_the_breaker_pin_is_removed_however_it_is_spelt(name: str) -> None:
    body = f'{{"{name}":"1","devices":[{{"evCharger":{{"{name}":"1234","on":1}}}}]}}'
    assert read_document(body.encode()) == {"devices": [{"evCharger": {"on": 1}}]}


def test_the_breaker_pin_is_removed_when_its_name_is_escaped() -> None:
    assert read_document(b'{"a":{"\\u0062reakerPIN":"1234"}}') == {"a": {}}


@pytest.mark.parametrize("name", ["breaker", "breakerPINs", "breakerPIN2", "pin"])
def test_what_only_looks_like_the_breaker_pin_stays(name: str) -> None:
    assert read_document(f'{{"{name}":1,"x":"breakerPIN"}}'.encode()) == {
        name: 1,
        "x": "breakerPIN",
    }


def test_null_devices_are_dropped_at_any_depth() -> None:
    assert read_document(
        b'{"devices":[null,{"channelUsages":[null,{"nestedDevices":[null,{"devices":[null]}]}]}]}'
    ) == {"devices": [{"channelUsages": [{"nestedDevices": [{"devices": []}]}]}]}


def test_other_nulls_stay_since_a_gap_is_no_mistake() -> None:
    assert read_document(b'{"usageList":[1,null]}') == {"usageList": [1, None]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"<html>",
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1e999}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xff"}',
        b'{"a":' + b"9" * 5_000 + b"}",
        b'{"a":' * 101 + b"1" + b"}" * 101,
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_what_is_no_sane_json_object_is_unreadable(body: bytes) -> None:
    with pytest.raises(EmporiaUnreadable):
        read_document(body)
