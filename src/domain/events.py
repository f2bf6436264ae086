"""What has happened, told to whoever wants to know. Each room says its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """The root; never told itself. Who listens to it hears everything."""
