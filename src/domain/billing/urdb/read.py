"""A rate of OpenEI's Utility Rate Database as a tariff, and what of it can't be one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.billing.errors import TariffUnacceptable
from domain.billing.money import Currency
from domain.billing.tariffs.charges import By, FixedCharge, MinimumBill
from domain.billing.tariffs.checks import LONGEST_NAME
from domain.billing.tariffs.tariff import Rates, Tariff
from domain.billing.urdb.demand import read_demand
from domain.billing.urdb.energy import read_energy, read_exports
from domain.billing.urdb.fields import FINEST, Object, day, number, text
from domain.billing.urdb.known_fields import DESCRIPTIVE, NOT_SUPPORTED, READ

MOST_FIELDS = 300
LONGEST_FIELD = 40
BEGINNING = date(1970, 1, 1)
CURRENCIES = {None: "USD", "USA": "USD", "CAN": "CAD", "MEX": "MXN"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTariff:
    """The tariff, and a sentence for each thing in the document that it does not have."""

    tariff: Tariff
    left_out: tuple[str, ...]


def read_urdb(document: Object) -> ReadTariff:
    """Read one rate, as the database's `items` hold them.

    A document of which `items` hold just one is that one. Raises TariffUnacceptable where a field
    that is read is not as it should be. What is not supported is named, never silently dropped.
    """
    items = document.get("items")
    if items is not None:
        if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], dict):
            raise TariffUnacceptable("items: give one rate.")
        document = items[0]
    if len(document) > MOST_FIELDS:
        raise TariffUnacceptable(f"A rate has {MOST_FIELDS} fields at most.")
    notes = _unread(document)
    energy = read_energy(document, notes)
    rates = Rates(
        since=_since(document, notes),
        energy=energy,
        demand=tuple(read_demand(document, notes)),
        fixed=tuple(_fixed(document)),
        minimum=_minimum(document),
        export=read_exports(document, energy, notes),
    )
    tariff = Tariff(name=_name(document), currency=_currency(document), rates=(rates,))
    return ReadTariff(tariff=tariff, left_out=tuple(_printable(note) for note in notes))


def _unread(document: Object) -> list[str]:
    """A sentence for each field with something in it that is neither read nor descriptive."""
    notes = []
    for field in sorted(document):
        if field in READ or field in DESCRIPTIVE or not _says_something(document[field]):
            continue
        reason = NOT_SUPPORTED.get(field, "the field is not known")
        notes.append(f"{field[:LONGEST_FIELD]}: left out ({reason}).")
    return notes


def _says_something(value: object, *, depth: int = 3) -> bool:
    """Zeros, empty lists and lists of these say nothing; what lies deep says something."""
    if isinstance(value, list) and depth:
        return any(_says_something(each, depth=depth - 1) for each in value[:MOST_FIELDS])
    return bool(value)


def _since(document: Object, notes: list[str]) -> date:
    since = day(document, "startdate")
    if since is None:
        notes.append("startdate: missing; the rates hold from the beginning.")
    return since or BEGINNING


def _fixed(document: Object) -> list[FixedCharge]:
    found = []
    amount, by = _amount(document, "fixedchargefirstmeter", "fixedchargeunits")
    if amount:
        found.append(FixedCharge("Fixed charge", amount, by))
    monthly = number(document, "fixedmonthlycharge")
    if monthly and not amount:
        found.append(FixedCharge("Fixed charge", monthly))
    return found


def _minimum(document: Object) -> MinimumBill | None:
    amount, by = _amount(document, "mincharge", "minchargeunits")
    monthly = number(document, "minmonthlycharge")
    if amount:
        return MinimumBill("Minimum charge", amount, by)
    return MinimumBill("Minimum charge", monthly) if monthly else None


def _amount(document: Object, field: str, unit_field: str) -> tuple[Decimal | None, By]:
    """A charge of a year is due by twelfths."""
    amount, unit = number(document, field), text(document, unit_field)
    if unit == "$/day":
        return amount, By.DAY
    if unit == "$/year" and amount is not None:
        return (amount / 12).quantize(FINEST), By.MONTH
    if unit in (None, "$/month"):
        return amount, By.MONTH
    if not amount:
        return None, By.MONTH
    raise TariffUnacceptable(f"{unit_field}: allowed are $/day, $/month and $/year.")


def _name(document: Object) -> str:
    parts = [text(document, "utility"), text(document, "name")]
    name = ", ".join(part for part in parts if part)
    return _printable(name)[:LONGEST_NAME] or "Imported rate"


def _printable(told: str) -> str:
    """What a stranger wrote goes to a terminal, too, which obeys what can't be printed."""
    return "".join(letter for letter in told if letter.isprintable())


def _currency(document: Object) -> Currency:
    country = text(document, "country")
    if country not in CURRENCIES:
        raise TariffUnacceptable("country: the currency is known of USA, CAN and MEX alone.")
    return Currency(CURRENCIES[country])
