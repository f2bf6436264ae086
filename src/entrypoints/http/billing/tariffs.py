"""Tariffs: keeping, importing, changing and removing them."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from application.billing.keep_tariff import KeepTariff
from application.billing.list_tariffs import ListTariffs
from application.billing.remove_tariff import RemoveTariff
from domain.billing.errors import TariffUnknown
from domain.billing.tariffs.kept import TariffId
from domain.billing.urdb.read import read_urdb
from entrypoints.http.answers.errors import NAMES_PLACE, WHEN_INCOMPLETE
from entrypoints.http.answers.examples import tariffs as examples
from entrypoints.http.answers.refusals import TARIFF_UNREADABLE, URDB_UNREADABLE
from entrypoints.http.billing.read_tariff import read_tariff
from entrypoints.http.billing.tell_tariff import tell_kept, tell_tariff
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.queries import parse_yes_or_no
from entrypoints.http.schemas import tariffs as schemas

PreviewText = Annotated[
    str | None,
    QueryParameter(
        description="`true` keeps nothing, and tells what would be kept.",
        examples=[Example(value="true")],
        schema_extra={"enum": ["true", "false"]},
    ),
]


@get(
    "/me/tariffs",
    operation_id="listTariffs",
    summary="List my tariffs",
    responses=examples.LIST_TARIFFS,
)
async def list_tariffs(
    request: CallerRequest, list_tariffs: NamedDependency[ListTariffs]
) -> schemas.TariffList:
    """Tell which tariffs there are, the oldest first."""
    return schemas.TariffList([tell_kept(kept) for kept in await list_tariffs(request.user)])


@post(
    "/me/tariffs",
    operation_id="addTariff",
    summary="Add a tariff",
    opt={WHEN_INCOMPLETE: TARIFF_UNREADABLE, NAMES_PLACE: True},
    responses=examples.ADD_TARIFF,
)
async def add_tariff(
    data: JSONBody[schemas.TariffSchema],
    request: CallerRequest,
    keep_tariff: NamedDependency[KeepTariff],
) -> schemas.KnownTariff:
    """Keep a tariff; the rules are explained in docs/billing.md."""
    kept = await keep_tariff(request.user, read_tariff(data), panels=frozenset(data.panels))
    return tell_kept(kept)


@post(
    "/me/tariffs/import",
    operation_id="importTariff",
    summary="Import a tariff of the Utility Rate Database",
    opt={WHEN_INCOMPLETE: URDB_UNREADABLE},
    responses=examples.IMPORT_TARIFF,
)
async def import_tariff(
    data: JSONBody[dict[str, object]],
    request: CallerRequest,
    keep_tariff: NamedDependency[KeepTariff],
    preview: PreviewText = None,
) -> Response[schemas.ImportedTariff | schemas.PreviewedTariff]:
    """Keep a rate as OpenEI has it: one of its `items`, or an answer that holds just one.

    What of it is not supported is named in `leftOut`; with `preview=true` before it is kept.
    """
    is_preview = parse_yes_or_no(preview, name="preview")
    read = read_urdb(data)
    left_out = list(read.left_out)
    if is_preview:
        told = tell_tariff(read.tariff, panels=frozenset())
        return Response(schemas.PreviewedTariff(told, left_out), status_code=HTTP_200_OK)
    kept = await keep_tariff(request.user, read.tariff, panels=frozenset())
    return Response(schemas.ImportedTariff(tariff=tell_kept(kept), left_out=left_out))


@put(
    "/me/tariffs/{tariff_id:str}",
    operation_id="changeTariff",
    summary="Put a tariff in the place of another",
    opt={WHEN_INCOMPLETE: TARIFF_UNREADABLE, NAMES_PLACE: True},
    responses=examples.CHANGE_TARIFF,
)
async def change_tariff(
    tariff_id: FromPath[str],
    data: JSONBody[schemas.TariffSchema],
    request: CallerRequest,
    keep_tariff: NamedDependency[KeepTariff],
) -> schemas.KnownTariff:
    """Change all of a tariff; bills of the past are worked out anew by its dates."""
    kept = await keep_tariff.in_place_of(
        request.user, _id(tariff_id), read_tariff(data), panels=frozenset(data.panels)
    )
    return tell_kept(kept)


@delete(
    "/me/tariffs/{tariff_id:str}",
    operation_id="removeTariff",
    summary="Remove a tariff",
    response_description="The tariff is gone.",
    responses=examples.REMOVE_TARIFF,
)
async def remove_tariff(
    tariff_id: FromPath[str], request: CallerRequest, remove_tariff: NamedDependency[RemoveTariff]
) -> None:
    """Forget a tariff."""
    await remove_tariff(request.user, _id(tariff_id))


def _id(text: str) -> TariffId:
    try:
        return TariffId(UUID(text))
    except ValueError:
        raise TariffUnknown from None


OF_CALLERS = [list_tariffs, add_tariff, import_tariff, change_tariff, remove_tariff]
