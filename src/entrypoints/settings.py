"""What an operator can set: one frozen Settings object, each field with its limits and reason."""

from pathlib import Path
from typing import Any

from pydantic import Field, FiniteFloat
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from domain.accounts.sign_up import SignUp
from entrypoints.setting_kinds import (
    ClientId,
    Folder,
    Host,
    LogLevel,
    Origins,
    Proxies,
    SealingKeys,
    ServiceUrl,
    SignUps,
    TokenSecrets,
    UserPool,
)


class Settings(BaseSettings):
    """Each field is the setting of the same name in capitals; its description is the reason."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    host: Host = Field(default="127.0.0.1", description="The address the gateway listens on.")
    port: int = Field(default=3000, ge=0, le=65535, description="The port; 0 takes a free one.")
    data_dir: Folder = Field(
        default=Path("data"),
        description="Where the database is kept, and the generated secrets and sealing key.",
    )
    token_secrets: TokenSecrets = Field(
        default=(),
        repr=False,
        description="Sign access tokens: the first signs, all verify; empty generates one.",
    )
    token_lifetime_seconds: int = Field(
        default=3600, ge=1, le=2_592_000, description="How long an access token is good for."
    )
    login_lifetime_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="How long a login can be renewed without the password.",
    )
    sealing_keys: SealingKeys = Field(
        default=(),
        repr=False,
        description=(
            "Seal Emporia's tokens, as base64 of 32 bytes: the first seals, all open; "
            "empty generates one."
        ),
    )
    signup: SignUps = Field(default=SignUp.OPEN, description="Who signs up: open, closed or first.")
    password_min_length: int = Field(
        default=8, ge=1, le=1024, description="The fewest characters of a new password."
    )
    password_threads: int = Field(
        default=2, ge=1, le=64, description="How many passwords are hashed at once, 64 MiB each."
    )
    account_calls_per_minute: int = Field(
        default=60,
        ge=60,
        le=1_000_000,
        description="Sign-ups, logins, links and deletions one address may try a minute.",
    )
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
    history_max_buckets: int = Field(
        default=50_000,
        ge=1,
        le=1_000_000,
        description="The most buckets that one history answer holds.",
    )
    history_concurrency: int = Field(
        default=4, ge=1, le=32, description="How many windows of one history are fetched at once."
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
        default=1000, ge=1, le=1_000_000, description="How many streams one user may have open."
    )
    stream_message_limit_bytes: int = Field(
        default=16_384,
        ge=1024,
        le=1_048_576,
        description="The largest message taken from a client.",
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
        default=10,
        ge=0.1,
        le=300,
        description="How long the head of a request may take to arrive.",
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
    log_level: LogLevel = Field(
        default="info", description="The least that is logged: debug, info, warning or error."
    )

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # called with just these keywords
        cls, *_: Any, init_settings: PydanticBaseSettingsSource, **_others: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is passed alone: only `load_settings.py` reads the world outside.

        So Settings made for a test or for the demo never pick up a stray variable.
        """
        return (init_settings,)


def setting_name(field_name: str) -> str:
    """What operators call a field."""
    return field_name.upper()
