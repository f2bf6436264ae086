"""What happens to the gateway itself."""

from dataclasses import dataclass

from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageChanged(Event):
    """Another process has changed what is stored.

    Whoever remembers anything of it in memory forgets it now: this is the one place to hear so.
    """
