"""What the route of statements answers."""

from typing import Any

from domain.billing.errors import NoTariff
from domain.errors import InvalidInput, LinkDead, UnknownDevice, UnknownSeries
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import DEVICES_REFUSED, STATEMENT_INCOMPLETE
from entrypoints.http.schemas.statement import StatementAnswer

ROWS = (
    "first_day,last_day,device_gid,channel,circuit,coverage,kwh,Energy,Customer charge,amount,"
    "currency\r\n"
    "2026-03-01,2026-03-31,1001,7,EV Charger,1.0,212.4,28.50,4.28,32.78,USD\r\n"
    "2026-03-01,2026-03-31,,,Total,0.998,212.4,28.50,4.28,32.78,USD\r\n"
)

READ_STATEMENT = {
    **success(
        200,
        StatementAnswer,
        "The statement.",
        example={
            "period": {
                "first": "2026-03-01",
                "last": "2026-03-31",
                "start": "2026-03-01T05:00:00Z",
                "end": "2026-04-01T04:00:00Z",
                "zone": "America/New_York",
                "isOver": True,
            },
            "currency": "USD",
            "tariff": "8a4f7c36-2a0a-4c0e-9d0b-0f5c8f1e2d3c",
            "pricedBy": {"source": "own", "name": "Flat with a meter"},
            "total": "32.78",
            "kwh": 212.4,
            "coverage": 0.998,
            "netted": 0.0,
            "lines": [
                {
                    "name": "Energy",
                    "kind": "energy",
                    "amount": "28.50",
                    "coverage": 1.0,
                    "unknown": None,
                },
                {
                    "name": "Customer charge",
                    "kind": "fixed",
                    "amount": "4.28",
                    "coverage": 1.0,
                    "unknown": None,
                },
            ],
            "circuits": [
                {
                    "deviceGid": 1001,
                    "channel": "7",
                    "name": "EV Charger",
                    "kwh": 212.4,
                    "amount": "32.78",
                    "coverage": 1.0,
                    "lines": [
                        {"name": "Energy", "kind": "energy", "amount": "28.50"},
                        {"name": "Customer charge", "kind": "fixed", "amount": "4.28"},
                    ],
                }
            ],
            "home": {"deviceGid": 1001, "name": "Main Panel", "kwh": 719.4, "amount": "111.04"},
        },
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        STATEMENT_INCOMPLETE,
        OF_ERRORS[InvalidInput].saying(
            "month: name a month, such as 2026-03, or start and end, such as 2026-03-15, not both."
        ),
        OF_ERRORS[InvalidInput].saying("end: ask for 366 days at most."),
        OF_ERRORS[UnknownDevice].saying("devices: 1009 not found in the linked Emporia account."),
        OF_ERRORS[UnknownSeries].saying("series: device 1001 has no circuit '40'."),
        *refused(DEVICES_REFUSED),
        NoTariff,
        LinkDead,
    ),
}


def with_table(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document, told of the statement's other form: a response is declared with one."""
    if "/costs/statement" in document["paths"]:
        answer = document["paths"]["/costs/statement"]["get"]["responses"]["200"]
        answer["content"]["text/csv"] = {
            "schema": {"type": "string"},
            "examples": {
                "statement-example-2": {"summary": "The same with `format=csv`.", "value": ROWS}
            },
        }
    return document
