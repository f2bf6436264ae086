"""Texts that somebody else chose, in files that a spreadsheet opens."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet computes what begins like that, and whoever names a circuit may be anybody."""


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it, and does not compute it."""
    return f"'{text}" if text.startswith(FORMULA) else text
