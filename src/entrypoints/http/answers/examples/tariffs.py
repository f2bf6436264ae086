"""What the routes of tariffs answer."""

from domain.billing.errors import TariffUnacceptable, TariffUnknown, TooManyTariffs
from entrypoints.failures.codes import REQUEST_UNREADABLE
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, BODY, CHANGING, failures, success
from entrypoints.http.answers.refusals import TARIFF_UNREADABLE, URDB_UNREADABLE
from entrypoints.http.schemas import tariffs as schemas

_TARIFF = {
    "id": "8a4f7c36-2a0a-4c0e-9d0b-0f5c8f1e2d3c",
    "createdAt": "2026-03-01T12:00:00Z",
    "updatedAt": "2026-03-01T12:00:00Z",
    "tariff": {
        "name": "Flat with a meter",
        "currency": "USD",
        "rates": [
            {
                "since": "2025-01-01",
                "energy": {
                    "periods": [
                        {"name": "Energy", "tiers": [{"price": "0.1342", "upToKwh": None}]}
                    ],
                    "schedule": None,
                    "tiersBy": "bill",
                    "limitsPer": "period",
                },
                "adjustments": [],
                "demand": [],
                "fixed": [{"name": "Customer charge", "amount": "14.50", "by": "month"}],
                "netMetering": None,
                "netBilling": None,
                "minimum": None,
                "percentages": [],
            }
        ],
        "billingDay": None,
        "holidays": None,
        "panels": [1001],
    },
}
_UNACCEPTABLE = OF_ERRORS[TariffUnacceptable].saying(
    "tiers: each has a higher limit (upToKwh) than the one before, and only the last has none."
)
_LEFT_OUT = ["demandratchetpercentage: left out (a demand of earlier months)."]

LIST_TARIFFS = {
    **success(200, schemas.TariffList, "The tariffs.", example={"tariffs": [_TARIFF]}),
    **failures(*ACCESS),
}
ADD_TARIFF = {
    **success(201, schemas.KnownTariff, "The tariff is kept.", example=_TARIFF),
    **failures(*ACCESS, *CHANGING, *BODY, TARIFF_UNREADABLE, _UNACCEPTABLE, TooManyTariffs),
}
IMPORT_TARIFF = {
    **success(
        200,
        schemas.PreviewedTariff,
        "The tariff would be kept.",
        example={"tariff": _TARIFF["tariff"], "leftOut": _LEFT_OUT},
    ),
    **success(
        201,
        schemas.ImportedTariff,
        "The tariff is kept.",
        example={"tariff": _TARIFF, "leftOut": _LEFT_OUT},
    ),
    **failures(
        *ACCESS,
        *CHANGING,
        *BODY,
        URDB_UNREADABLE,
        OF_ERRORS[TariffUnacceptable].saying(
            "energyratestructure: a tariff has a price for energy."
        ),
        TooManyTariffs,
    ),
}
CHANGE_TARIFF = {
    **success(200, schemas.KnownTariff, "The tariff is changed.", example=_TARIFF),
    **failures(*ACCESS, *CHANGING, *BODY, TARIFF_UNREADABLE, _UNACCEPTABLE, TariffUnknown),
}
REMOVE_TARIFF = failures(*ACCESS, *CHANGING, REQUEST_UNREADABLE, TariffUnknown)
