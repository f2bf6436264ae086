"""What every room stands on: settings, time, chance, events, seals and the database."""

from dependency_injector import containers, providers

from adapters.memory.events import InProcessEvents
from adapters.security.sealing import AesGcmSecretBox
from adapters.system.clock import SystemClock
from adapters.system.randomness import SystemRandomness
from entrypoints.composition import cluster
from entrypoints.composition.resources import Resources
from entrypoints.composition.storage import chosen
from entrypoints.composition.storage.secrets import sealing_keys
from entrypoints.settings import Settings


class Platform(containers.DeclarativeContainer):
    """The parts that no room owns."""

    settings = providers.Dependency(instance_of=Settings)
    resources = providers.Singleton(Resources)

    node_id = providers.Singleton(cluster.new_node_id)
    nats = providers.Singleton(cluster.nats_connection, resources, settings, node_id)
    """The connection that `join_cluster` opens; None where no server is named."""
    vitals = providers.Singleton(cluster.Vitals)

    clock = providers.Singleton(SystemClock)
    randomness = providers.Singleton(SystemRandomness)
    events = providers.Singleton(InProcessEvents)
    engine = providers.Singleton(chosen.engine, resources, settings)
    secret_box = providers.Singleton(AesGcmSecretBox, providers.Callable(sealing_keys, settings))

    fences = providers.Singleton(chosen.fences, settings, engine, node_id)
    lease_bucket = providers.Singleton(cluster.lease_bucket, nats, settings, node_id, clock)
    leases = providers.Singleton(cluster.leases, resources, lease_bucket, fences, clock, vitals)
    nodes = providers.Singleton(
        cluster.nodes,
        nats,
        settings,
        node_id,
        clock,
        vitals,
    )
    renewal_turns = providers.Singleton(cluster.renewal_turns, lease_bucket)
