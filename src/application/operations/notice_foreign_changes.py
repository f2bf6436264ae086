"""What another process does to the storage is heard of here within a second."""

import logging
from dataclasses import dataclass

from application.ending import is_told_to_end
from application.live.open_streams import OpenStreams
from application.live.stream_usage import StreamUsage
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.operations.foreign_changes import ForeignChanges
from domain.accounts.events import LoginEnded, UserRemoved
from domain.accounts.users import UserId
from domain.errors import AccessTokenInvalid, UserNotFound
from domain.operations.events import StorageChanged

LOOK_SECONDS = 0.5

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForeignChanges:
    """Lets memories forget, and then tells of each open stream whose user or login is gone."""

    changes: ForeignChanges
    stream_usage: StreamUsage
    open_streams: OpenStreams
    events: Events
    clock: Clock

    async def run(self) -> None:
        """Look twice a second until cancelled; what could not be told is told at the next look."""
        untold = False
        while True:
            await self.clock.sleep(LOOK_SECONDS)
            untold = await self.changes.happened() or untold
            if untold:
                try:
                    await self._tell()
                    untold = False
                except Exception:
                    if is_told_to_end():
                        raise
                    logger.exception("a change from outside could not be looked into")

    async def _tell(self) -> None:
        await self.events.publish(StorageChanged())
        logins = {(stream.user_id, stream.login_id): stream for stream in self.open_streams.all()}
        gone: set[UserId] = set()
        for (user_id, login_id), stream in logins.items():
            try:
                await self.stream_usage.check_owner(stream)
            except AccessTokenInvalid:
                await self.events.publish(LoginEnded(user_id=user_id, login_id=login_id))
            except UserNotFound:
                gone.add(user_id)
        for user_id in gone:
            await self.events.publish(UserRemoved(user_id=user_id))
