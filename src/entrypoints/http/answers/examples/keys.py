"""What the routes of API keys answer."""

from domain.accounts.errors import KeyUnknown, PasswordNeeded, TooManyKeys
from domain.errors import (
    InvalidInput,
    LinkDead,
    UnknownDevice,
    UnknownSeries,
    WrongCredentials,
)
from entrypoints.failures.codes import REQUEST_UNREADABLE
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import (
    ACCESS,
    BODY,
    CHANGING,
    CLOUD,
    LIMIT,
    PASSWORD,
    failures,
    refused,
    success,
)
from entrypoints.http.answers.refusals import DEVICES_REFUSED, KEY_INCOMPLETE
from entrypoints.http.schemas import keys as schemas

_KEY = {
    "id": "8a4f7c36-2a0a-4c0e-9d0b-0f5c8f1e2d3c",
    "name": "kitchen display",
    "prefix": "eea_7Ns0v2Qk",
    "scopes": ["read", "stream"],
    "devices": [],
    "channels": [{"deviceGid": 1000, "channel": "1"}],
    "createdAt": "2026-03-01T12:00:00Z",
    "expiresAt": None,
    "lastUsedAt": None,
}

CREATE_KEY = {
    **success(
        201,
        schemas.MadeKey,
        "The key is made.",
        example={"key": _KEY, "secret": "eea_7Ns0v2QkpTz1WfYb8XhJ4mRcLd5Ga9Ue3ioqBP"},
    ),
    **failures(
        *ACCESS,
        *CHANGING,
        *BODY,
        *LIMIT,
        *PASSWORD,
        *CLOUD,
        *refused(DEVICES_REFUSED),
        LinkDead,
        KEY_INCOMPLETE,
        OF_ERRORS[InvalidInput].saying(
            "scopes: 'write' is not known; allowed are read, stream, export."
        ),
        OF_ERRORS[UnknownDevice].saying("devices: 7 not found in the linked Emporia account."),
        OF_ERRORS[UnknownSeries].saying(
            "channels: device 1000 has no channel '99' that can be shown alone."
        ),
        WrongCredentials,
        PasswordNeeded,
        TooManyKeys,
    ),
}
LIST_KEYS = {
    **success(200, schemas.KeyList, "The keys.", example={"keys": [_KEY]}),
    **failures(*ACCESS),
}
REVOKE_KEY = failures(*ACCESS, *CHANGING, REQUEST_UNREADABLE, KeyUnknown)
