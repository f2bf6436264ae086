"""Puts the gateway together: the only place that names adapters."""

from entrypoints.composition.cloud import (
    FAULT_KINDS,
    FAULT_NAMES,
    SimulatorOptions,
    demo_cloud_options,
    serve_simulator,
)
from entrypoints.composition.container import Container, build_container, connect_listeners
from entrypoints.composition.database import has_database, migrate

__all__ = [
    "FAULT_KINDS",
    "FAULT_NAMES",
    "Container",
    "SimulatorOptions",
    "build_container",
    "connect_listeners",
    "demo_cloud_options",
    "has_database",
    "migrate",
    "serve_simulator",
]
