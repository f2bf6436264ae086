"""API keys: making, listing and revoking them."""

from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.accounts.keys.create_key import KeyRequest
from application.accounts.keys.list_keys import ListKeys
from application.accounts.keys.revoke_key import RevokeKey
from application.accounts.passwords.prove_password import CallersPassword
from application.emporia.make_key import MakeKey
from domain.accounts.errors import KeyUnknown
from domain.accounts.keys import KeyId, KeyLimits, KeyScope
from domain.instants import parse_instant
from entrypoints.http.answers.errors import WHEN_INCOMPLETE, WHEN_REFUSED
from entrypoints.http.answers.examples import keys as examples
from entrypoints.http.answers.refusals import DEVICES_REFUSED, KEY_INCOMPLETE
from entrypoints.http.requests.auth import CallerRequest
from entrypoints.http.requests.limits import COSTLY
from entrypoints.http.requests.visitors import Visitor, visiting
from entrypoints.http.schemas import keys as schemas


@post(
    "/me/keys",
    operation_id="createKey",
    summary="Make an API key",
    opt={WHEN_INCOMPLETE: KEY_INCOMPLETE, WHEN_REFUSED: DEVICES_REFUSED, COSTLY: True},
    responses=examples.CREATE_KEY,
)
async def create_key(
    data: JSONBody[schemas.NewKey], request: CallerRequest, make_key: NamedDependency[MakeKey]
) -> schemas.MadeKey:
    """Make a key for a program; its secret is shown this once. The password may be left out for
    ten minutes after it was given.
    """
    async with visiting(request) as visitor:
        key, secret = await make_key(request.user, _request(data, visitor))
    return schemas.MadeKey(key=schemas.KnownKey.of(key), secret=secret.value)


def _request(data: schemas.NewKey, visitor: Visitor) -> KeyRequest:
    limits = None
    if data.devices is not None or data.channels is not None:
        limits = KeyLimits(
            devices=frozenset(data.devices or ()),
            channels=frozenset((one.device_gid, one.channel) for one in data.channels or ()),
        )
    return KeyRequest(
        name=data.name,
        scopes=KeyScope.parse_all(data.scopes),
        limits=limits,
        expires_at=(
            None if data.expires_at is None else parse_instant(data.expires_at, name="expiresAt")
        ),
        password=(
            None
            if data.password is None
            else CallersPassword(data.password, network=visitor.network, has_left=visitor.has_left)
        ),
    )


@get(
    "/me/keys",
    operation_id="listKeys",
    summary="List my API keys",
    responses=examples.LIST_KEYS,
)
async def list_keys(
    request: CallerRequest, list_keys: NamedDependency[ListKeys]
) -> schemas.KeyList:
    """Tell which keys there are, the newest first; no secret is ever shown again."""
    return schemas.KeyList([schemas.KnownKey.of(key) for key in await list_keys(request.user)])


@delete(
    "/me/keys/{key_id:str}",
    operation_id="revokeKey",
    summary="Revoke an API key",
    response_description="The key is good for nothing any more.",
    responses=examples.REVOKE_KEY,
)
async def revoke_key(
    key_id: FromPath[str], request: CallerRequest, revoke_key: NamedDependency[RevokeKey]
) -> None:
    """End a key; its streams close at once."""
    try:
        known_as = KeyId(UUID(key_id))
    except ValueError:
        raise KeyUnknown from None
    await revoke_key(request.user, known_as)


OF_CALLERS = [create_key, list_keys, revoke_key]
