"""What each error of the domain is to those who call: its code, its HTTP status and its title."""

from collections.abc import Mapping

from domain.accounts.errors import (
    IdentityRefused,
    IdentityTaken,
    IdentityUnknown,
    KeyNotAllowed,
    KeyUnknown,
    PasswordNeeded,
    ProviderOff,
    ProviderUnavailable,
    SecondFactorNeeded,
    SecondFactorOff,
    SecondFactorOn,
    SecondFactorPaused,
    SecondFactorWrong,
    SessionUnknown,
    TooManyKeys,
    UnknownClient,
)
from domain.archive.exchange.errors import (
    FormatUnavailable,
    ImportUnknown,
    TooManyExports,
    TooManyImports,
)
from domain.billing.errors import (
    NoTariff,
    NoUtilityReadings,
    TariffUnacceptable,
    TariffUnknown,
    TooManyTariffs,
)
from domain.emporia.errors import PasswordNotKept
from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    DomainError,
    EmailInvalid,
    EmailTaken,
    EmporiaClockDiffers,
    EmporiaPasswordResetRequired,
    EmporiaRefusedCredentials,
    EmporiaRefusedRequest,
    EmporiaSignInPaused,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
    EmporiaUserNotConfirmed,
    InvalidInput,
    LinkDead,
    NotLinked,
    PasswordPaused,
    PasswordsBusy,
    PasswordUnacceptable,
    SignUpClosed,
    StorageBusy,
    StorageUnavailable,
    TooManyCalls,
    TooManyStreams,
    UnknownDevice,
    UnknownSeries,
    UserNotFound,
    WrongCredentials,
)
from domain.live.errors import ReplayOff, ReplayOverBudget, ReplayWithoutPanel
from entrypoints.failures.failure import Failure

OF_ERRORS: Mapping[type[DomainError], Failure] = {
    InvalidInput: Failure("invalid_input", 400, "A value breaks a rule"),
    EmailInvalid: Failure("email_invalid", 400, "The text is no email address"),
    PasswordUnacceptable: Failure("password_unacceptable", 400, "The password may not be chosen"),
    UnknownDevice: Failure("unknown_device", 400, "The account has no such device"),
    UnknownSeries: Failure("unknown_series", 400, "Emporia has no series of these channels"),
    PasswordNotKept: Failure("password_not_kept", 400, "No Emporia passwords are kept here"),
    FormatUnavailable: Failure(
        "format_unavailable", 400, "What writes this format is not installed here"
    ),
    TariffUnacceptable: Failure("tariff_unacceptable", 400, "A tariff breaks a rule"),
    NotLinked: Failure("not_linked", 400, "No Emporia account is linked"),
    LinkDead: Failure("link_dead", 400, "The Emporia account has to be linked again"),
    EmporiaRefusedCredentials: Failure(
        "emporia_refused_credentials", 400, "Emporia does not know this name with this password"
    ),
    EmporiaPasswordResetRequired: Failure(
        "emporia_password_reset_required", 400, "Emporia wants the password reset first"
    ),
    EmporiaUserNotConfirmed: Failure(
        "emporia_user_not_confirmed", 400, "The Emporia account was never confirmed"
    ),
    EmporiaRefusedRequest: Failure(
        "emporia_refused_request", 400, "Emporia does not answer this question"
    ),
    WrongCredentials: Failure("wrong_credentials", 401, "Email and password do not fit"),
    AccessTokenInvalid: Failure("token_invalid", 401, "The token is not, or no longer, good"),
    UnknownClient: Failure(
        "unknown_client",
        401,
        "The client app is of no tenant",
        headers=(("WWW-Authenticate", 'Basic realm="client apps", charset="UTF-8"'),),
    ),
    SignUpClosed: Failure("sign_up_closed", 403, "Sign-up is closed here"),
    KeyNotAllowed: Failure("key_not_allowed", 403, "An API key is not good for this"),
    PasswordNeeded: Failure("password_needed", 403, "The password is needed once more"),
    KeyUnknown: Failure("key_unknown", 404, "There is no such key"),
    NoTariff: Failure("no_tariff", 404, "No tariff is for this home"),
    NoUtilityReadings: Failure(
        "no_utility_readings", 404, "Nothing of the utility's is kept for this home"
    ),
    TariffUnknown: Failure("tariff_unknown", 404, "There is no such tariff"),
    SessionUnknown: Failure("session_unknown", 404, "There is no such session"),
    UserNotFound: Failure("user_not_found", 404, "The token's account is gone"),
    TooManyKeys: Failure("too_many_keys", 409, "The user has as many keys as anybody may"),
    TooManyTariffs: Failure("too_many_tariffs", 409, "The user has as many tariffs as anybody may"),
    SecondFactorNeeded: Failure(
        "second_factor_needed", 401, "The password is right, and a code has to come with it"
    ),
    SecondFactorWrong: Failure("second_factor_wrong", 401, "The code does not fit, or no longer"),
    SecondFactorPaused: Failure(
        "second_factor_paused", 429, "Too many wrong codes came for the account"
    ),
    SecondFactorOn: Failure("second_factor_on", 409, "There is a second factor already"),
    SecondFactorOff: Failure("second_factor_off", 409, "There is no second factor to do this with"),
    ProviderOff: Failure("oidc_off", 404, "No provider of identities is set up"),
    ProviderUnavailable: Failure("oidc_unavailable", 503, "The provider of identities fails"),
    IdentityRefused: Failure("oidc_refused", 401, "What came back from the provider is not good"),
    IdentityUnknown: Failure("oidc_unknown", 403, "The identity is joined to no account"),
    IdentityTaken: Failure("oidc_taken", 409, "The identity, or the place for one, is taken"),
    EmailTaken: Failure("email_taken", 409, "The email belongs to an account"),
    PasswordPaused: Failure("password_paused", 429, "Too many wrong passwords came for the email"),
    PasswordsBusy: Failure("passwords_busy", 503, "Too many passwords are being checked"),
    StorageUnavailable: Failure("storage_unavailable", 503, "The gateway's data can't be reached"),
    EmporiaSignInPaused: Failure(
        "emporia_sign_in_paused", 429, "Emporia refused too many sign-ins"
    ),
    TooManyCalls: Failure("too_many_calls", 429, "The address calls too often"),
    TooManyStreams: Failure("too_many_streams", 429, "The user has too many streams open"),
    ReplayOff: Failure("replay_off", 403, "True seconds are not offered here"),
    ReplayOverBudget: Failure(
        "replay_over_budget", 503, "The account's budget can't carry true seconds"
    ),
    ReplayWithoutPanel: Failure(
        "replay_without_panel", 404, "The account has no panel to show true seconds of"
    ),
    TooManyExports: Failure("too_many_exports", 429, "As many exports run as may"),
    TooManyImports: Failure("too_many_imports", 429, "As many imports run or wait as may"),
    ImportUnknown: Failure("import_unknown", 404, "There is no such import"),
    EmporiaUnreadable: Failure("emporia_unreadable", 502, "Emporia's answer makes no sense"),
    EmporiaUnavailable: Failure("emporia_unavailable", 503, "Emporia can't be reached or is busy"),
    EmporiaTokenRefused: Failure("emporia_refused_session", 503, "Emporia refuses the session"),
    EmporiaClockDiffers: Failure("gateway_clock_wrong", 503, "The gateway's clock is wrong"),
    BudgetSpent: Failure("budget_spent", 503, "The request budget of the account is spent"),
    StorageBusy: Failure("storage_busy", 503, "The gateway's database is locked for now"),
    EmporiaTimedOut: Failure("emporia_timed_out", 504, "Emporia gave no answer in time"),
}
"""One line an error; an error without one is as its parent class."""
