"""Litestar with no more loaded than is used."""

from typing import Any, Self

from litestar import Litestar
from litestar.events import BaseEventEmitterBackend
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin


class Application(Litestar):
    """Bodies and answers are msgspec's: what Litestar knows of pydantic and attrs stays unloaded.

    It looks for both by itself, and for pydantic's sake loads two generations of it: a twelfth of
    a start.
    """

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


class NoEvents(BaseEventEmitterBackend):
    """Events have a port of their own; Litestar's would take two tasks and anyio for nobody."""

    async def __aenter__(self) -> Self:
        """Begin nothing."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End nothing."""

    def emit(self, event_id: str, *_: Any, **__: Any) -> None:
        """Raise NotImplementedError: nobody listens."""
        raise NotImplementedError(event_id)
