"""Litestar with no more loaded than is used."""

from litestar import Litestar
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
