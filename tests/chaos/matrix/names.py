"""Host names of the simulated cloud, resolved in this process and forgotten at will."""

import socket
from dataclasses import dataclass, field
from typing import Any

import pytest

API_NAME = "api.emporia.test"
POOL_NAME = "cognito.emporia.test"


@dataclass(slots=True)
class Names:
    """Stands in front of the system's resolver for the two names."""

    lost: bool = False
    _known: tuple[str, ...] = field(default=(API_NAME, POOL_NAME))

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Answer for the names from here on; whoever connects asks anew."""
        ask_the_system = socket.getaddrinfo

        def resolve(host: Any, *rest: Any, **more: Any) -> Any:
            if host not in self._known:
                return ask_the_system(host, *rest, **more)
            if self.lost:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return ask_the_system("127.0.0.1", *rest, **more)

        patch.setattr(socket, "getaddrinfo", resolve)
