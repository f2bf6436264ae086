"""Numbers of things, as a sentence has them."""


def counted(number: int, what: str) -> str:
    """A number of things, such as 1 user or 2 users."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
