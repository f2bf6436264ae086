"""What the route of costs answers."""

from domain.billing.errors import NoTariff
from domain.errors import InvalidInput, LinkDead
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import COSTS_INCOMPLETE, DEVICES_REFUSED, RANGE_UNREADABLE
from entrypoints.http.schemas.costs import CostsAnswer

READ_COSTS = {
    **success(
        200,
        CostsAnswer,
        "The costs.",
        example={
            "currency": "USD",
            "tariff": "8a4f7c36-2a0a-4c0e-9d0b-0f5c8f1e2d3c",
            "pricedBy": {"source": "own", "name": "Flat with a meter"},
            "total": "111.04",
            "coverage": 0.998,
            "netted": 0.0,
            "rows": [
                {
                    "start": "2026-03-01T05:00:00Z",
                    "end": "2026-04-01T04:00:00Z",
                    "amount": "111.04",
                    "kwh": 719.4,
                    "exportedKwh": 0.0,
                    "coverage": 0.998,
                    "lines": [
                        {
                            "name": "Energy",
                            "kind": "energy",
                            "amount": "96.54",
                            "quantity": "719.400000",
                            "unit": "kWh",
                            "price": "0.1342",
                            "coverage": 1.0,
                            "unknown": None,
                        },
                        {
                            "name": "Customer charge",
                            "kind": "fixed",
                            "amount": "14.50",
                            "quantity": "1.000000",
                            "unit": "months",
                            "price": "14.50",
                            "coverage": 1.0,
                            "unknown": None,
                        },
                    ],
                    "peak": None,
                    "carriedKwh": 0.0,
                }
            ],
            "forecast": None,
        },
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        COSTS_INCOMPLETE,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        OF_ERRORS[InvalidInput].saying("end: ask for 32 days at most by hour."),
        *refused(DEVICES_REFUSED),
        NoTariff,
        LinkDead,
    ),
}
