"""What the routes of signing in with another account answer."""

from domain.accounts.errors import (
    IdentityRefused,
    IdentityUnknown,
    PasswordNeeded,
    ProviderOff,
    ProviderUnavailable,
)
from domain.errors import UserNotFound, WrongCredentials
from entrypoints.failures.codes import REQUEST_UNREADABLE
from entrypoints.http.answers.described import (
    ACCESS,
    BODY,
    CHANGING,
    LIMIT,
    PASSWORD,
    Told,
    failures,
    success,
)
from entrypoints.http.answers.refusals import CODE_MISSING
from entrypoints.http.schemas import openid as schemas
from entrypoints.http.schemas.contract import Token

_CONFIRMED: tuple[Told, ...] = (*LIMIT, *PASSWORD, PasswordNeeded, WrongCredentials)
_IDENTITY = {
    "issuer": "https://id.example.com",
    "name": "Example",
    "createdAt": "2026-03-01T12:00:00Z",
}

OFFER = {
    **success(200, schemas.OfferedProvider, "What there is.", example={"name": "Example"}),
    **failures(),
}
START = failures(*LIMIT, REQUEST_UNREADABLE, ProviderOff)
CALLBACK = failures(*LIMIT, REQUEST_UNREADABLE)
TAKE_OVER = {
    **success(200, Token, "A token for the other routes.", example={"token": "eyJhbGci..."}),
    **failures(*CHANGING, *BODY, *LIMIT, CODE_MISSING, IdentityRefused, UserNotFound),
}
JOIN = {
    **success(
        200,
        schemas.WayToProvider,
        "Where to go.",
        example={"url": "https://id.example.com/authorize?response_type=code"},
    ),
    **failures(
        *ACCESS,
        *CHANGING,
        *BODY,
        *_CONFIRMED,
        REQUEST_UNREADABLE,
        ProviderOff,
        ProviderUnavailable,
    ),
}
LIST = {
    **success(200, schemas.IdentityList, "What is joined.", example={"identities": [_IDENTITY]}),
    **failures(*ACCESS, ProviderOff),
}
LEAVE = failures(
    *ACCESS, *CHANGING, *BODY, *_CONFIRMED, REQUEST_UNREADABLE, ProviderOff, IdentityUnknown
)
