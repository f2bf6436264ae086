"""What can go wrong with what users ask of their links."""

from domain.errors import InvalidInput


class PasswordNotKept(InvalidInput):
    """The operator lets no password of Emporia's be kept."""

    sentence = (
        "keepPassword: this gateway keeps no passwords of Emporia accounts; send false, or leave "
        "it out."
    )
