"""As few common passwords as a test needs."""

from application.ports.accounts.common_passwords import CommonPasswords
from domain.accounts.text import compared
from domain.accounts.users import PlainPassword


class FewCommonPasswords(CommonPasswords):
    """Knows those that it is given."""

    def __init__(self, *passwords: str) -> None:
        self._known = {compared(password) for password in passwords}

    def contains(self, password: PlainPassword) -> bool:
        return compared(password.value) in self._known
