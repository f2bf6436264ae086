"""A statement as CSV (RFC 4180): a row a circuit, a column a line, and the total last."""

import csv
import io
from collections import Counter
from decimal import Decimal

from domain.spreadsheets import harmless
from entrypoints.http.schemas.statement import StatementAnswer

COLUMNS = ("first_day", "last_day", "device_gid", "channel", "circuit", "coverage", "kwh")
END = "\r\n"


def table_of(told: StatementAnswer) -> bytes:
    """In UTF-8; what is unknown is empty."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator=END)
    period = told.period.first, told.period.last
    writer.writerow((*COLUMNS, *_line_names(told), "amount", "currency"))
    for circuit in told.circuits:
        writer.writerow(
            (
                *period,
                circuit.device_gid,
                circuit.channel,
                harmless(circuit.name or ""),
                circuit.coverage,
                circuit.kwh,
                *(_money(line.amount) for line in circuit.lines),
                _money(circuit.amount),
                told.currency,
            )
        )
    writer.writerow(
        (
            *period,
            *("", "", "Total"),
            told.coverage,
            told.kwh,
            *(_money(line.amount) for line in told.lines),
            _money(told.total),
            told.currency,
        )
    )
    return written.getvalue().encode("utf-8", "replace")


def _line_names(told: StatementAnswer) -> list[str]:
    """With the kind behind it where two lines have one name."""
    names = Counter(line.name for line in told.lines)
    return [
        harmless(line.name if names[line.name] == 1 else f"{line.name} ({line.kind})")
        for line in told.lines
    ]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)
