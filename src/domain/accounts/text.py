"""What counts as text at all, and what text may cost."""

import unicodedata

LONGEST_MARK_RUN = 30
"""More marks on one letter no language writes; Unicode's Stream-Safe Text Format has this bound.

Putting a run of marks into their order takes time that grows with its square.
"""


def is_encodable(text: str) -> bool:
    """Whether the text has a UTF-8 form; half a surrogate pair, which JSON can carry, has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def has_long_mark_run(text: str) -> bool:
    """Whether more marks follow each other than any language writes."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > LONGEST_MARK_RUN:
            return True
    return False


def compared(text: str) -> str:
    """The form in which two texts are compared: case does not matter."""
    # Folding takes some letters apart, so that only what is composed afterwards compares.
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
