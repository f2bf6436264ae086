"""Files that Emporia exports, taken into the archive."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter

from application.accounts.access import Caller
from application.archive.exchange.begin_import import BeginImport
from application.archive.exchange.importing import ImportQuery
from application.archive.exchange.read_import import ReadImport
from application.ports.archive.import_board import ImportStatus
from domain.archive.exchange.imports.matching import Wanted, parse_mapping
from domain.archive.exchange.imports.scales import LONGEST_NAME, WORDS, parse_scale
from domain.errors import InvalidInput
from entrypoints.failures.codes import MEDIA_TYPE_NOT_CSV
from entrypoints.http.answers.errors import WHEN_REFUSED
from entrypoints.http.answers.examples import imports as examples
from entrypoints.http.answers.lean import JsonAnswer
from entrypoints.http.answers.refusals import DEVICES_REFUSED
from entrypoints.http.requests.auth import CallerRequest, require_caller
from entrypoints.http.requests.methods import tell_methods
from entrypoints.http.requests.queries import is_gid, plain_array_names
from entrypoints.http.requests.uploads import (
    expected_bytes,
    in_patience,
    require_media_type,
    sent_parts,
)
from entrypoints.http.schemas import imports as schemas

CSV_MEDIA_TYPES = {"", "text/csv", "application/csv", "application/vnd.ms-excel"}
"""A missing Content-Type is taken for CSV; the last is what Windows calls it."""

DeviceText = Annotated[
    str | None,
    QueryParameter(
        description="The device that the file is of, by gid; left out: by the names of columns.",
        examples=[Example(value="1001")],
        schema_extra={"pattern": "^[1-9][0-9]{0,18}$"},
    ),
]
FileScaleText = Annotated[
    str | None,
    QueryParameter(
        name="scale",
        description="What the lines are; left out: by the file's name, else by how far apart.",
        examples=[Example(value="1MIN")],
        schema_extra={"enum": list(WORDS)},
    ),
]
FileText = Annotated[
    str | None,
    QueryParameter(
        name="file",
        description="The file's name, whose end tells the scale.",
        examples=[Example(value="c92c0a-Home-1MIN.csv")],
        schema_extra={"maxLength": LONGEST_NAME},
    ),
]
ColumnTexts = Annotated[
    tuple[str, ...],
    QueryParameter(
        name="column",
        description=(
            "The series of a column that no name leads to: the column, `=`, and the series. "
            "Repeated for more; columns of one series are summed."
        ),
        examples=[Example(value=["Home-Kitchen-Old fridge=1001:1"])],
        schema_extra={"items": {"type": "string", "pattern": "^.+=[0-9]{1,19}:.{1,40}$"}},
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUploads:
    """Reads what is sent up to the limit, and no more."""

    begin: BeginImport
    limit_bytes: int

    async def take(self, request: CallerRequest, query: ImportQuery) -> ImportStatus:
        """Raises Refusal for what is too large, too late or no CSV, and what BeginImport raises."""
        require_media_type(request, CSV_MEDIA_TYPES, MEDIA_TYPE_NOT_CSV)
        expected = expected_bytes(request, self.limit_bytes)
        caller: Caller = request.user
        async with in_patience():
            return await self.begin(
                caller, query, sent_parts(request, self.limit_bytes), expected=expected
            )


@post(
    "/import",
    status_code=202,
    operation_id="importHistory",
    summary="Import a file that Emporia exported",
    opt={WHEN_REFUSED: DEVICES_REFUSED},
    request_max_body_size=None,
    responses=examples.IMPORT,
)
async def import_history(
    request: CallerRequest,
    import_uploads: NamedDependency[ImportUploads],
    device: DeviceText = None,
    scale: FileScaleText = None,
    file: FileText = None,
    column: ColumnTexts = (),
) -> schemas.ImportAnswer:
    """Take a CSV of Emporia's own export into the archive; what Emporia told there stays.

    Every line is looked at before any is kept. The file is read when its turn comes: `GET
    /import/{id}` tells how it goes. Sent again it changes nothing.
    """
    if device is not None and not is_gid(device):
        raise InvalidInput(f"device: '{device[:40]}' is not a gid, a positive whole number.")
    if file is not None and len(file) > LONGEST_NAME:
        raise InvalidInput(f"file: a name has up to {LONGEST_NAME} characters.")
    query = ImportQuery(
        file_name=file or "",
        scale=None if scale is None else parse_scale(scale),
        wanted=Wanted(
            device=None if device is None else int(device),
            columns=parse_mapping(column, name="column"),
        ),
    )
    return schemas.ImportAnswer.of(await import_uploads.take(request, query))


@get(
    "/import",
    operation_id="readNewestImport",
    summary="Read how the newest import goes",
    responses=examples.READ_IMPORT,
)
async def read_newest_import(
    request: CallerRequest, read_import: NamedDependency[ReadImport]
) -> schemas.ImportAnswer:
    """Tell of the import that was begun last, for a day after its end; a restart forgets it."""
    return schemas.ImportAnswer.of(await read_import(request.user))


@get(
    "/import/{import_id:str}",
    operation_id="readImport",
    summary="Read how an import goes",
    responses=examples.READ_NAMED_IMPORT,
)
async def read_import(
    import_id: FromPath[str], request: CallerRequest, read_import: NamedDependency[ReadImport]
) -> schemas.ImportAnswer:
    """Tell how far an import of one's own is, for a day after its end; a restart forgets it."""
    return schemas.ImportAnswer.of(await read_import(request.user, import_id))


IMPORT = Router(
    "/",
    response_class=JsonAnswer,
    route_handlers=[import_history, read_newest_import, read_import],
    before_request=tell_methods,
    middleware=[require_caller, plain_array_names],
    security=[{"bearer": []}],
    tags=["Archive"],
)
