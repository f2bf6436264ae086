"""Figures about the gateway, in the form that monitoring knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.histogram import Histogram

Labels = Mapping[str, str]


class Kind(StrEnum):
    """A counter only ever grows; a gauge is how it is now."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, once for each set of labels; all sets have the same names of labels.

    Labels are few and bounded: never an address, a path as it came, or an email.
    """

    name: str
    help: str
    kind: Kind
    values: Sequence[tuple[Labels, float | Histogram]]


def counter(name: str, help: str, values: Mapping[str, float] | float, label: str = "") -> Figure:  # noqa: A002
    """What has happened so often; by the values of one label, or in all."""
    return _figure(name, help, Kind.COUNTER, values, label)


def gauge(name: str, help: str, values: Mapping[str, float] | float, label: str = "") -> Figure:  # noqa: A002
    """How much there is now; by the values of one label, or in all."""
    return _figure(name, help, Kind.GAUGE, values, label)


def histogram(name: str, help: str, values: Sequence[tuple[Labels, Histogram]]) -> Figure:  # noqa: A002
    """How often something was how large."""
    return Figure(name=name, help=help, kind=Kind.HISTOGRAM, values=values)


def _figure(
    name: str,
    about: str,
    kind: Kind,
    values: Mapping[str, float] | float,
    label: str,
) -> Figure:
    by_label = values if isinstance(values, Mapping) else {"": values}
    return Figure(
        name=name,
        help=about,
        kind=kind,
        values=[({label: of} if label else {}, value) for of, value in by_label.items()],
    )
