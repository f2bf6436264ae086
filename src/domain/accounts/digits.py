"""Numbers as text that people can copy: digits and letters, no other sign."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def in_digits(number: int, count: int) -> str:
    """The number in so many digits of base 62, the lowest first; what does not fit is left out."""
    digits = []
    for _ in range(count):
        number, digit = divmod(number, len(DIGITS))
        digits.append(DIGITS[digit])
    return "".join(digits)
