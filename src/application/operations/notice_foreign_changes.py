"""What another process does to the storage is heard of here within a second."""

import logging
from dataclasses import dataclass

from application.accounts.access import CheckAccess
from application.live.open_streams import OpenStreams
from application.ports.clock import Clock
from application.ports.events import Events
from application.ports.foreign_changes import ForeignChanges
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
    check_access: CheckAccess
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
                    logger.exception("a change from outside could not be looked into")

    async def _tell(self) -> None:
        await self.events.publish(StorageChanged())
        logins = {
            (stream.user_id, stream.login_id): stream.login_at for stream in self.open_streams.all()
        }
        gone: set[UserId] = set()
        for (user_id, login_id), login_at in logins.items():
            try:
                await self.check_access.user_of(user_id, login_id=login_id, login_at=login_at)
            except AccessTokenInvalid:
                await self.events.publish(LoginEnded(user_id=user_id, login_id=login_id))
            except UserNotFound:
                gone.add(user_id)
        for user_id in gone:
            await self.events.publish(UserRemoved(user_id=user_id))
