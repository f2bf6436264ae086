"""Who did something, in words for the trail of what happened."""

from dataclasses import dataclass

from domain.accounts.callers.visits import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts; `address_prefix` is "" where no address is known."""

    name: str
    address_prefix: str = ""

    @classmethod
    def session(cls, visit: Visit) -> "Actor":
        """Somebody who is signed in, or has just done so."""
        return cls(name=f"session {visit.name}", address_prefix=visit.address_prefix)

    @classmethod
    def key(cls, name: str, visit: Visit) -> "Actor":
        """A program with the API key of that name."""
        return cls(name=f"key {name}", address_prefix=visit.address_prefix)

    @classmethod
    def visitor(cls, visit: Visit) -> "Actor":
        """Somebody who is not."""
        return cls(name=f"visitor {visit.name}", address_prefix=visit.address_prefix)


OPERATOR = Actor(name="operator")
GATEWAY = Actor(name="gateway")
OWNER = Actor(name="its owner")
"""Who deletes their account: no more is told, for nothing of them is kept."""
