"""Emporia's JSON as plain objects, freed of what no reader may see or stumble over."""

from typing import Any

import msgspec

from domain.errors import EmporiaUnreadable

DEEPEST_LEVEL = 100
"""A device nested in a device is four levels deeper; real homes need about a dozen."""

_LISTS_WITHOUT_NULLS = frozenset({"devices", "channelUsages", "nestedDevices"})


def read_document(body: bytes) -> dict[str, Any]:
    """The JSON object in the body, without any `breakerPIN` and without null devices.

    Raises EmporiaUnreadable for anything but an object.
    """
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise EmporiaUnreadable from None
    if not isinstance(document, dict):
        raise EmporiaUnreadable
    cleaned: dict[str, Any] = _cleaned(document, levels=DEEPEST_LEVEL)
    return cleaned


def _cleaned(value: Any, *, levels: int) -> Any:
    if levels == 0:
        raise EmporiaUnreadable
    if isinstance(value, list):
        return [_cleaned(item, levels=levels - 1) for item in value]
    if isinstance(value, dict):
        return {
            key: _cleaned(_without_nulls(key, inner), levels=levels - 1)
            for key, inner in value.items()
            if key != "breakerPIN"
        }
    return value


def _without_nulls(key: str, value: Any) -> Any:
    if key in _LISTS_WITHOUT_NULLS and isinstance(value, list):
        return [item for item in value if item is not None]
    return value
