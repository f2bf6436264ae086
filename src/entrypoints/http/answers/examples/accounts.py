"""What the routes of accounts answer."""

from domain.accounts.errors import (
    SecondFactorNeeded,
    SecondFactorPaused,
    SecondFactorWrong,
    UnknownClient,
)
from domain.accounts.users import LONGEST_PASSWORD
from domain.errors import (
    EmailInvalid,
    EmailTaken,
    PasswordsBusy,
    PasswordUnacceptable,
    SignUpClosed,
    WrongCredentials,
)
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
from entrypoints.http.answers.refusals import CREDENTIALS_MISSING, PASSWORD_MISSING
from entrypoints.http.schemas import contract as schemas

_NEW_USER = {
    "id": "5f0c6a52-8d0e-4f7c-9b41-6a1f0f5f2f6e",
    "email": "ada@example.com",
    "createdAt": "2026-03-01T12:00:00Z",
    "updatedAt": "2026-03-01T12:00:00Z",
}
_TOKEN = {"token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI1ZjBjNmE1MiJ9.c2lnbmF0dXJl"}

SIGN_UP = {
    **success(201, schemas.SignedUp, "The account is open.", example={"user": _NEW_USER}),
    **failures(
        *CHANGING,
        *BODY,
        *LIMIT,
        PasswordsBusy,
        UnknownClient,
        CREDENTIALS_MISSING,
        OF_ERRORS[EmailInvalid].saying("The email is not a valid address; name@example.com is."),
        OF_ERRORS[PasswordUnacceptable].saying(
            f"The password must have 8 to {LONGEST_PASSWORD} characters."
        ),
        SignUpClosed,
        EmailTaken,
    ),
}
LOG_IN = {
    **success(200, schemas.Token, "A token for the other routes.", example=_TOKEN),
    **failures(
        *CHANGING,
        *BODY,
        *LIMIT,
        *PASSWORD,
        UnknownClient,
        CREDENTIALS_MISSING,
        WrongCredentials,
        SecondFactorNeeded,
        SecondFactorWrong,
        SecondFactorPaused,
    ),
}
READ_ME = {
    **success(
        200,
        schemas.Me,
        "The account.",
        example={"user": {**_NEW_USER, "emporiaUsername": "ada@example.com"}},
    ),
    **failures(*ACCESS),
}
DELETE_ME = failures(
    *ACCESS, *CHANGING, *BODY, *LIMIT, *PASSWORD, PASSWORD_MISSING, WrongCredentials
)
RENEW_TOKEN = {
    **success(200, schemas.Token, "A fresh token.", example=_TOKEN),
    **failures(*ACCESS, *CHANGING),
}
LOG_OUT = failures(*ACCESS, *CHANGING)
