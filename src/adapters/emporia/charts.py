"""A series of buckets, translated from Emporia's JSON."""

from adapters.emporia.payloads import ChartUsagePayload, checked
from domain.emporia.usage import ChartUsage, Document
from domain.errors import EmporiaUnreadable, InvalidInput
from domain.instants import parse_instant


def read_chart(document: Document) -> ChartUsage:
    """The series in a document; raises EmporiaUnreadable."""
    payload = checked(document, ChartUsagePayload)
    if payload.first_usage_instant is None:
        if payload.usage_list:
            raise EmporiaUnreadable
        return ChartUsage(first_usage_instant=None, usages=[])
    try:
        first = parse_instant(payload.first_usage_instant, name="firstUsageInstant")
    except InvalidInput:
        raise EmporiaUnreadable from None
    return ChartUsage(first_usage_instant=first, usages=payload.usage_list)
