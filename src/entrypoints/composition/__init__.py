"""Puts the gateway together: the only place that names adapters."""

from entrypoints.composition.cloud import SimulatorOptions, demo_cloud_options, serve_simulator
from entrypoints.composition.container import Container, build_container, connect_listeners
from entrypoints.composition.database import migrate

__all__ = [
    "Container",
    "SimulatorOptions",
    "build_container",
    "connect_listeners",
    "demo_cloud_options",
    "migrate",
    "serve_simulator",
]
