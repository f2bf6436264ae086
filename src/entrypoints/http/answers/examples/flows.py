"""What the routes of flows answer."""

from domain.errors import InvalidInput, LinkDead
from entrypoints.failures.of_errors import OF_ERRORS
from entrypoints.http.answers.described import ACCESS, CLOUD, failures, refused, success
from entrypoints.http.answers.refusals import HISTORY_REFUSED, RANGE_MISSING, RANGE_UNREADABLE
from entrypoints.http.schemas import flows as flow_schemas

READ_FLOWS = {
    **success(
        200,
        flow_schemas.HomeFlows,
        "The flows of the home, by bucket.",
        example={
            "home": 1001,
            "name": "Main Panel",
            "firstUsageInstant": "2026-03-01T00:00:00Z",
            "scale": "1H",
            "energyUnit": "KilowattHours",
            "flows": {
                "import": [0.512, 0.0],
                "export": [0.0, 1.25],
                "generation": [0.0, 2.5],
                "selfUse": [0.0, 1.25],
                "batteryIn": [0.0, 0.75],
                "batteryOut": [0.0, 0.0],
                "consumption": [0.512, 0.5],
            },
            "quality": [["measured", 2]],
            "coverage": 1.0,
        },
    ),
    **failures(
        *ACCESS,
        *CLOUD,
        RANGE_MISSING,
        OF_ERRORS[InvalidInput].saying(RANGE_UNREADABLE),
        OF_ERRORS[InvalidInput].saying("home: name a home by its panel's gid, one of 1001 (Home)."),
        *refused(HISTORY_REFUSED),
        LinkDead,
    ),
}
