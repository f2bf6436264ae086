"""What `cluster status` looks at."""

from application.ports.cluster_seen import ClusterSeen
from entrypoints.settings import Settings


class NoCluster(Exception):
    """There is nothing to look at; the sentence says why."""

    def __init__(self) -> None:
        super().__init__("NATS_URL is not set: the gateway is one node, and holds every account.")


async def look_at_cluster(settings: Settings) -> ClusterSeen:
    """The nodes, and who holds what; raises NoCluster, NatsAway or NoJetStream."""
    if not settings.nats_url:
        raise NoCluster
    from adapters.nats.cluster_view import look

    return await look(settings.nats_url, token=settings.nats_token)
