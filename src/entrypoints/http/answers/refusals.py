"""Failures that routes tell in words of their own; clients of old know these by heart."""

from entrypoints.failures import codes

CREDENTIALS_MISSING = codes.INCOMPLETE.saying("Email and password are required.")
PASSWORD_MISSING = codes.INCOMPLETE.saying("Password is required.")
NEW_PASSWORD_MISSING = codes.INCOMPLETE.saying("Password and newPassword are required.")
KEY_INCOMPLETE = codes.INCOMPLETE.saying(
    "name (text) and scopes (a list) are required; devices (a list of gids), channels (a list of "
    "deviceGid and channel), expiresAt and password (texts) may be added."
)
CODE_MISSING = codes.INCOMPLETE.saying("Code is required.")
EMPORIA_CREDENTIALS_MISSING = codes.INCOMPLETE.saying("Missing required credentials")
SERIES_MISSING = codes.INCOMPLETE.saying(
    "series, start, end, scale and energyUnit are required; series, such as 1001:1,2,3, may be "
    "repeated."
)
RANGE_MISSING = codes.INCOMPLETE.saying("start, end and scale are required.")
ONE_SERIES_MISSING = codes.INCOMPLETE.saying("series is required, such as 1001:1,2,3.")
RECORDING_UNREADABLE = codes.INCOMPLETE.saying(
    "minutes is true or false, and seconds is off, mains or all; what is left out stays as it is."
)
TARIFF_UNREADABLE = codes.INCOMPLETE.saying(
    "A tariff has name, currency and rates, and each of its rates has since (a date) and energy; "
    "the API's description has the rest; schedules are 12 months of 24 hours."
)
CURRENCY_MISSING = codes.INCOMPLETE.saying(
    "currency is required: three capitals of ISO 4217, such as USD, or null for none."
)
URDB_UNREADABLE = codes.INCOMPLETE.saying(
    "Send a rate of the Utility Rate Database as a JSON object."
)
COSTS_INCOMPLETE = codes.INCOMPLETE.saying(
    "start and end are required; home, by (hour, day, month, bill) and split (none, circuit, line) "
    "may be added."
)
STATEMENT_INCOMPLETE = codes.INCOMPLETE.saying(
    "series, such as 1001:1, and month, or start and end, are required; series may be repeated, "
    "home and format (json, csv) may be added."
)
QUERY_INCOMPLETE = codes.INCOMPLETE.saying("Missing required query parameters.")

HEADER_MISSING = codes.TOKEN_MISSING.saying("Authorization header missing.")
NOT_AN_OBJECT = codes.NOT_JSON.saying("The request body must be a JSON object.")
PAGE_NOT_BUILT = codes.NOT_FOUND.saying("The dashboard was not built; `make web` does it.")

RANGE_UNREADABLE = "Invalid date format for start or end."

# What a route says where nothing is linked, or where Emporia does not answer the question.
DEVICES_REFUSED = "Failed to fetch devices"
INSTANT_REFUSED = "Failed to fetch device instant usage"
HISTORY_REFUSED = "Failed to fetch chart usage"
