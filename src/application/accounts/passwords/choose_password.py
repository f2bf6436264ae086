"""Which passwords may be chosen, by whoever chooses one."""

from dataclasses import dataclass

from application.ports.accounts.common_passwords import CommonPasswords
from domain.accounts.text import compared
from domain.accounts.users import EmailAddress, PlainPassword
from domain.errors import PasswordUnacceptable

TOO_COMMON = "This password is one of the first that others would try; choose another one."
OWN_EMAIL = "The password must not be the email, or what stands before its @."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePassword:
    """Holds new passwords to the lengths, and to a list of common ones where there is one."""

    shortest: int
    common_passwords: CommonPasswords | None = None

    def __call__(self, text: str, *, email: EmailAddress) -> PlainPassword:
        """The password as it is kept; raises PasswordUnacceptable."""
        password = PlainPassword.chosen(text, shortest=self.shortest)
        if self.common_passwords is not None:
            local_part = email.key.partition("@")[0]
            if compared(password.value) in (email.key, local_part):
                raise PasswordUnacceptable(OWN_EMAIL)
            if self.common_passwords.contains(password):
                raise PasswordUnacceptable(TOO_COMMON)
        return password
