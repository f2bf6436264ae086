"""The kinds of lines that a bill can have."""

from enum import StrEnum


class LineKind(StrEnum):
    """What a line is for, in the order in which a bill has them."""

    ENERGY = "energy"
    ADJUSTMENT = "adjustment"
    DEMAND = "demand"
    FIXED = "fixed"
    CREDIT = "credit"
    MINIMUM = "minimum"
    PERCENTAGE = "percentage"
