"""What travels over HTTP about second factors."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from application.accounts.second_factor.read import SecondFactorStatus
from application.accounts.second_factor.set_up import SetUp
from domain.instants import format_instant
from entrypoints.http.schemas.contract import Credentials, Filled, Instant

Code = Annotated[Filled, Meta(examples=["123456"])]
Password = Annotated[Filled, Meta(examples=["correct horse battery staple"])]


class Login(Credentials):
    """An email and a password, and a code of users who switched a second factor on.

    Anything at all is let by as `code`, for whoever has no second factor is not asked for one.
    """

    code: Annotated[Any, Meta(extra_json_schema={"type": "string", "examples": ["123456"]})] = None

    @property
    def typed_code(self) -> str | None:
        """The code, None for what can't be one."""
        return self.code if isinstance(self.code, str) else None


class PasswordAgain(Struct):
    """The password, unless it was given in the last ten minutes."""

    password: Password | None = None


class CodeAlone(Struct):
    """A code of the app."""

    code: Code


class PasswordAndCode(Struct):
    """A code of the app or a recovery code, and the password unless it was given lately."""

    code: Code
    password: Password | None = None


class NewSecret(Struct):
    """What an authenticator app is set up with."""

    secret: str
    uri: str


class SecondFactorBegun(Struct, rename="camel"):
    """The answer to somebody who begins to set a second factor up."""

    second_factor: NewSecret

    @classmethod
    def of(cls, set_up: SetUp) -> "SecondFactorBegun":
        """Show a secret this once."""
        return cls(NewSecret(secret=set_up.secret, uri=set_up.address))


class RecoveryCodes(Struct, rename="camel"):
    """Codes for when the app is lost, each good once."""

    recovery_codes: list[str]


class KnownSecondFactor(Struct, rename="camel"):
    """Whether logins ask for a code; `since` is null where they do not."""

    on: bool
    since: Instant | None
    recovery_codes_left: int


class SecondFactorShown(Struct, rename="camel"):
    """The answer to somebody who asks what they have."""

    second_factor: KnownSecondFactor

    @classmethod
    def of(cls, status: SecondFactorStatus) -> "SecondFactorShown":
        """Show what there is, without a secret."""
        since = status.since
        return cls(
            KnownSecondFactor(
                on=since is not None,
                since=None if since is None else format_instant(since),
                recovery_codes_left=status.recovery_codes_left,
            )
        )
