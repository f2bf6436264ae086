"""Which events leave a line in the trail, and what it says: one line here for each kind.

Details name what of the event is told, as text. No secret, no email and no whole address may be
among it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.accounts.callers.actors import GATEWAY, Actor
from domain.accounts.events import (
    IdentityJoined,
    IdentityLeft,
    KeyMade,
    KeyRevoked,
    LoginEnded,
    OtherLoginsEnded,
    PasswordChanged,
    PasswordRefused,
    PasswordWasReset,
    RecoveryCodesRenewed,
    RecoveryCodeUsed,
    SecondFactorRefused,
    SecondFactorSwitchedOff,
    SecondFactorSwitchedOn,
    SignedIn,
    SignInRefused,
    UserRegistered,
    UserRemoved,
)
from domain.accounts.trail import (
    ACCOUNT_DELETED,
    PROOF_FAILED,
    SECOND_FACTOR_FAILED,
    SIGN_IN_FAILED,
    TrailLine,
)
from domain.archive.events import FiguresImported, RecordingChosen
from domain.emporia.events import (
    EmporiaPasswordForgotten,
    EmporiaPasswordKept,
    LinkDied,
    LinkMade,
    LinkRemoved,
    LinkRenewed,
)
from domain.events import Event


@dataclass(frozen=True, slots=True)
class Told:
    """How an event is told; `details` are names of its fields by what they are called here.

    `by` is who did it where the event does not say; one that says None is told by another process.
    Nothing is told where the field `only_with` is zero: what can be done again and again without
    doing anything must not push out what else is told.
    """

    kind: str
    details: Mapping[str, str] = field(default_factory=dict)
    by: Actor | None = None
    only_with: str | None = None


TOLD: Mapping[type[Event], Told] = {
    UserRegistered: Told("account_opened"),
    SignedIn: Told("signed_in"),
    SignInRefused: Told(SIGN_IN_FAILED),
    PasswordRefused: Told(PROOF_FAILED),
    LoginEnded: Told("session_ended", {"session": "session_name", "reason": "reason"}),
    OtherLoginsEnded: Told("other_sessions_ended", {"sessions": "ended"}, only_with="ended"),
    PasswordChanged: Told("password_changed"),
    PasswordWasReset: Told("password_reset"),
    SecondFactorSwitchedOn: Told("second_factor_on"),
    SecondFactorSwitchedOff: Told("second_factor_off"),
    SecondFactorRefused: Told(SECOND_FACTOR_FAILED),
    RecoveryCodeUsed: Told("recovery_code_used"),
    RecoveryCodesRenewed: Told("recovery_codes_renewed"),
    IdentityJoined: Told("identity_joined"),
    IdentityLeft: Told("identity_left"),
    KeyMade: Told("key_made", {"key": "name"}),
    KeyRevoked: Told("key_revoked", {"key": "name"}),
    LinkMade: Told("link_made", {"account": "account"}),
    LinkRemoved: Told("link_removed", {"account": "account"}),
    LinkRenewed: Told("link_renewed", {"account": "account"}, by=GATEWAY),
    EmporiaPasswordKept: Told("emporia_password_kept", {"account": "account"}),
    EmporiaPasswordForgotten: Told(
        "emporia_password_forgotten", {"account": "account"}, by=GATEWAY
    ),
    LinkDied: Told("link_died", {"account": "account"}, by=GATEWAY),
    RecordingChosen: Told("recording_chosen", {"minutes": "minutes", "seconds": "seconds"}),
    FiguresImported: Told(
        "figures_imported", {"account": "account", "buckets": "buckets"}, only_with="buckets"
    ),
    UserRemoved: Told(ACCOUNT_DELETED),
}


def line_of(event: Any, *, at: datetime) -> TrailLine | None:
    """The line of an event that happened then (UTC); None for what leaves none."""
    told = TOLD[type(event)]
    by: Actor | None = told.by or event.by
    if by is None or (told.only_with is not None and not getattr(event, told.only_with)):
        return None
    if told.kind == ACCOUNT_DELETED:
        return TrailLine(user_id=None, at=at, kind=told.kind, by=by.name)
    if event.user_id is None:  # a sign-in with an email that nobody has
        return None
    details = {name: str(getattr(event, of)) for name, of in told.details.items()}
    details["address"] = by.address_prefix
    return TrailLine(
        user_id=event.user_id,
        at=at,
        kind=told.kind,
        by=by.name,
        detail={name: text for name, text in details.items() if text},
    )
