"""What an operator can set about many nodes that serve one installation."""

from pydantic import Field, FiniteFloat

from entrypoints.access_settings import AccessSettings
from entrypoints.server_addresses import NatsServers


class ClusterSettings(AccessSettings):
    """How the nodes find each other; without a server of NATS there is one node."""

    nats_url: NatsServers = Field(
        default=(),
        repr=False,
        description="Servers of NATS that join the nodes, such as nats://host:4222; empty is none.",
    )
    nats_token: str = Field(
        default="", repr=False, description="The token that NATS asks for; empty is none."
    )
    cluster_blind_seconds: FiniteFloat = Field(
        default=30,
        ge=1,
        le=3600,
        description="Away from both NATS and PostgreSQL for so long, a node serves nobody.",
    )
    lease_seconds: FiniteFloat = Field(
        default=3,
        ge=1,
        le=60,
        description="After how long a silent node's accounts go to another; all nodes agree on it.",
    )
