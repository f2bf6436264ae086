"""What counts as text at all."""


def is_encodable(text: str) -> bool:
    """Whether the text has a UTF-8 form; half a surrogate pair, which JSON can carry, has none."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
