"""The one table of all that is refused or fails: its code, its HTTP status and its title.

A code is what programs decide by. It never changes its meaning and is never given away again;
sentences are for people, and may.
"""

from collections.abc import Mapping

from application.live.feed.outlet import StreamNotice
from domain.errors import DomainError, LinkDead
from domain.live.errors import ReplayOff, ReplayOverBudget, ReplayWithoutPanel
from entrypoints.failures.failure import Failure as Failure
from entrypoints.failures.of_errors import OF_ERRORS

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
    (("Upgrade", "websocket"),),
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
TRANSFER_CODING_UNKNOWN = Failure(
    "transfer_coding_unknown",
    501,
    "The body is sent in a way that is not known here",
    "Transfer-Encoding: a body may come in chunks, and in no other coding.",
)
HOST_UNKNOWN = Failure(
    "host_unknown",
    421,
    "Figures are not served under this host name",
    "Host: figures are served under IP addresses, localhost, METRICS_HOST and METRICS_NAMES alone.",
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
MEDIA_TYPE_NOT_CSV = Failure(
    "media_type_not_csv",
    415,
    "The body is of another media type than CSV",
    "The request body must be CSV.",
)
MEDIA_TYPE_NOT_XML = Failure(
    "media_type_not_xml",
    415,
    "The body is of another media type than XML",
    "The request body must be XML.",
)
BODY_CODED = Failure(
    "body_coded",
    415,
    "The body is compressed, or coded in another way",
    "Content-Encoding: the request body must be sent as it is, neither compressed nor coded.",
    (("Accept-Encoding", "identity"),),
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
STOPPING = Failure(
    "stopping",
    503,
    "The gateway is being stopped or restarted",
    "The gateway is stopping; try again in a moment.",
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
    TRANSFER_CODING_UNKNOWN,
    HOST_UNKNOWN,
    TOO_MANY_CONNECTIONS,
    STOPPING,
    MEDIA_TYPE_NOT_JSON,
    MEDIA_TYPE_NOT_CSV,
    MEDIA_TYPE_NOT_XML,
    BODY_CODED,
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
    "Nothing is linked",
    "Error fetching devices.",
)
POLLS_FAILING = Failure(
    "polls_failing",
    503,
    "Polls of Emporia began to fail; frames go on",
    "Error fetching device data.",
)
SECONDS_FLAT = Failure(
    "seconds_flat",
    404,
    "Emporia has no true seconds of the panel; frames go on by the minute",
    "Emporia has had nothing but averages for ten minutes; what follows is the newest minute.",
)
SECONDS_SKIPPED = Failure(
    "seconds_skipped",
    503,
    "Seconds came too late to be shown",
    "Some seconds came too late to be shown; it goes on with later ones.",
)
PANEL_GONE = OF_ERRORS[ReplayWithoutPanel].saying(
    "The panel is not in the linked Emporia account any more; what follows is the newest minute."
)
LINK_DEAD = OF_ERRORS[LinkDead].saying(NO_DEVICES.sentence)
"""Before a client has sent `subscribe` the two are one: the sentence, and the close code."""

OF_STREAMS = (
    INVALID_MESSAGE,
    UNKNOWN_MESSAGE_TYPE,
    NO_DEVICES,
    POLLS_FAILING,
    *(OF_ERRORS[refused] for refused in (ReplayOff, ReplayOverBudget, ReplayWithoutPanel)),
    SECONDS_FLAT,
    SECONDS_SKIPPED,
)

OF_NOTICES: Mapping[StreamNotice, Failure] = {
    StreamNotice.POLLS_FAILING: POLLS_FAILING,
    StreamNotice.SECONDS_FLAT: SECONDS_FLAT,
    StreamNotice.SECONDS_SKIPPED: SECONDS_SKIPPED,
    StreamNotice.PANEL_GONE: PANEL_GONE,
}
"""What a stream is told while it goes on."""

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

TABLE = tuple(dict.fromkeys((*OF_ERRORS.values(), *OF_HTTP, *OF_STREAMS)))
"""Every code there is."""


def failure_of(error: type[DomainError] | DomainError) -> Failure:
    """The failure that a domain error is, in the error's own words; INTERNAL without a line."""
    kind = error if isinstance(error, type) else type(error)
    known = next((OF_ERRORS[parent] for parent in kind.mro() if parent in OF_ERRORS), None)
    if known is None:
        return INTERNAL
    return known.saying(error.sentence if isinstance(error, type) else str(error))
