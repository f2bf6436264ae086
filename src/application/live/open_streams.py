"""The streams that are open right now, by user."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from application.live.outlet import Outlet, StreamEnd
from application.live.subscription import PLAIN, FeedKey, Subscription
from domain.accounts.users import UserId
from domain.errors import TooManyStreams


@dataclass(slots=True, kw_only=True, eq=False)
class OpenStream:
    """One reader: whose it is, until when (UTC) it may go on, and what it watches now.

    It lives on a token of the login that began at `login_at` (UTC).
    """

    user_id: UserId
    login_id: str
    login_at: datetime
    expires_at: datetime
    outlet: Outlet
    subscription: Subscription = PLAIN
    watched: FeedKey | None = None


class OpenStreams:
    """Finds streams when something happens to their user, their login or their token."""

    def __init__(self, *, most_per_user: int) -> None:
        self._most_per_user = most_per_user
        self._by_user: defaultdict[UserId, set[OpenStream]] = defaultdict(set)

    def add(self, stream: OpenStream) -> None:
        """Take in a stream; raises TooManyStreams when its user has no room left."""
        if len(self._by_user.get(stream.user_id, ())) >= self._most_per_user:
            raise TooManyStreams
        self._by_user[stream.user_id].add(stream)

    def remove(self, stream: OpenStream) -> None:
        """Let a stream go; does nothing when it is gone already."""
        streams = self._by_user[stream.user_id]
        streams.discard(stream)
        if not streams:
            del self._by_user[stream.user_id]

    def all(self) -> tuple[OpenStream, ...]:
        """Every stream."""
        return tuple(stream for streams in self._by_user.values() for stream in streams)

    def of_user(self, user_id: UserId) -> tuple[OpenStream, ...]:
        """The user's streams."""
        return tuple(self._by_user.get(user_id, ()))

    def end_user_gone(self, user_id: UserId) -> None:
        """The account is erased: all its streams end."""
        self._end(user_id, StreamEnd.USER_GONE)

    def end_link(self, user_id: UserId) -> None:
        """The user's link is gone or dead: all their streams end."""
        self._end(user_id, StreamEnd.NO_DEVICES)

    def end_login(self, user_id: UserId, login_id: str) -> None:
        """The login is over: the streams that live on its tokens end."""
        for stream in self.of_user(user_id):
            if stream.login_id == login_id:
                stream.outlet.end(StreamEnd.TOKEN_INVALID)

    def end_expired(self, now: datetime) -> None:
        """End every stream whose token is past its time."""
        for streams in self._by_user.values():
            for stream in streams:
                if stream.expires_at <= now:
                    stream.outlet.end(StreamEnd.TOKEN_INVALID)

    def _end(self, user_id: UserId, reason: StreamEnd) -> None:
        for stream in self.of_user(user_id):
            stream.outlet.end(reason)
