"""What an operator can set about many nodes that serve one installation."""

from typing import Self

from pydantic import Field, FiniteFloat, model_validator

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

    @model_validator(mode="after")
    def _shares_what_nodes_share(self) -> Self:
        lacking = [
            name
            for name, value in (
                ("DATABASE_URL", self.database_url),
                ("TOKEN_SECRETS", self.token_secrets),
                ("SEALING_KEYS", self.sealing_keys),
            )
            if not value
        ]
        if self.nats_url and lacking:
            raise ValueError(
                "NATS_URL: many nodes share one PostgreSQL database, and what signs and seals; "
                f"set {', '.join(lacking)} too, to the same on all of them."
            )
        return self
