"""What can go wrong with what users ask of their links, and with whose they are among nodes."""

from domain.errors import InvalidInput, StorageUnavailable


class PasswordNotKept(InvalidInput):
    """The operator lets no password of Emporia's be kept."""

    sentence = (
        "keepPassword: this gateway keeps no passwords of Emporia accounts; send false, or leave "
        "it out."
    )


class LeaseLost(StorageUnavailable):
    """What this node wanted to do for an account is another node's to do; nothing was kept."""

    sentence = "Another node looks after this Emporia account now; please try again in a moment."
