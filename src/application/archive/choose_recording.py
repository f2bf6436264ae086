"""What is recorded of an account, chosen by its people: the last one to say so wins."""

from dataclasses import dataclass, replace

from application.accounts.access import Caller
from application.archive.read_recorder import ReadRecorder, RecorderStatus
from application.emporia.cloud.usable_link import usable_link
from application.ports.archive.archives import Archives
from application.ports.emporia.emporia_links import EmporiaLinkRepository
from application.ports.events import Events
from domain.archive.events import RecordingChosen
from domain.archive.recording.recorder import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRecording:
    """Keeps the choice, and lets the recorder plan anew."""

    links: EmporiaLinkRepository
    archives: Archives
    events: Events
    read: ReadRecorder

    async def __call__(
        self, caller: Caller, *, minutes: bool | None, seconds: Seconds | None
    ) -> RecorderStatus:
        """How the recording goes from now on; what is None stays.

        Raises NotLinked, LinkDead or StorageUnavailable.
        """
        link = await usable_link(self.links, caller)
        before = await self.archives.recording(link.account)
        chosen = replace(
            before,
            minutes=before.minutes if minutes is None else minutes,
            seconds=before.seconds if seconds is None else seconds,
        )
        if chosen != before:
            await self.archives.choose(link.account, chosen)
            await self.events.publish(
                RecordingChosen(
                    user_id=caller.user.id,
                    account=link.account,
                    recording=chosen,
                    by=caller.actor,
                )
            )
        return await self.read(caller)
