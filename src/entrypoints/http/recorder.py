"""What is recorded of the linked account."""

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.archive.choose_recording import ChooseRecording
from application.archive.read_recorder import ReadRecorder
from domain.archive.recording.recorder import Seconds
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED, Refusal
from entrypoints.http.answers.examples import archive as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import HISTORY_REFUSED, RECORDING_UNREADABLE
from entrypoints.http.requests.auth import CallerRequest, require_caller
from entrypoints.http.requests.bodies import JsonRequest
from entrypoints.http.requests.methods import tell_methods
from entrypoints.http.schemas import archive as schemas


@get(
    "/me/recorder",
    operation_id="readRecorder",
    summary="Read how the recording goes",
    opt={WHEN_REFUSED: HISTORY_REFUSED},
    responses=examples.RECORDER,
)
async def read_recorder(
    request: CallerRequest, read_recorder: NamedDependency[ReadRecorder]
) -> schemas.Recorder:
    """Tell what the recorder does now, what is planned, and how many requests that will take."""
    return schemas.Recorder.of(await read_recorder(request.user))


@put(
    "/me/recorder",
    operation_id="chooseRecording",
    summary="Choose what is recorded",
    opt={WHEN_INCOMPLETE: RECORDING_UNREADABLE, WHEN_REFUSED: HISTORY_REFUSED},
    responses=examples.RECORDER,
)
async def choose_recording(
    request: CallerRequest,
    data: JSONBody[schemas.RecordingChoice],
    choose_recording: NamedDependency[ChooseRecording],
) -> schemas.Recorder:
    """Choose for the Emporia account, whoever has it linked: the last one to say so wins."""
    # Litestar takes "1" and 0 for truth values too.
    if not isinstance((await request.json()).get("minutes"), bool | None):
        raise Refusal(RECORDING_UNREADABLE)
    seconds = None if data.seconds is None else Seconds.parse(data.seconds)
    status = await choose_recording(request.user, minutes=data.minutes, seconds=seconds)
    return schemas.Recorder.of(status)


RECORDER = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[read_recorder, choose_recording],
    request_class=JsonRequest,
    before_request=tell_methods,
    middleware=[require_caller],
    security=[{"bearer": []}],
    tags=["Archive"],
)
