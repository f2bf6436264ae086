"""Failures that routes tell in words of their own; clients of old know these by heart."""

from entrypoints.failures import codes

CREDENTIALS_MISSING = codes.INCOMPLETE.saying("Email and password are required.")
PASSWORD_MISSING = codes.INCOMPLETE.saying("Password is required.")
EMPORIA_CREDENTIALS_MISSING = codes.INCOMPLETE.saying("Missing required credentials")
QUERY_INCOMPLETE = codes.INCOMPLETE.saying("Missing required query parameters.")

HEADER_MISSING = codes.TOKEN_MISSING.saying("Authorization header missing.")
NOT_AN_OBJECT = codes.NOT_JSON.saying("The request body must be a JSON object.")
PAGE_NOT_BUILT = codes.NOT_FOUND.saying("The dashboard was not built; `make web` does it.")

RANGE_UNREADABLE = "Invalid date format for start or end."

# What a route says where nothing is linked, or where Emporia does not answer the question.
DEVICES_REFUSED = "Failed to fetch devices"
INSTANT_REFUSED = "Failed to fetch device instant usage"
HISTORY_REFUSED = "Failed to fetch chart usage"
