"""A provider of identities that vouches for whom it is told to."""

from application.ports.accounts.openid.identity_provider import Answered, Asking, IdentityProvider
from domain.accounts.errors import IdentityRefused
from domain.accounts.identities import ProvenIdentity, challenge_of

ISSUER = "https://id.example.com"


class ScriptedIdentityProvider(IdentityProvider):
    """Knows people by codes; a code is good once, and for whoever asked for it."""

    def __init__(self) -> None:
        self.people: dict[str, ProvenIdentity] = {}
        self.asked: list[Asking] = []

    @property
    def name(self) -> str:
        return "Example"

    @property
    def issuer(self) -> str:
        return ISSUER

    async def address(self, asking: Asking) -> str:
        self.asked.append(asking)
        return f"{ISSUER}/authorize?state={asking.state}"

    async def prove(self, answered: Answered) -> ProvenIdentity:
        asking = next((one for one in self.asked if one.nonce == answered.nonce), None)
        person = self.people.pop(answered.code, None)
        if person is None or asking is None or asking.challenge != challenge_of(answered.verifier):
            raise IdentityRefused
        return person
