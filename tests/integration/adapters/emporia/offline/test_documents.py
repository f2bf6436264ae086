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
