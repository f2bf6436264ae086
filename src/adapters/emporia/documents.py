"""Emporia's JSON as plain objects, freed of what no reader may see or stumble over."""

from typing import Any

import msgspec

from domain.errors import EmporiaUnreadable

DEEPEST_LEVEL = 100
"""A device nested in a device is four levels deeper; real homes need about a dozen."""

_LISTS_WITHOUT_NULLS = frozenset({"devices", "channelUsages", "nestedDevices"})
_SECRET = "breakerpin"  # noqa: S105  # the name of one, in any spelling


def read_document(body: bytes) -> dict[str, Any]:
    """The JSON object in the body, without any breaker PIN and without null devices.

    Raises EmporiaUnreadable for anything but an object.
    """
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise EmporiaUnreadable from None
    if not isinstance(document, dict):
        raise EmporiaUnreadable
    _clean(document, may_hold_secret=_may_hold_secret(body))
    return document


def _may_hold_secret(body: bytes) -> bool:
    """Whether a key has to be looked at: nearly none holds a secret, and polls are many."""
    return b"\\u" in body or _SECRET.encode() in body.lower().replace(b"_", b"")


def _clean(document: dict[str, Any], *, may_hold_secret: bool) -> None:
    """Clean it in place, level by level: it is large, and nobody else has it yet."""
    level: list[Any] = [document]
    for _ in range(DEEPEST_LEVEL):
        below: list[Any] = []
        for container in level:
            if type(container) is list:
                below += [inner for inner in container if type(inner) in (dict, list)]
                continue
            if may_hold_secret:
                _drop_secrets(container)
            for key, value in container.items():
                if type(value) is list and value:
                    container[key] = _without_nulls(key, value)
                    below.append(container[key])
                elif type(value) is dict:
                    below.append(value)
        if not below:
            return
        level = below
    raise EmporiaUnreadable


def _drop_secrets(container: dict[str, Any]) -> None:
    for key in [key for key in container if key.replace("_", "").lower() == _SECRET]:
        del container[key]


def _without_nulls(key: str, listed: list[Any]) -> list[Any]:
    if key in _LISTS_WITHOUT_NULLS and None in listed:
        return [item for item in listed if item is not None]
    return listed
