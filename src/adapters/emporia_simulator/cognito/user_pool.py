"""The user pool's memory: users with their passwords and states, and sign-ins under way."""

import secrets
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from adapters.emporia_simulator.cognito import srp
from adapters.emporia_simulator.homes.customers import Customer, UserState

LONGEST_LOCKOUT_SECONDS = 900.0
CHALLENGE_SECONDS = 180.0
MOST_CHALLENGES = 1_000
MOST_TOKENS_A_USER = 500


@dataclass(slots=True, kw_only=True)
class User:
    """One user: who they are, and how their sign-ins have gone."""

    id: str
    email: str
    name: str
    password: str | None
    """None is a user that does not exist and must not look like it."""
    state: UserState = UserState.CONFIRMED
    salt: int = field(default_factory=srp.new_salt)
    failures: int = 0
    locked_until: float = 0.0
    ended_token_ids: frozenset[str] = frozenset()
    _token_ids: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_TOKENS_A_USER))

    @property
    def locked(self) -> bool:
        """Whether too many wrong passwords shut the user out at the moment."""
        return time.time() < self.locked_until

    def failed(self, *, before_lockout: int, lockout_seconds: float) -> None:
        """Remember a wrong password; from the limit on each one doubles the wait."""
        self.failures += 1
        doublings = self.failures - before_lockout
        if doublings >= 0:
            wait = min(lockout_seconds * 2 ** min(doublings, 16), LONGEST_LOCKOUT_SECONDS)
            self.locked_until = time.time() + wait

    def succeeded(self) -> None:
        """Forget earlier wrong passwords."""
        self.failures, self.locked_until = 0, 0.0

    def new_token_id(self) -> str:
        """An id for a token of this user's."""
        self._token_ids.append(str(uuid.uuid4()))
        return self._token_ids[-1]

    def end_tokens(self) -> None:
        """Have every id and access token issued so far read as expired."""
        self.ended_token_ids = frozenset(self._token_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """An SRP sign-in between its two steps."""

    user: User
    keys: srp.ServerKeys
    client_shown: int
    stored_verifier: int
    expires_at: float


@dataclass(slots=True)
class UserPool:
    """The users, by name and by id, with their open challenges."""

    customers: Iterable[Customer]
    _users: dict[str, User] = field(init=False)
    _by_id: dict[str, User] = field(init=False)
    _challenges: OrderedDict[bytes, Challenge] = field(default_factory=OrderedDict)
    _namespace_of_the_unknown: uuid.UUID = field(default_factory=uuid.uuid4)

    def __post_init__(self) -> None:
        self._users = {
            customer.email: User(
                id=_id_of(customer.email),
                email=customer.email,
                name=f"{customer.first_name} {customer.last_name}",
                password=customer.password,
                state=customer.state,
            )
            for customer in self.customers
        }
        self._by_id = {user.id: user for user in self._users.values()}

    @property
    def users(self) -> tuple[User, ...]:
        """Everybody who exists."""
        return tuple(self._users.values())

    def known(self, name: str) -> User | None:
        """The user with that e-mail, in any case, or that id."""
        lowered = name.strip().lower()
        return self._users.get(lowered) or self._by_id.get(lowered)

    def find(self, name: str) -> User:
        """The user with that name, or one who looks the same until the password is checked."""
        return self.known(name) or self._unknown_user(name.strip().lower())

    def _unknown_user(self, name: str) -> User:
        """Who asks twice sees the same id and salt, as of anybody."""
        salt = uuid.uuid5(self._namespace_of_the_unknown, name).int
        return User(id=_id_of(name), email=name, name="", password=None, salt=salt)

    def remember(self, challenge: Challenge) -> bytes:
        """Keep a challenge for its second step; returns the secret block that names it."""
        block = secrets.token_bytes(512)
        self._challenges[block] = challenge
        while len(self._challenges) > MOST_CHALLENGES:
            self._challenges.popitem(last=False)
        return block

    def take(self, block: bytes) -> Challenge | None:
        """The challenge of a secret block, once."""
        return self._challenges.pop(block, None)


def _id_of(email: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, email))
