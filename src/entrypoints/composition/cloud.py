"""The simulated cloud of the demo."""

from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.server import serve_simulator
from adapters.security.secrets_file import load_or_create
from entrypoints.settings import Settings

__all__ = ["SimulatorOptions", "demo_cloud_options", "serve_simulator"]


def demo_cloud_options(settings: Settings) -> SimulatorOptions:
    """A simulated cloud behind this gateway; links outlive a restart of both. Blocks."""
    return SimulatorOptions(
        pool_id=settings.emporia_user_pool_id,
        client_id=settings.emporia_client_id,
        refresh_token_key=load_or_create(settings.data_dir / "simulator-key"),
    )
