"""The first half of the settings: where the gateway is found, what it keeps, and who comes in."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from domain.accounts.sign_up import SignUp
from entrypoints.server_addresses import DatabaseUrl
from entrypoints.setting_kinds import (
    Folder,
    Host,
    Issuer,
    ProviderClient,
    SealingKeys,
    SignUps,
    TokenSecrets,
)
from entrypoints.setting_words import Switch


class AccessSettings(BaseModel):
    """What `Settings` goes on from; the order is that of `.env.example`."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    host: Host = Field(default="127.0.0.1", description="The address the gateway listens on.")
    port: int = Field(default=3000, ge=0, le=65535, description="The port; 0 takes a free one.")
    data_dir: Folder = Field(
        default=Path("data"),
        description="Where the database is kept, and the generated secrets and sealing key.",
    )
    database_url: DatabaseUrl = Field(
        default="",
        repr=False,
        description=(
            "A PostgreSQL database, postgresql+asyncpg://user:password@host/name; "
            "empty is SQLite in DATA_DIR."
        ),
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
    session_idle_minutes: int = Field(
        default=0,
        ge=0,
        le=525_600,
        description="How long a login may go unused; 0 is as long as it can be renewed.",
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
    oidc_issuer: Issuer = Field(
        default="", description="Whom people may sign in with, by OpenID Connect; empty is nobody."
    )
    oidc_client_id: ProviderClient = Field(
        default="", description="What the gateway is called there."
    )
    oidc_client_secret: str = Field(
        default="", repr=False, description="Its secret there; empty for a public client."
    )
    oidc_name: str = Field(
        default="OpenID Connect", description="What the page calls it: Sign in with ..."
    )
    oidc_signup: Switch = Field(
        default=False,
        description="Whether that makes new users, as far as SIGNUP lets them: on or off.",
    )
    tenant_required: Switch = Field(
        default=False, description="Whether only tenants' apps may let people in: on or off."
    )
    password_min_length: int = Field(
        default=8, ge=1, le=1024, description="The fewest characters of a new password."
    )
    password_blocklist: Switch = Field(
        default=False, description="Whether new passwords must not be common ones: on or off."
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
    audit_days: int = Field(
        default=180,
        ge=0,
        le=3650,
        description="How long is kept what happened to accounts; 0 keeps nothing.",
    )
