"""What the routes of those who run the gateway answer."""

from entrypoints.failures.codes import DATABASE_UNREACHABLE
from entrypoints.http.answers.described import failures, success
from entrypoints.http.schemas import contract as schemas

_OK = {"status": "ok"}

CHECK_LIVENESS = {
    **success(200, schemas.Status, "The gateway answers.", example=_OK),
    **failures(),
}
CHECK_READINESS = {
    **success(200, schemas.Readiness, "The database answers.", example=_OK),
    **failures(DATABASE_UNREACHABLE),
}
