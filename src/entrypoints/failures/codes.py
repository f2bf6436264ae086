"""The one table of all that is refused or fails: its code, its HTTP status and its title.

A code is what programs decide by. It never changes its meaning and is never given away again;
sentences are for people, and may.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import (
    AccessTokenInvalid,
    BudgetSpent,
    DomainError,
    EmailInvalid,
    EmailTaken,
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
    TooManyCalls,
    TooManyStreams,
    UnknownDevice,
    UnknownSeries,
    UserNotFound,
    WrongCredentials,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of failure; its sentence is for where nobody has better words."""

    code: str
    status: int
    title: str
    sentence: str = ""

    def saying(self, sentence: str) -> "Failure":
        """The same failure in other words."""
        return replace(self, sentence=sentence)


# Of the domain: one line an error. An error without one is as its parent class.
OF_ERRORS: Mapping[type[DomainError], Failure] = {
    InvalidInput: Failure("invalid_input", 400, "A value breaks a rule"),
    EmailInvalid: Failure("email_invalid", 400, "The text is no email address"),
    PasswordUnacceptable: Failure("password_unacceptable", 400, "The password may not be chosen"),
    UnknownDevice: Failure("unknown_device", 400, "The account has no such device"),
    UnknownSeries: Failure("unknown_series", 400, "Emporia has no series of these channels"),
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
    SignUpClosed: Failure("sign_up_closed", 403, "Sign-up is closed here"),
    UserNotFound: Failure("user_not_found", 404, "The token's account is gone"),
    EmailTaken: Failure("email_taken", 409, "The email belongs to an account"),
    PasswordPaused: Failure("password_paused", 429, "Too many wrong passwords came for the email"),
    PasswordsBusy: Failure("passwords_busy", 503, "Too many passwords are being checked"),
    EmporiaSignInPaused: Failure(
        "emporia_sign_in_paused", 429, "Emporia refused too many sign-ins"
    ),
    TooManyCalls: Failure("too_many_calls", 429, "The address calls too often"),
    TooManyStreams: Failure("too_many_streams", 429, "The user has too many streams open"),
    EmporiaUnreadable: Failure("emporia_unreadable", 502, "Emporia's answer makes no sense"),
    EmporiaUnavailable: Failure("emporia_unavailable", 503, "Emporia can't be reached or is busy"),
    EmporiaTokenRefused: Failure("emporia_refused_session", 503, "Emporia refuses the session"),
    BudgetSpent: Failure("budget_spent", 503, "The request budget of the account is spent"),
    EmporiaTimedOut: Failure("emporia_timed_out", 504, "Emporia gave no answer in time"),
}

# Of HTTP: what a request is refused for, and what it meets, before any use-case is asked.
REQUEST_UNREADABLE = Failure(
    "request_unreadable", 400, "The request can't be read", "The request can't be read."
)
INCOMPLETE = Failure("incomplete", 400, "Something required is missing, empty or of another type")
NOT_JSON = Failure(
    "not_json",
    400,
    "The body is no JSON object in UTF-8",
    "The request body is not valid JSON in UTF-8.",
)
TOKEN_MISSING = Failure("token_missing", 401, "No token was sent", "Token missing.")
CROSS_SITE = Failure(
    "cross_site",
    403,
    "A page of another site may not change anything",
    "This call comes from a page of another site, which CORS_ORIGINS does not allow.",
)
NOT_FOUND = Failure(
    "not_found", 404, "There is nothing at this path", "There is nothing at this path."
)
METHOD_NOT_ALLOWED = Failure(
    "method_not_allowed",
    405,
    "The path takes other methods",
    "This path does not take that method.",
)
BODY_TOO_LARGE = Failure(
    "body_too_large", 413, "The body is too large", "The request body is larger than allowed."
)
ADDRESS_TOO_LONG = Failure(
    "address_too_long", 414, "The address is too long", "The address is longer than allowed."
)
TOO_MANY_PIECES = Failure(
    "too_many_pieces",
    400,
    "The body comes in too many pieces",
    "The request body comes in too many pieces.",
)
TOO_LATE = Failure(
    "request_too_late",
    408,
    "The request did not arrive in time",
    "The request took too long to arrive.",
)
HANDSHAKE_NEEDED = Failure(
    "upgrade_required",
    426,
    "The upgrade can only be to a WebSocket",
    "The upgrade can only be to a WebSocket.",
)
HEADERS_TOO_LARGE = Failure(
    "headers_too_large",
    431,
    "The headers are too many or too large",
    "The request's headers are more or larger than allowed.",
)
TOO_MANY_CONNECTIONS_OF_ADDRESS = Failure(
    "too_many_connections_of_address",
    429,
    "The address has too many connections open",
    "Too many connections are open from this address.",
)
METHOD_UNKNOWN = Failure(
    "method_unknown", 501, "HTTP knows no such method", "No path takes that method."
)
TOO_MANY_CONNECTIONS = Failure(
    "too_many_connections",
    503,
    "Too many connections are open",
    "Too many connections are open.",
)
MEDIA_TYPE_NOT_JSON = Failure(
    "media_type_not_json",
    415,
    "The body is of another media type than JSON",
    "The request body must be JSON.",
)
INTERNAL = Failure(
    "internal", 500, "A fault of the gateway's own", "Something went wrong on our side."
)
DATABASE_UNREACHABLE = Failure(
    "database_unreachable",
    503,
    "The database can't be reached",
    "The database can't be reached.",
)
OF_HTTP = (
    REQUEST_UNREADABLE,
    INCOMPLETE,
    NOT_JSON,
    TOKEN_MISSING,
    CROSS_SITE,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    BODY_TOO_LARGE,
    ADDRESS_TOO_LONG,
    TOO_MANY_PIECES,
    TOO_LATE,
    HANDSHAKE_NEEDED,
    HEADERS_TOO_LARGE,
    TOO_MANY_CONNECTIONS_OF_ADDRESS,
    METHOD_UNKNOWN,
    TOO_MANY_CONNECTIONS,
    MEDIA_TYPE_NOT_JSON,
    INTERNAL,
    DATABASE_UNREACHABLE,
)

# Of a stream that goes on: HTTP never says these. The status is what it would say.
INVALID_MESSAGE = Failure(
    "invalid_message", 400, "The message is no JSON object", "Invalid message format."
)
UNKNOWN_MESSAGE_TYPE = Failure(
    "unknown_message_type", 400, "The message's type is not known", "Unknown message type."
)
NO_DEVICES = Failure(
    "no_devices",
    424,
    "Nothing is linked, or Emporia wants the account linked again",
    "Error fetching devices.",
)
POLLS_FAILING = Failure(
    "polls_failing",
    503,
    "Polls of Emporia began to fail; frames go on",
    "Error fetching device data.",
)
OF_STREAMS = (INVALID_MESSAGE, UNKNOWN_MESSAGE_TYPE, NO_DEVICES, POLLS_FAILING)

BY_FRAMEWORK: Mapping[int, Failure] = {
    failure.status: failure
    for failure in (
        REQUEST_UNREADABLE,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        BODY_TOO_LARGE,
        MEDIA_TYPE_NOT_JSON,
        INTERNAL,
    )
}
"""What it means that the framework refuses a request by itself, by the status that it chose."""

TABLE = (*OF_ERRORS.values(), *OF_HTTP, *OF_STREAMS)
"""Every code there is."""


def failure_of(error: type[DomainError] | DomainError) -> Failure:
    """The failure that a domain error is, in the error's own words; INTERNAL without a line."""
    kind = error if isinstance(error, type) else type(error)
    known = next((OF_ERRORS[parent] for parent in kind.mro() if parent in OF_ERRORS), None)
    if known is None:
        return INTERNAL
    return known.saying(error.sentence if isinstance(error, type) else str(error))
