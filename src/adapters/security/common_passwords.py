"""The list of common passwords that comes with the package."""

import zlib
from functools import cached_property
from importlib.resources import files

from application.ports.accounts.common_passwords import CommonPasswords
from domain.accounts.text import compared
from domain.accounts.users import PlainPassword


class PackagedCommonPasswords(CommonPasswords):
    """Thirty thousand in the order of letters, read when the first is looked for.

    They are kept as one text: it takes a tenth of the memory of a set, and looking through it a
    thousandth of the time of a password's hash.
    """

    def contains(self, password: PlainPassword) -> bool:
        word = compared(password.value)
        return "\n" not in word and f"\n{word}\n".encode() in self._words

    @cached_property
    def _words(self) -> bytes:
        packed = files("adapters.security").joinpath("common_passwords.zlib").read_bytes()
        return zlib.decompress(packed)
