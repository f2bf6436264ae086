"""What can go wrong with sessions, keys, second factors, identities and tenants."""

from domain.errors import DomainError, InvalidInput, Postponed


class PasswordNeeded(DomainError):
    """The password has to be given once more: it was not for ten minutes."""

    sentence = "This needs your password once more; send it as `password`."


class SessionUnknown(DomainError):
    """The caller has no such session, or no longer."""

    sentence = "There is no such session."


class KeyUnknown(DomainError):
    """The caller has no such API key, or no longer."""

    sentence = "There is no such key."


class KeyNotAllowed(DomainError):
    """An API key is not good for this: its scopes do not name it, or no key's could."""

    sentence = "This key may not do that."


class TooManyKeys(DomainError):
    """The user has as many API keys as anybody may."""

    sentence = "There are 100 keys already, which is the most; revoke one first."


class SecondFactorNeeded(DomainError):
    """The password is right, and a code has to come with it."""

    sentence = "This account has a second factor; send its code as `code` too."


class SecondFactorWrong(DomainError):
    """The code does not fit, or was used before."""

    sentence = "This code is not right, or was used before; wait for the next one of your app."


class SecondFactorPaused(Postponed):
    """Too many wrong codes came for one account."""

    sentence = "Too many wrong codes for this account; please wait before you try again."


class SecondFactorOn(DomainError):
    """There is a second factor already."""

    sentence = "A second factor is on already; switch it off before you set up another."


class SecondFactorOff(DomainError):
    """There is no second factor that this could be about."""

    sentence = "There is no second factor; begin to set one up first."


class ProviderOff(DomainError):
    """The operator has chosen no provider of identities."""

    sentence = "Signing in with another account is not set up here."


class ProviderUnavailable(Postponed):
    """The provider of identities can't be reached, or answers nonsense."""

    sentence = "The service that you sign in with does not answer; please try again in a moment."


class IdentityRefused(DomainError):
    """What came back from the provider is not what was asked for, or too late, or used before."""

    sentence = "Signing in did not work out; please begin again."


class IdentityUnknown(DomainError):
    """The provider vouches for somebody whom nobody here has joined to an account."""

    sentence = (
        "No account here belongs to this sign-in. Sign in with your password, and join it to your "
        "account there."
    )


class IdentityTaken(DomainError):
    """The identity, or the user's place for one, is taken."""

    sentence = "This sign-in belongs to an account already, or your account has another."


class UnknownClient(DomainError):
    """A client app showed credentials of no tenant, or none where they are required."""

    sentence = "Unknown client."


class TenantUnknown(InvalidInput):
    """There is no tenant of this name, or no longer; the sentence names it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no tenant {name[:64]!r}; `tenant list` shows all there are.")


class TenantNameTaken(InvalidInput):
    """Another tenant has this name; the sentence names it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a tenant {name!r} already; choose another name.")
