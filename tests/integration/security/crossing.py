"""Every endpoint with what belongs to somebody else in each place where something can be named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

UUID_OF_NOBODY = "12345678-90ab-4cde-8f01-234567890abc"
RANGE = {"start": "2026-03-01T00:00:00Z", "end": "2026-03-01T02:00:00Z"}
SERIES = {"scale": "1H", "energyUnit": "KilowattHours"}


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a call names: a device and channel, a session, a key, an account, an Emporia account."""

    gid: str
    channel: str
    session: str
    key: str
    email: str
    emporia: str

    def invented(self) -> "Named":
        """The same of nobody, of the same length."""
        return Named(
            gid="9" * len(self.gid),
            channel="".join("9" if each.isdigit() else each for each in self.channel),
            session=UUID_OF_NOBODY,
            key=UUID_OF_NOBODY,
            email="x" + self.email[1:],
            emporia="x" + self.emporia[1:],
        )

    def blanked(self, text: str) -> str:
        """The text without what was named: a failure may repeat what its caller said."""
        for name in (self.gid, self.session, self.key, self.email, self.emporia):
            text = text.replace(name, "...")
        return text.replace(f"'{self.channel}'", "...")


TARIFF = {
    "name": "a",
    "currency": "USD",
    "rates": [
        {
            "since": "2025-01-01",
            "energy": {"periods": [{"name": "a", "tiers": [{"price": "1"}]}]},
        }
    ],
}

Call = Callable[[Named], dict[str, Any]]


def _nothing(_: Named) -> dict[str, Any]:
    return {}


def _now() -> dict[str, str]:
    scale = {"scale": "1MIN", "energyUnit": "KilowattHours"}
    return {"instant": datetime.now(UTC).isoformat(), **scale}


def _wrong_password(**more: str) -> dict[str, Any]:
    return {"json": {"password": "a wrong horse", **more}}


ROWS: Mapping[tuple[str, str], Call] = {
    ("POST", "/signup"): lambda _: {"json": {"email": "no address", "password": "correct horse"}},
    ("POST", "/login"): lambda named: _wrong_password(email=named.email),
    ("GET", "/me"): _nothing,
    ("DELETE", "/me"): lambda _: _wrong_password(),
    ("POST", "/token"): _nothing,
    ("POST", "/logout"): _nothing,
    ("GET", "/auth/oidc"): _nothing,
    ("GET", "/auth/oidc/start"): _nothing,
    ("GET", "/auth/oidc/callback"): lambda named: {"params": {"code": "x", "state": named.key}},
    ("POST", "/auth/oidc/token"): lambda named: {"json": {"code": named.key}},
    ("GET", "/me/sessions"): _nothing,
    ("DELETE", "/me/sessions"): _nothing,
    ("DELETE", "/me/sessions/{session_id}"): _nothing,
    ("POST", "/me/password"): lambda _: _wrong_password(newPassword="incorrect zebra"),
    ("GET", "/me/keys"): _nothing,
    ("POST", "/me/keys"): lambda named: {
        "json": {
            "name": "a key",
            "scopes": ["read"],
            "devices": [int(named.gid)],
            "channels": [{"deviceGid": int(named.gid), "channel": named.channel}],
        }
    },
    ("DELETE", "/me/keys/{key_id}"): _nothing,
    ("GET", "/me/tariffs"): _nothing,
    ("POST", "/me/tariffs"): lambda named: {"json": {"name": "a", "panels": [int(named.gid)]}},
    ("POST", "/me/tariffs/import"): lambda _: {"json": {"name": "a"}},
    ("PUT", "/me/tariffs/{tariff_id}"): lambda _: {"json": TARIFF},
    ("DELETE", "/me/tariffs/{tariff_id}"): _nothing,
    ("GET", "/me/currency"): _nothing,
    ("PUT", "/me/currency"): lambda _: {"json": {"currency": "usd"}},
    ("GET", "/me/events"): _nothing,
    ("GET", "/me/second-factor"): _nothing,
    ("POST", "/me/second-factor"): lambda _: _wrong_password(),
    ("DELETE", "/me/second-factor"): lambda _: _wrong_password(code="000000"),
    ("POST", "/me/second-factor/confirm"): lambda _: {"json": {"code": "000000"}},
    ("POST", "/me/second-factor/recovery-codes"): lambda _: _wrong_password(code="000000"),
    ("GET", "/me/identities"): _nothing,
    ("POST", "/me/identities/oidc/start"): lambda _: _wrong_password(),
    ("DELETE", "/me/identities/oidc"): lambda _: _wrong_password(),
    ("POST", "/emporia-auth"): lambda named: {
        "json": {"emporiaUsername": named.emporia, "emporiaPassword": "a wrong password"}
    },
    ("DELETE", "/emporia-auth"): _nothing,
    ("GET", "/me/link"): _nothing,
    ("GET", "/me/budget"): _nothing,
    ("GET", "/devices"): _nothing,
    ("GET", "/devices/instant"): lambda named: {"params": {"devices": named.gid, **_now()}},
    ("GET", "/devices/stream"): lambda named: {"params": {"devices": named.gid}},
    ("GET", "/devices/{deviceGid}/history"): lambda named: {
        "params": {"channels": named.channel, **RANGE, **SERIES}
    },
    ("GET", "/export"): lambda named: {
        "params": {"series": f"{named.gid}:{named.channel}", "scale": "1H", **RANGE}
    },
    ("GET", "/import"): _nothing,
    ("GET", "/import/{import_id}"): _nothing,
    ("POST", "/import"): lambda named: {
        "params": {"device": named.gid, "column": f"A={named.gid}:{named.channel}"},
        "content": b"Time Bucket (UTC),A (kWatts)",
    },
    ("GET", "/history"): lambda named: {
        "params": {"series": f"{named.gid}:{named.channel}", **RANGE, **SERIES}
    },
    ("GET", "/flows"): lambda named: {"params": {"home": named.gid, "scale": "1H", **RANGE}},
    ("GET", "/archive"): _nothing,
    ("GET", "/archive/coverage"): lambda named: {
        "params": {"series": f"{named.gid}:{named.channel}"}
    },
    ("GET", "/costs"): lambda named: {"params": {"home": named.gid, **RANGE}},
    ("GET", "/costs/statement"): lambda named: {
        "params": {"home": named.gid, "series": f"{named.gid}:{named.channel}", "month": "2026-03"}
    },
    ("GET", "/utility"): lambda named: {"params": {"home": named.gid}},
    ("POST", "/utility"): lambda named: {"params": {"home": named.gid}, "content": b"<feed/>"},
    ("DELETE", "/utility"): lambda named: {"params": {"home": named.gid}},
    ("GET", "/me/recorder"): _nothing,
    ("PUT", "/me/recorder"): lambda _: {"json": {"seconds": "off"}},
    ("GET", "/health/live"): _nothing,
    ("GET", "/health/ready"): _nothing,
}
"""What is sent to each operation of the OpenAPI document. One without a row fails the test.

`POST /signup` tells that an email is taken, which its contract says; nothing else is named there.
"""


def path_of(path: str, named: Named) -> str:
    """The path with what is named in it."""
    return path.format(
        deviceGid=named.gid,
        session_id=named.session,
        key_id=named.key,
        import_id=named.key,
        tariff_id=named.key,
    )


def own_but(named: Named, **other: str) -> Named:
    """The same, but for this."""
    return replace(named, **other)
