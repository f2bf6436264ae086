"""Text from elsewhere, fit for a terminal and a picture."""

import unicodedata

UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"
OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories that a terminal may obey instead of showing: controls, marks that turn text around,
ends of lines; and half surrogate pairs, which no file can hold."""
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Of the same category, but part of words and of pictures, and harmless."""
CONTROL_PICTURES = 0x2400
DELETE = "\x7f"


def legible(text: str) -> str:
    """The text with every character shown that would otherwise do something."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character < " ":
        return chr(CONTROL_PICTURES + ord(character))
    if character == DELETE:
        return "\N{SYMBOL FOR DELETE}"
    is_no_character = ord(character) & 0xFFFE == 0xFFFE
    if is_no_character or (unicodedata.category(character) in OBEYED and character not in JOINERS):
        return UNSHOWABLE
    return character
