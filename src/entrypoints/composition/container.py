"""The one composition root: all rooms together, and who listens to whose events."""

from dependency_injector import providers

from entrypoints.composition.archive import Archive
from entrypoints.composition.operations import Operations
from entrypoints.settings import Settings


class Container(Operations, Archive):
    """Parts are made when first asked for; `resources` closes those that were, newest first.

    A room builds on the rooms it may know, so every part has one name in all of them. Put a fake
    behind a port with `container.<name>.override(providers.Object(fake))`.
    """


def build_container(settings: Settings) -> Container:
    """Everything the gateway is made of, nothing of it opened yet."""
    return Container(settings=providers.Object(settings))


def connect_listeners(container: Container) -> None:
    """Let every room hear the events that concern it; a room's listener is made here."""
    events = container.events()
    container.follow_accounts().listen(events)
    container.event_counts().listen(events)
    container.event_log().listen(events)
    container.wipe_erased().listen(events)
