"""What happens to what billing keeps."""

from dataclasses import dataclass

from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UtilityReadingsErased(Event):
    """Some of the utility's readings are gone, of a home or of an account."""
