"""What happens to the archive."""

from dataclasses import dataclass

from domain.accounts.callers.actors import Actor
from domain.accounts.users import UserId
from domain.archive.recording.recorder import Recording
from domain.archive.series import Series
from domain.archive.spans import Span
from domain.emporia.links import AccountId
from domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingChosen(Event):
    """Somebody has chosen what is recorded of an account."""

    user_id: UserId
    account: AccountId
    recording: Recording
    by: Actor

    @property
    def minutes(self) -> str:
        """As the trail tells it."""
        return "on" if self.recording.minutes else "off"

    @property
    def seconds(self) -> str:
        """As the trail tells it."""
        return self.recording.seconds.value


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresImported(Event):
    """Somebody has taken a file into the archive of an account: so many buckets of it were new."""

    user_id: UserId
    account: AccountId
    buckets: int
    by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkFoundDamaged(Event):
    """What was kept of this span of a series can no longer be read."""

    series: Series
    span: Span
