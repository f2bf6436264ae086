"""What can go wrong with files of what was measured."""

from domain.errors import DomainError, InvalidInput, Postponed


class FormatUnavailable(InvalidInput):
    """The format is known, but what writes it is not installed."""

    sentence = (
        "format: parquet can't be written here, for pyarrow is not installed; ask for csv, or "
        "have 'emporia-energy-api[parquet]' installed."
    )


class TooManyExports(Postponed):
    """As many exports run as may, of this user or of all."""

    sentence = "Too many exports are running; try again when one has ended."


class TooManyImports(Postponed):
    """As many imports run or wait as may, of this user or of all."""

    sentence = "Too many imports are running; try again when one has ended."


class ImportUnknown(DomainError):
    """The user has begun no such import, or it ended too long ago."""

    sentence = "There is no such import, or it ended long ago."


class ImportRefused(InvalidInput):
    """A file can't be taken in; `reason` says why, `line` is where, None where it is no one line's.

    Nothing of the file is kept then.
    """

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.reason = reason
        self.line = line
