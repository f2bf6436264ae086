"""How large something is, as a sentence has it."""

UNITS = ("kB", "MB", "GB", "TB")


def told_size(count: int) -> str:
    """A number of bytes, such as 512 bytes or 1.4 MB."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    size, unit = count / 1000, 0
    while size >= 999.95 and unit + 1 < len(UNITS):
        size, unit = size / 1000, unit + 1
    return f"{size:.1f} {UNITS[unit]}"
