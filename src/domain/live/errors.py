"""Why nobody gets the true seconds of a panel."""

from domain.errors import DomainError


class ReplayRefused(DomainError):
    """The seconds of a panel are not to be had; never raised itself."""


class ReplayOff(ReplayRefused):
    """The operator does not offer it."""

    sentence = "mode: whoever runs this gateway does not offer true seconds (REPLAY is off)."


class ReplayOverBudget(ReplayRefused):
    """The account's budget can't carry a request a minute beside what its streams take."""

    sentence = (
        "mode: true seconds take 1,440 requests to Emporia a day, more than the account's budget "
        "leaves beside its other streams."
    )


class ReplayWithoutPanel(ReplayRefused):
    """The account has no panel whose mains could be shown."""

    sentence = "mode: the linked Emporia account has no panel to show the seconds of."
