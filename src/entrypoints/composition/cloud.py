"""The simulated cloud of the demo."""

from contextlib import AbstractAsyncContextManager
from dataclasses import fields
from typing import TYPE_CHECKING

from adapters.emporia_simulator.controls.faults import Fault, FaultKind
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.security.secrets_file import load_or_create
from entrypoints.settings import Settings

__all__ = [
    "FAULT_KINDS",
    "FAULT_NAMES",
    "SimulatorOptions",
    "demo_cloud_options",
    "serve_simulator",
]

FAULT_KINDS = tuple(map(str, FaultKind))
FAULT_NAMES = tuple(field.name for field in fields(Fault) if field.name != "kind")


if TYPE_CHECKING:
    from adapters.emporia_simulator.server import RunningSimulator


def serve_simulator(
    options: SimulatorOptions, *, host: str = "127.0.0.1", port: int = 0
) -> "AbstractAsyncContextManager[RunningSimulator]":
    """Serve a simulated cloud while entered; port 0 is any free one.

    Loaded here, for a gateway in service has no use for it.
    """
    from adapters.emporia_simulator.server import serve_simulator as serve

    return serve(options, host=host, port=port)


def demo_cloud_options(settings: Settings) -> SimulatorOptions:
    """A simulated cloud behind this gateway; links outlive a restart of both. Blocks."""
    return SimulatorOptions(
        pool_id=settings.emporia_user_pool_id,
        client_id=settings.emporia_client_id,
        refresh_token_key=load_or_create(settings.data_dir / "simulator-key"),
    )
