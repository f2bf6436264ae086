"""Everything that can go wrong, in words a person can act on.

DomainError
├── InvalidInput                    a value that breaks a rule; the sentence names it
│   ├── EmailInvalid                no email address
│   ├── PasswordUnacceptable        a password that nobody may choose
│   ├── UnknownDevice               a device that is not of the linked Emporia account
│   └── UnknownSeries               a combination of channels that Emporia does not know
├── EmailTaken                      somebody signed up with this address before
├── SignUpClosed                    strangers may not open accounts, or no longer
├── WrongCredentials                email or password do not fit; which one is not told
├── AccessTokenInvalid              malformed, forged, expired or revoked
├── UserNotFound                    a good token, but the account is gone
├── TooManyStreams                  this user has as many sockets open as are allowed
├── NotLinked                       the user has no Emporia account linked
├── LinkDead                        Emporia no longer takes the link's refresh token
└── Postponed                       passes by itself; may know when to ask again
    ├── TooManyCalls                this address asks faster than it may
    ├── PasswordPaused              too many wrong passwords for one email
    ├── PasswordsBusy               as many passwords wait to be hashed as may
    ├── StorageUnavailable          the gateway's own data can't be read or written
    │   └── StorageBusy             the database is locked by somebody else
    ├── EmporiaSignInPaused         Emporia refused too many sign-ins of a user, or to one name
    ├── BudgetSpent                 the account's own share of Emporia's requests is used up
    └── EmporiaError                what the cloud made of a call
        ├── EmporiaRefusedCredentials   wrong user name or password
        ├── EmporiaPasswordResetRequired
        ├── EmporiaUserNotConfirmed
        ├── EmporiaClockDiffers         this machine's clock spoils every proof of a password
        ├── EmporiaTokenRefused         401: expired, revoked, or the cloud's own mistake
        ├── EmporiaRefusedRequest       400: the cloud will not answer this question
        ├── EmporiaUnreadable           an answer came that makes no sense
        ├── EmporiaUnavailable          down, throttling, or not to be reached
        │   └── EmporiaThrottled            this caller asks too often
        └── EmporiaTimedOut             no answer in time
"""


class DomainError(Exception):
    """The root; never raised itself. `str(error)` is a sentence for the caller."""

    sentence = "Something went wrong."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class InvalidInput(DomainError):
    """A value breaks a rule; the sentence names the value and what is allowed."""


class EmailInvalid(InvalidInput):
    """The text can't be an email address; the sentence says what is wrong with it."""


class PasswordUnacceptable(InvalidInput):
    """The password may not be chosen; the sentence says what is allowed."""


class UnknownDevice(InvalidInput):
    """The linked Emporia account has no such device."""


class UnknownSeries(InvalidInput):
    """Emporia has no series for this combination of channels."""


class EmailTaken(DomainError):
    """The email, compared case-insensitively, belongs to an account already."""

    sentence = "User with this email already exists."


class SignUpClosed(DomainError):
    """The operator lets nobody sign up, or nobody after the first."""

    sentence = "Sign-up is closed here; ask whoever runs this gateway for an account."


class WrongCredentials(DomainError):
    """Email and password do not belong together."""

    sentence = "Invalid email or password."


class AccessTokenInvalid(DomainError):
    """The access token is malformed, forged, expired or revoked."""

    sentence = "Invalid or expired token."


class UserNotFound(DomainError):
    """The token is good, but its account no longer exists."""

    sentence = "User not found."


class TooManyStreams(DomainError):
    """The user has as many live streams open as the gateway allows."""

    sentence = "Too many streams are open for this user."


class Postponed(DomainError):
    """A failure that passes by itself; never raised itself.

    `retry_after_seconds` is when asking again makes sense, None where nobody knows.
    """

    def __init__(
        self, sentence: str | None = None, *, retry_after_seconds: float | None = None
    ) -> None:
        super().__init__(sentence)
        self.retry_after_seconds = retry_after_seconds


class TooManyCalls(Postponed):
    """The caller's address asks faster than it may."""

    sentence = "Too many requests; please slow down."


class PasswordPaused(Postponed):
    """Too many wrong passwords came for one email, whether or not anybody has it."""

    sentence = "Too many wrong passwords for this email; please wait before you try again."


class PasswordsBusy(Postponed):
    """As many passwords wait to be hashed as may; this one was not looked at."""

    sentence = "Too many passwords are being checked right now; please try again in a moment."


class StorageUnavailable(Postponed):
    """What the gateway keeps can't be read or written; nothing of the call was kept."""

    sentence = "The gateway can't read or write its own data right now."


class StorageBusy(StorageUnavailable):
    """Another program holds the gateway's database for longer than a request may wait."""

    sentence = "The gateway's database is busy; please try again in a moment."


class EmporiaSignInPaused(Postponed):
    """Emporia refused too many sign-ins; it was not asked again, for it would lock the account."""

    sentence = (
        "Emporia refused several sign-ins; please wait before you try again, "
        "so that Emporia does not lock the account."
    )


class NotLinked(DomainError):
    """The user has linked no Emporia account."""

    sentence = "No Emporia account is linked."


class LinkDead(DomainError):
    """Emporia no longer takes the refresh token of this link."""

    sentence = "The Emporia account has to be linked again."


class BudgetSpent(Postponed):
    """The account has used up its requests to Emporia for now."""

    sentence = "The request budget for this Emporia account is spent for now."


class EmporiaError(Postponed):
    """Emporia's cloud did not do what was asked; never raised itself."""


class EmporiaRefusedCredentials(EmporiaError):
    """Emporia does not know this user name with this password."""

    sentence = "Emporia authentication failed"


class EmporiaPasswordResetRequired(EmporiaError):
    """Emporia wants the password reset before anybody signs in."""

    sentence = "Emporia requires a password reset for this account."


class EmporiaUserNotConfirmed(EmporiaError):
    """The Emporia account was never confirmed."""

    sentence = "This Emporia account is not confirmed yet."


class EmporiaClockDiffers(EmporiaError):
    """The gateway's clock is minutes off, so that Emporia takes no proof of a password.

    `ahead_seconds` is negative for a clock that is behind.
    """

    sentence = "The gateway's clock is wrong; whoever runs the gateway has to set it."

    def __init__(self, *, ahead_seconds: float) -> None:
        minutes = max(1, round(abs(ahead_seconds) / 60))
        way = "ahead of" if ahead_seconds > 0 else "behind"
        super().__init__(
            f"The gateway's clock is {minutes} minutes {way} Emporia's, so that Emporia can't "
            "check the password; whoever runs the gateway has to set its clock."
        )


class EmporiaTokenRefused(EmporiaError):
    """Emporia answered 401, or refused a refresh token."""

    sentence = "Emporia refused the session."


class EmporiaRefusedRequest(EmporiaError):
    """Emporia will not answer this question; `gid` is the device that it names, or None."""

    sentence = "Emporia refused the request."

    def __init__(self, *, gid: int | None = None) -> None:
        super().__init__()
        self.gid = gid


class EmporiaUnreadable(EmporiaError):
    """Emporia answered with something that can't be understood."""

    sentence = "Emporia's cloud gave an answer that could not be read."


class EmporiaUnavailable(EmporiaError):
    """Emporia's cloud is down, throttles us, or can't be reached."""

    sentence = "Emporia's cloud is not available right now."


class EmporiaThrottled(EmporiaUnavailable):
    """Emporia's cloud is there, and wants to be asked less often."""


class EmporiaTimedOut(EmporiaError):
    """Emporia's cloud gave no answer in time."""

    sentence = "Emporia's cloud did not answer in time."
