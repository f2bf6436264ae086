"""The library's client, where it gives up or gives in sooner than a node may."""

from typing import Any

from nats.aio.client import Client
from nats.errors import Error, SecureConnWantedError

HARMLESS = "permissions violation"
"""What the server says of one subject alone; the connection stays."""


class LastingClient(Client):
    """Comes back whatever the server sent it away for, and keeps to TLS where it was told so.

    The library closes for good at most errors that the server tells; a token that is changed there
    and changed back, for one, would leave a node without the others until it is started again.
    Of `tls://` it makes TLS only where the server asks for it.
    """

    is_refused_tls = False
    """Whether a server that was to be talked to by TLS offered none, the last time."""

    async def _process_err(self, err_msg: str) -> None:
        if HARMLESS in err_msg.lower():
            await super()._process_err(err_msg)
        else:
            await self._process_op_err(Error(f"nats: {err_msg}"))

    async def _process_info(self, info: dict[str, Any], initial_connection: bool = False) -> None:
        server = self._current_server
        if initial_connection and server is not None and server.uri.scheme == "tls":
            # Before anything is said: the token would be the first thing in the clear.
            self.is_refused_tls = not info.get("tls_required")
            if self.is_refused_tls:
                raise SecureConnWantedError
        await super()._process_info(info, initial_connection)
