"""What the routes of the linked Emporia account answer."""

from domain.emporia.errors import PasswordNotKept
from domain.errors import (
    EmporiaClockDiffers,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaSignInPaused,
    EmporiaUserNotConfirmed,
    LinkDead,
    NotLinked,
    PasswordsBusy,
)
from entrypoints.http.answers.described import (
    ACCESS,
    BODY,
    CHANGING,
    CLOUD,
    LIMIT,
    failures,
    refused,
    success,
)
from entrypoints.http.answers.refusals import DEVICES_REFUSED, EMPORIA_CREDENTIALS_MISSING
from entrypoints.http.schemas import contract as schemas
from entrypoints.http.schemas import links as link_schemas

LINKED = "Emporia authentication successful"

LINK = {
    **success(200, schemas.Message, "The account is linked.", example={"message": LINKED}),
    **failures(
        *ACCESS,
        *CHANGING,
        *BODY,
        *LIMIT,
        EmporiaSignInPaused,
        PasswordsBusy,
        *CLOUD,
        EmporiaClockDiffers,
        EMPORIA_CREDENTIALS_MISSING,
        EmporiaRefusedCredentials,
        EmporiaPasswordResetRequired,
        EmporiaUserNotConfirmed,
        PasswordNotKept,
    ),
}
READ_LINK = {
    **success(
        200,
        link_schemas.LinkAnswer,
        "The link.",
        example={
            "link": {
                "emporiaUsername": "ada@example.com",
                "linkedAt": "2026-03-01T12:00:00.000Z",
                "endsAt": "2026-03-31T12:00:00.000Z",
                "endsSoon": False,
                "keepsPassword": False,
            },
            "mayKeepPassword": False,
        },
    ),
    **failures(*ACCESS),
}
UNLINK = failures(*ACCESS, *CHANGING)
READ_BUDGET = {
    **success(
        200,
        schemas.BudgetAnswer,
        "The budget.",
        example={"budget": {"dailyRequests": 2000, "spent": 12, "left": 1988}},
    ),
    **failures(*ACCESS, NotLinked),
}
LIST_DEVICES = {
    **success(
        200,
        schemas.Customer,
        "Emporia's customer object.",
        example={
            "customerGid": 1234,
            "email": "ada@example.com",
            "firstName": "Ada",
            "lastName": "Lovelace",
            "createdAt": "2020-05-01T17:03:22.000Z",
            "devices": [{"deviceGid": 1000, "model": "VUE001", "channels": []}],
        },
    ),
    **failures(*ACCESS, *CLOUD, *refused(DEVICES_REFUSED), LinkDead),
}
