"""Everything a simulator can be started with; each has a default that behaves like the cloud."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from adapters.emporia_simulator.cognito.refresh_grants import KEY_BYTES
from adapters.emporia_simulator.controls.faults import Fault
from adapters.emporia_simulator.homes.energy.uplinks import SecondsMode

POOL_ID = "us-east-2_ghlOXVLi1"
CLIENT_ID = "4qte47jbstod8apnfic0bunmrq"
AWS_ISSUER = f"https://cognito-idp.us-east-2.amazonaws.com/{POOL_ID}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorOptions:
    """How a simulated cloud begins; most can be changed later over its control API."""

    pool_id: str = POOL_ID
    """The user pool's id, as clients know it."""
    client_id: str = CLIENT_ID
    """The one app client of the pool; others are unknown."""
    issuer: str | None = None
    """The `iss` of the tokens. None: the simulator's own URL and pool id, which is what clients
    with an endpoint of their own demand; `AWS_ISSUER` suits clients that insist on Amazon's."""
    token_lifetime_seconds: float = 3_600
    """How long id and access tokens are good for; rounded up to whole seconds."""
    refresh_token_lifetime_seconds: float = 30 * 86_400
    """How long a sign-in can be refreshed, counted from the sign-in; the length is Cognito's
    default, as Emporia's is not known."""
    refresh_token_key: bytes = field(
        default_factory=lambda: secrets.token_bytes(KEY_BYTES), repr=False
    )
    """32 bytes that seal the refresh tokens: whoever starts with the same takes them again."""
    failures_before_lockout: int = 5
    """Wrong passwords in a row before a user is locked out, as Cognito documents it."""
    lockout_seconds: float = 1.0
    """The first lock-out; each further failure doubles it, up to 15 minutes."""
    start: datetime | None = None
    """The moment the homes' time begins at; None follows the wall clock. Tokens never do."""
    speed: float = 1.0
    """How many of the homes' seconds pass in one of ours."""
    publication_delay_seconds: float = 0.0
    """How long after it happened energy shows up; the cloud takes 2 to 60 seconds."""
    seconds: SecondsMode = SecondsMode.LIVE
    """What becomes of the seconds of devices that were told nothing else."""
    noise: float = 0.0
    """The standard deviation of a second's energy, as a share of it; real clamps have some 0.004.
    Minutes have none of it."""
    empty_when_forgotten: bool = False
    """Answer a chart all of which is older than what is kept with an empty list, not with nulls.
    Assumed: nobody has told which of the two the cloud does."""
    accept_fixed_token: bool = False
    """Let `authtoken: simulator` in as the first customer, as PyEmVue's login_simulator sends."""
    neighbours: int = 0
    """How many more customers there are, each in a home like the first: `home1@example.com`, ..."""
    faults: tuple[Fault, ...] = ()
    """What goes wrong from the beginning."""
