"""What the routes of sessions answer."""

from domain.accounts.errors import SessionUnknown
from domain.accounts.users import LONGEST_PASSWORD
from domain.errors import PasswordUnacceptable, WrongCredentials
from entrypoints.failures.codes import REQUEST_UNREADABLE
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import (
    ACCESS,
    BODY,
    CHANGING,
    LIMIT,
    PASSWORD,
    failures,
    success,
)
from entrypoints.http.answers.refusals import NEW_PASSWORD_MISSING
from entrypoints.http.schemas import accounts as schemas

_SESSION = {
    "id": "0d9c1f0e-5a53-4c0b-9a57-3c1c1a2b3c4d",
    "name": "Firefox on Linux",
    "addressPrefix": "203.0.113.0/24",
    "createdAt": "2026-03-01T12:00:00Z",
    "lastUsedAt": "2026-03-02T08:30:00Z",
    "current": True,
}

LIST_SESSIONS = {
    **success(200, schemas.SessionList, "The sessions.", example={"sessions": [_SESSION]}),
    **failures(*ACCESS),
}
END_SESSION = failures(*ACCESS, *CHANGING, REQUEST_UNREADABLE, SessionUnknown)
END_OTHER_SESSIONS = failures(*ACCESS, *CHANGING)
CHANGE_PASSWORD = failures(
    *ACCESS,
    *CHANGING,
    *BODY,
    *LIMIT,
    *PASSWORD,
    NEW_PASSWORD_MISSING,
    OF_ERRORS[PasswordUnacceptable].saying(
        f"The password must have 8 to {LONGEST_PASSWORD} characters."
    ),
    WrongCredentials,
)
