"""Who can sign in is told in three places, and each tells the same."""

import re
from pathlib import Path

from adapters.emporia_simulator.homes import customers
from adapters.emporia_simulator.homes.customers import CUSTOMERS
from entrypoints.commands.people import HOME, MILL, SOLAR

OPERATIONS = Path(__file__).parents[4] / "docs/operations.md"
PASSWORDS = {customer.email: customer.password for customer in CUSTOMERS}


def rows(table: str) -> dict[str, str]:
    """E-mails and passwords of a table."""
    return dict(re.findall(r"^\| (\S+@\S+) \| (\S+) \|", table, re.MULTILINE))


def test_the_documentation_knows_every_customer() -> None:
    assert rows(OPERATIONS.read_text()) == PASSWORDS


def test_the_module_knows_every_customer() -> None:
    assert rows(str(customers.__doc__)) == PASSWORDS


def test_the_people_that_commands_name_are_customers() -> None:
    people = {person.email: person.password for person in (HOME, SOLAR, MILL)}
    assert people.items() <= PASSWORDS.items()
