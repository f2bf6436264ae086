"""The OpenAPI document, at /schema/openapi.json."""

import asyncio
import threading
from dataclasses import fields
from importlib.metadata import version
from typing import Any

from litestar import Litestar, Router
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPI, SecurityScheme, Tag

from entrypoints.failures.codes import NOT_FOUND
from entrypoints.http.answers.described import with_both_forms
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.examples.billing.statement import with_table
from entrypoints.http.answers.examples.billing.utility import with_utility_file
from entrypoints.http.answers.examples.exchange import with_parquet
from entrypoints.http.answers.examples.imports import with_csv

DESCRIPTION = """\
A self-hosted, multi-user gateway to Emporia energy monitors.

Log in at `POST /login`, then send the token as `Authorization: Bearer <token>`. Every failure
answers `{"error": "<one sentence>"}`; whoever sends `Accept: application/problem+json` gets a
problem of RFC 9457 in its place, with a stable `code`. `/docs/errors` lists all codes. Live usage
comes over a WebSocket at `/`, which is described in the project's documentation.
"""


_one_at_a_time = threading.Lock()


async def _only_the_document(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """The framework answers other paths beside the document with a page of its own.

    Whoever asks first has the document made, which takes a tenth of a second: in a thread.
    """
    if connection.path_params:
        raise Refusal(NOT_FOUND)
    await asyncio.to_thread(_describe, connection.app)


def _describe(app: Litestar) -> None:
    with _one_at_a_time:
        app.openapi_schema  # noqa: B018  # it is kept once it was asked for


class _Document(OpenAPI):
    def to_schema(self) -> dict[str, Any]:
        return with_utility_file(
            with_table(with_csv(with_parquet(with_both_forms(super().to_schema()))))
        )


class _Config(OpenAPIConfig):
    def to_openapi_schema(self) -> OpenAPI:
        made = super().to_openapi_schema()
        return _Document(**{field.name: getattr(made, field.name) for field in fields(made)})


class _JsonDocument(JsonRenderPlugin):
    def receive_router(self, router: Router) -> None:
        router.guards = [*router.guards, _only_the_document]


OPENAPI_CONFIG = _Config(
    title="Emporia Energy API",
    version=version("emporia-energy-api"),
    description=DESCRIPTION,
    components=Components(
        security_schemes={
            "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT"),
            "client": SecurityScheme(
                type="http",
                scheme="basic",
                description="apiKey and apiSecret of a client app, where the operator made one.",
            ),
        }
    ),
    tags=[
        Tag(name="Accounts", description="Accounts of the gateway."),
        Tag(name="Emporia account", description="The link to an account at Emporia."),
        Tag(name="Devices", description="Devices, what they use now, and what they used."),
        Tag(name="Archive", description="What was measured, and what is recorded of it."),
        Tag(name="Health", description="For those who run the gateway."),
    ],
    use_handler_docstrings=True,
    render_plugins=[_JsonDocument()],
)
