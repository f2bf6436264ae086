"""What an operator can set: one frozen Settings object, each field with its limits and reason."""

from typing import Self

from pydantic import Field, FiniteFloat, model_validator

from entrypoints.archive_settings import ArchiveSettings
from entrypoints.setting_kinds import (
    CertificateFiles,
    ClientId,
    Host,
    HostNames,
    LogFormat,
    LogLevel,
    Origins,
    Proxies,
    ServiceUrl,
    UserPool,
    are_on_one_address,
)
from entrypoints.setting_words import Allowance, Switch


class Settings(ArchiveSettings):
    """Each field is the setting of the same name in capitals; its description is the reason.

    Only `load_settings.py` reads the world outside, so that Settings made for a test or for the
    demo never pick up a stray variable.
    """

    cors_origins: Origins = Field(
        default=(), description="Web pages of other origins that may call the API; empty is none."
    )
    body_limit_bytes: int = Field(
        default=65_536, ge=1024, le=10_485_760, description="The largest request body that is read."
    )
    trusted_proxies: Proxies = Field(
        default=("127.0.0.1", "::1"), description="Whose X-Forwarded-* counts; empty is nobody's."
    )
    hsts_seconds: int = Field(
        default=2_592_000, ge=0, le=63_072_000, description="How long TLS is kept to; 0: not told."
    )
    emporia_api_url: ServiceUrl = Field(
        default="https://api.emporiaenergy.com", description="Emporia's device API."
    )
    emporia_cognito_url: ServiceUrl = Field(
        default="https://cognito-idp.us-east-2.amazonaws.com", description="Where Emporia signs in."
    )
    emporia_user_pool_id: UserPool = Field(
        default="us-east-2_ghlOXVLi1", description="The user pool that knows Emporia's customers."
    )
    emporia_client_id: ClientId = Field(
        default="4qte47jbstod8apnfic0bunmrq", description="The app that the gateway signs in as."
    )
    emporia_ca_files: CertificateFiles = Field(
        default=(), description="PEM files of authorities trusted beside the usual; empty is none."
    )
    emporia_connect_timeout_seconds: FiniteFloat = Field(
        default=5, ge=0.1, le=120, description="How long connecting to Emporia may take."
    )
    emporia_read_timeout_seconds: FiniteFloat = Field(
        default=10, ge=0.1, le=120, description="How long Emporia may be silent in an answer."
    )
    emporia_total_timeout_seconds: FiniteFloat = Field(
        default=20, ge=0.1, le=300, description="How long a call to Emporia may take in all."
    )
    emporia_daily_requests: int = Field(
        default=2000,
        ge=0,
        le=10_000_000,
        description="Requests a day for one Emporia account, as Emporia asks; 0 is no limit.",
    )
    emporia_link_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="How long Emporia takes a link after its sign-in, as far as is known.",
    )
    emporia_keep_password: Allowance = Field(
        default=False,
        description="Whether users may let their Emporia password be kept, sealed: allow or off.",
    )
    stream_auth_timeout_seconds: FiniteFloat = Field(
        default=10,
        ge=0.1,
        le=300,
        description="How long a socket may wait before it authenticates.",
    )
    stream_stuck_timeout_seconds: FiniteFloat = Field(
        default=30,
        ge=0.1,
        le=3600,
        description="How long a socket may leave its frames unread before it is closed.",
    )
    stream_sockets_per_user: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="How many streams one user may have open, and each API key.",
    )
    stream_message_limit_bytes: int = Field(
        default=16_384,
        ge=1024,
        le=1_048_576,
        description="The largest message taken from a client.",
    )
    replay: Switch = Field(
        default=False,
        description="True seconds a minute late, for 1,440 requests a day: on or off.",
    )
    connections: int = Field(
        default=20_000,
        ge=10,
        le=1_000_000,
        description="How many connections are held at once; open files may allow fewer.",
    )
    connections_per_address: int = Field(
        default=1000,
        ge=1,
        le=1_000_000,
        description="How many of them one address may hold; a trusted proxy may hold all.",
    )
    request_head_timeout_seconds: FiniteFloat = Field(
        default=10, ge=0.1, le=300, description="How long the head of a request may take to arrive."
    )
    request_body_timeout_seconds: FiniteFloat = Field(
        default=20,
        ge=0.1,
        le=3600,
        description="How long a body may take to arrive; each KiB of it earns a second more.",
    )
    shutdown_grace_seconds: FiniteFloat = Field(
        default=5, ge=2, le=300, description="How long stopping may take before it is forced."
    )
    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65_535,
        description="The port of figures for Prometheus, at /metrics; 0 is none.",
    )
    metrics_host: Host = Field(
        default="127.0.0.1", description="The address that figures are served on."
    )
    metrics_names: HostNames = Field(
        default=(),
        description="Host names they are asked for under, beside METRICS_HOST, localhost and IPs.",
    )
    log_level: LogLevel = Field(
        default="info", description="The least that is logged: debug, info, warning or error."
    )
    log_format: LogFormat = Field(
        default="console", description="How lines of the log look: console or json."
    )

    @model_validator(mode="after")
    def _has_a_port_for_figures(self) -> Self:
        is_taken = self.metrics_port == self.port != 0
        if is_taken and are_on_one_address(self.host, self.metrics_host):
            raise ValueError(
                f"METRICS_PORT: {self.metrics_port} is PORT already; figures need a port, or by "
                "METRICS_HOST an address, of their own."
            )
        return self


def setting_name(field_name: str) -> str:
    """What operators call a field."""
    return field_name.upper()
