"""The streams that are open right now, by user."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from application.live.feed.outlet import Outlet, StreamEnd
from application.live.feed.subscription import PLAIN, FeedKey, Subscription
from domain.accounts.keys import ApiKey, KeyId
from domain.accounts.users import UserId
from domain.errors import TooManyStreams

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True, kw_only=True, eq=False)
class OpenStream:
    """One reader: whose it is, until when (UTC) it may go on, and what it watches now.

    It lives on a token of the login that began at `login_at` (UTC), or on an API key.
    """

    user_id: UserId
    login_id: str
    login_at: datetime
    expires_at: datetime
    outlet: Outlet
    key: ApiKey | None = None
    subscription: Subscription = PLAIN
    watched: FeedKey | None = None

    @property
    def holder(self) -> tuple[UserId, KeyId | None]:
        """Who has room for so many streams: a user's logins together, and each key by itself."""
        return self.user_id, None if self.key is None else self.key.id


class OpenStreams:
    """Finds streams when something happens to their user, their login or their token.

    A key has room of its own, so that whoever has one neither takes its owner's nor finds out how
    much of it is taken.
    """

    def __init__(self, *, most_per_user: int) -> None:
        self._most_per_user = most_per_user
        self._by_user: defaultdict[UserId, set[OpenStream]] = defaultdict(set)
        self._held: Counter[tuple[UserId, KeyId | None]] = Counter()
        self._none_before = NEVER

    def add(self, stream: OpenStream) -> None:
        """Take in a stream; raises TooManyStreams when its user, or its key, has no room left."""
        if self._held[stream.holder] >= self._most_per_user:
            raise TooManyStreams
        self._held[stream.holder] += 1
        self._by_user[stream.user_id].add(stream)
        self.expect_end(stream)

    def expect_end(self, stream: OpenStream) -> None:
        """Know when the stream's token ends; to be told whenever that changes."""
        self._none_before = min(self._none_before, stream.expires_at)

    def remove(self, stream: OpenStream) -> None:
        """Let a stream go; does nothing when it is gone already."""
        streams = self._by_user.get(stream.user_id, set())
        if stream not in streams:
            return
        streams.remove(stream)
        self._held[stream.holder] -= 1
        if not self._held[stream.holder]:
            del self._held[stream.holder]
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

    def end_link_gone(self, user_id: UserId) -> None:
        """The user has no link any more: all their streams end."""
        self._end(user_id, StreamEnd.NO_DEVICES)

    def end_link_dead(self, user_id: UserId) -> None:
        """Emporia wants the user's account linked again: all their streams end."""
        self._end(user_id, StreamEnd.LINK_DEAD)

    def end_login(self, user_id: UserId, login_id: str) -> None:
        """The login, or the key of this id, is over: the streams that live on it end."""
        for stream in self.of_user(user_id):
            if stream.login_id == login_id:
                stream.outlet.end(StreamEnd.TOKEN_INVALID)

    def end_other_logins(self, user_id: UserId, *, kept: str) -> None:
        """Every login but this one is over: their streams end."""
        for stream in self.of_user(user_id):
            if stream.key is None and stream.login_id != kept:
                stream.outlet.end(StreamEnd.TOKEN_INVALID)

    def end_expired(self, now: datetime) -> None:
        """End every stream whose token is past its time.

        Before the first can be, none is looked at: this is asked when a second begins, and then
        frames have to leave.
        """
        if now < self._none_before:
            return
        self._none_before = NEVER
        for stream in self.all():
            if stream.expires_at <= now:
                stream.outlet.end(StreamEnd.TOKEN_INVALID)
            else:
                self.expect_end(stream)

    def _end(self, user_id: UserId, reason: StreamEnd) -> None:
        for stream in self.of_user(user_id):
            stream.outlet.end(reason)
