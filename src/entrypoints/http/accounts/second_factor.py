"""A code beside the password: set up, shown, renewed and switched off."""

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.second_factor.read import ReadSecondFactor
from application.accounts.second_factor.recovery_codes import RenewRecoveryCodes
from application.accounts.second_factor.set_up import BeginSecondFactor, SwitchOnSecondFactor
from application.accounts.second_factor.switch_off import SwitchOffSecondFactor
from entrypoints.http.answers.errors import WHEN_INCOMPLETE
from entrypoints.http.answers.examples import second_factor as examples
from entrypoints.http.answers.refusals import CODE_MISSING
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.visitors import Visitor, visiting
from entrypoints.http.schemas import second_factor as schemas


@post(
    "/me/second-factor",
    operation_id="beginSecondFactor",
    summary="Begin to set up my second factor",
    opt={COSTLY: True},
    responses=examples.BEGIN,
)
async def begin(
    data: JSONBody[schemas.PasswordAgain],
    request: CallerRequest,
    begin_second_factor: NamedDependency[BeginSecondFactor],
) -> schemas.SecondFactorBegun:
    """Get a secret for an authenticator app. Logins ask for nothing before it is confirmed."""
    async with visiting(request) as visitor:
        password = _password(data.password, visitor)
        return schemas.SecondFactorBegun.of(await begin_second_factor(request.user, password))


@post(
    "/me/second-factor/confirm",
    status_code=200,
    operation_id="confirmSecondFactor",
    summary="Switch my second factor on",
    opt={WHEN_INCOMPLETE: CODE_MISSING, COSTLY: True},
    responses=examples.CONFIRM,
)
async def confirm(
    data: JSONBody[schemas.CodeAlone],
    request: CallerRequest,
    switch_on_second_factor: NamedDependency[SwitchOnSecondFactor],
) -> schemas.RecoveryCodes:
    """Show that the app makes the right codes. The recovery codes are never shown again."""
    return schemas.RecoveryCodes(list(await switch_on_second_factor(request.user, data.code)))


@get(
    "/me/second-factor",
    operation_id="readSecondFactor",
    summary="Read my second factor",
    responses=examples.READ,
)
async def read(
    request: CallerRequest, read_second_factor: NamedDependency[ReadSecondFactor]
) -> schemas.SecondFactorShown:
    """Tell whether logins ask for a code, and how many recovery codes are left."""
    return schemas.SecondFactorShown.of(await read_second_factor(request.user))


@post(
    "/me/second-factor/recovery-codes",
    status_code=200,
    operation_id="renewRecoveryCodes",
    summary="Get new recovery codes",
    opt={WHEN_INCOMPLETE: CODE_MISSING, COSTLY: True},
    responses=examples.RENEW_CODES,
)
async def renew_codes(
    data: JSONBody[schemas.PasswordAndCode],
    request: CallerRequest,
    renew_recovery_codes: NamedDependency[RenewRecoveryCodes],
) -> schemas.RecoveryCodes:
    """Get ten new ones; those of before are good for nothing any more."""
    async with visiting(request) as visitor:
        codes = await renew_recovery_codes(
            request.user, password=_password(data.password, visitor), code=data.code
        )
    return schemas.RecoveryCodes(list(codes))


@delete(
    "/me/second-factor",
    operation_id="switchOffSecondFactor",
    summary="Switch my second factor off",
    opt={WHEN_INCOMPLETE: CODE_MISSING, COSTLY: True},
    response_description="Logins ask for no code any more.",
    responses=examples.SWITCH_OFF,
)
async def switch_off(
    data: JSONBody[schemas.PasswordAndCode],
    request: CallerRequest,
    switch_off_second_factor: NamedDependency[SwitchOffSecondFactor],
) -> None:
    """Erase the secret and the recovery codes."""
    async with visiting(request) as visitor:
        await switch_off_second_factor(
            request.user, password=_password(data.password, visitor), code=data.code
        )


def _password(given: str | None, visitor: Visitor) -> CallersPassword | None:
    if given is None:
        return None
    return CallersPassword(given, network=visitor.network, has_left=visitor.has_left)


OF_CALLERS = [begin, confirm, read, renew_codes, switch_off]
