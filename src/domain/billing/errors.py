"""What can go wrong with tariffs and costs."""

from domain.errors import DomainError, InvalidInput


class TariffUnacceptable(InvalidInput):
    """A tariff breaks a rule; the sentence names the field and what is allowed."""


class CurrencyUnknown(TariffUnacceptable):
    """The text is no currency code of ISO 4217's form."""


class CurrenciesDiffer(InvalidInput):
    """Amounts of two currencies can't be added."""

    sentence = "currency: amounts of different currencies can't be added."


class TariffUnknown(DomainError):
    """The user has no such tariff."""

    sentence = "There is no such tariff."


class TooManyTariffs(DomainError):
    """The user has as many tariffs as anybody may have."""

    sentence = "You have as many tariffs as one account may have; remove one first."


class NoTariff(DomainError):
    """The user has no tariff that is for the home."""

    sentence = "No tariff is for this home; add one that names its panel, or none at all."


class NoUtilityReadings(DomainError):
    """Nothing of the utility's is kept for the home."""

    sentence = (
        "Nothing of the utility's is kept for this home; send the file that it hands out, a Green "
        "Button file."
    )
