"""Every way in which Emporia's cloud can be down, to be tried one after the other."""

from domain.errors import (
    EmporiaThrottled,
    EmporiaTimedOut,
    EmporiaTokenRefused,
    EmporiaUnavailable,
    EmporiaUnreadable,
)

OUTAGES = (
    EmporiaUnavailable(),
    EmporiaThrottled(),
    EmporiaTimedOut(),
    EmporiaUnreadable(),
    EmporiaTokenRefused(),
)


def kind_of(failure: Exception) -> str:
    """Names a case of a parametrized test."""
    return type(failure).__name__
