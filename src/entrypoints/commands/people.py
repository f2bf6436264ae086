"""Who exists in the demo: one account of the gateway, and the simulated cloud's customers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose password everybody may know."""

    email: str
    password: str


DEMO = Person(email="demo@example.com", password="demo-password")  # noqa: S106  # public on purpose
HOME = Person(email="home@example.com", password="emporia-password")  # noqa: S106
SOLAR = Person(email="solar@example.com", password="solar-password")  # noqa: S106
MILL = Person(email="mill@example.com", password="mill-password")  # noqa: S106
