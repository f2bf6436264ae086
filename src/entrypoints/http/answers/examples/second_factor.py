"""What the routes of second factors answer."""

from domain.accounts.errors import (
    PasswordNeeded,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorPaused,
    SecondFactorWrong,
)
from domain.errors import WrongCredentials
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
from entrypoints.http.schemas import second_factor as schemas

_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  # an example
_CODES = {"recoveryCodes": ["3f6k-z2m4-qa7c-w5xp", "and nine more"]}
_CONFIRMED: tuple[Told, ...] = (*LIMIT, *PASSWORD, PasswordNeeded, WrongCredentials)
_CODE: tuple[Told, ...] = (CODE_MISSING, SecondFactorWrong, SecondFactorOff)

BEGIN = {
    **success(
        201,
        schemas.SecondFactorBegun,
        "The secret for the app; nothing is on yet.",
        example={
            "secondFactor": {
                "secret": _SECRET,
                "uri": f"otpauth://totp/Emporia%20gateway:ada%40example.com?secret={_SECRET}"
                "&issuer=Emporia%20gateway",
            }
        },
    ),
    **failures(*ACCESS, *CHANGING, *BODY, *_CONFIRMED, REQUEST_UNREADABLE, SecondFactorOn),
}
CONFIRM = {
    **success(200, schemas.RecoveryCodes, "It is on.", example=_CODES),
    **failures(*ACCESS, *CHANGING, *BODY, *LIMIT, *_CODE, SecondFactorOn),
}
READ = {
    **success(
        200,
        schemas.SecondFactorShown,
        "What there is.",
        example={
            "secondFactor": {
                "on": True,
                "since": "2026-03-01T12:00:00Z",
                "recoveryCodesLeft": 10,
            }
        },
    ),
    **failures(*ACCESS),
}
RENEW_CODES = {
    **success(200, schemas.RecoveryCodes, "The new codes.", example=_CODES),
    **failures(*ACCESS, *CHANGING, *BODY, *_CONFIRMED, *_CODE, SecondFactorPaused),
}
SWITCH_OFF = failures(*ACCESS, *CHANGING, *BODY, *_CONFIRMED, *_CODE, SecondFactorPaused)
