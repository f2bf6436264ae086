"""Puts the gateway together: the only place that names adapters."""

from importlib import import_module
from typing import TYPE_CHECKING

from entrypoints.composition.container import (
    Container,
    build_container,
    connect_listeners,
    join_cluster,
    leave_cluster,
)
from entrypoints.composition.storage.database import (
    alone,
    has_database,
    lack_of_database,
    migrate,
    place,
    prepare,
)

if TYPE_CHECKING:
    from entrypoints.composition.cloud import (
        FAULT_KINDS,
        FAULT_NAMES,
        SimulatorOptions,
        demo_cloud_options,
        serve_simulator,
    )
    from entrypoints.composition.cluster_view import look_at_cluster
    from entrypoints.composition.storage.backup import (
        Seal,
        alone_at_once,
        back_up,
        gateway_runs,
        look_through,
        look_through_archive,
        restore,
    )
    from entrypoints.composition.storage.export import (
        account_of,
        export_to,
        link_of,
        only_account,
    )
    from entrypoints.composition.storage.import_ import import_from, only_linked

__all__ = [
    "FAULT_KINDS",
    "FAULT_NAMES",
    "Container",
    "Seal",
    "SimulatorOptions",
    "account_of",
    "alone",
    "alone_at_once",
    "back_up",
    "build_container",
    "connect_listeners",
    "demo_cloud_options",
    "export_to",
    "gateway_runs",
    "has_database",
    "import_from",
    "join_cluster",
    "lack_of_database",
    "leave_cluster",
    "link_of",
    "look_at_cluster",
    "look_through",
    "look_through_archive",
    "migrate",
    "only_account",
    "only_linked",
    "place",
    "prepare",
    "restore",
    "serve_simulator",
]

BACKUP = (
    "Seal",
    "alone_at_once",
    "back_up",
    "gateway_runs",
    "look_through",
    "look_through_archive",
    "restore",
)
EXPORT = ("account_of", "export_to", "link_of", "only_account")
IMPORT = ("import_from", "only_linked")
MODULES = {
    "look_at_cluster": "cluster_view",
    **dict.fromkeys(BACKUP, "storage.backup"),
    **dict.fromkeys(EXPORT, "storage.export"),
    **dict.fromkeys(IMPORT, "storage.import_"),
}


def __getattr__(name: str) -> object:
    """Load what only some commands need when one of them asks: `serve` starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{MODULES.get(name, 'cloud')}"), name)
