"""Figures as Prometheus reads them, in a registry of their own."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, cast

from prometheus_client import CollectorRegistry, ProcessCollector, make_asgi_app
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from domain.histogram import Histogram
from domain.operations.figures import Figure, Kind

PREFIX = "emporia_gateway_"

FAMILIES: Mapping[Kind, Callable[..., Metric]] = {
    Kind.COUNTER: CounterMetricFamily,
    Kind.GAUGE: GaugeMetricFamily,
    Kind.HISTOGRAM: HistogramMetricFamily,
}


class Exposition(Collector):
    """An ASGI application that answers with the figures of the moment, in the format asked for."""

    def __init__(self, read_figures: Callable[[], Awaitable[Sequence[Figure]]]) -> None:
        self._read_figures = read_figures
        self._figures: Sequence[Figure] = ()
        registry = CollectorRegistry()
        registry.register(self)
        ProcessCollector(registry=registry)
        self._app = make_asgi_app(registry)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one scrape."""
        self._figures = await self._read_figures()
        await self._app(scope, receive, send)

    def collect(self) -> Iterator[Metric]:
        """The figures that were read last."""
        return map(_family, self._figures)

    def describe(self) -> Iterator[Metric]:
        """Nothing: what there is may change, and nothing else is registered."""
        return iter(())


def _family(figure: Figure) -> Metric:
    names = list(figure.values[0][0]) if figure.values else []
    family = FAMILIES[figure.kind](PREFIX + figure.name, figure.help, labels=names)
    for labels, value in figure.values:
        if isinstance(value, Histogram):
            sums = accumulate(value.counts)
            bounds = [*map(floatToGoString, value.bounds), "+Inf"]
            buckets = list(zip(bounds, map(float, sums), strict=True))
            histogram = cast(HistogramMetricFamily, family)
            histogram.add_metric(list(labels.values()), buckets, value.total)
        else:
            cast(GaugeMetricFamily, family).add_metric(list(labels.values()), value)
    return family
