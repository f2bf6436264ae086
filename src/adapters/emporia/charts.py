"""A series of buckets, translated from Emporia's JSON."""

from adapters.emporia.payloads import ChartUsagePayload, checked
from domain.emporia.usage import ChartUsage, Document
from domain.errors import EmporiaUnreadable, InvalidInput
from domain.instants import parse_instant

_FIELDS = {"firstUsageInstant", "usageList"}

NO_CHART = ChartUsage(first_usage_instant=None, usages=[])


def is_nothing(body: bytes) -> bool:
    """Whether an answer is the empty text that Emporia gives now and then where it has no data."""
    return body.strip() == b'""'


def read_chart(document: Document) -> ChartUsage:
    """The series in a document, empty where it is a chart without a list.

    Raises EmporiaUnreadable.
    """
    payload = checked(document, ChartUsagePayload)
    if payload.usage_list is None:
        if document.keys() <= _FIELDS:
            return NO_CHART
        raise EmporiaUnreadable  # it is something else, such as a message
    if payload.first_usage_instant is None:
        if payload.usage_list:
            raise EmporiaUnreadable
        return NO_CHART
    try:
        first = parse_instant(payload.first_usage_instant, name="firstUsageInstant")
    except InvalidInput:
        raise EmporiaUnreadable from None
    return ChartUsage(first_usage_instant=first, usages=payload.usage_list)
