"""Who may open an account without asking the operator."""

from enum import StrEnum


class SignUp(StrEnum):
    """Everybody, nobody, or whoever comes first to a tenant."""

    OPEN = "open"
    CLOSED = "closed"
    FIRST = "first"
