"""A page to read and try the API, made of files that are installed here: no host but this."""

from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.params import PathParameter
from litestar.response import File
from swagger_ui_bundle import swagger_ui_path  # type: ignore[import-untyped]

from entrypoints.failures.codes import NOT_FOUND
from entrypoints.http.answers.errors import Refusal

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI styles its elements inline; scripts come from files alone."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Emporia Energy API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""

START = """SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});
"""

ASSETS = {
    "favicon-32x32.png": "image/png",
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
}


@get("/docs", media_type=MediaType.HTML)
async def page() -> Response[str]:
    """The page itself."""
    return Response(PAGE, headers={"Content-Security-Policy": POLICY})


@get("/docs/start.js", media_type="text/javascript")
async def start() -> str:
    """What makes the page show this API."""
    return START


@get("/docs/{asset:str}")
async def read_asset(asset: Annotated[str, PathParameter()]) -> File:
    """One of the files that the page is made of."""
    if asset not in ASSETS:
        raise Refusal(NOT_FOUND)
    return File(
        swagger_ui_path / asset, media_type=ASSETS[asset], content_disposition_type="inline"
    )


DOCUMENTATION = Router("/", route_handlers=[page, start, read_asset], include_in_schema=False)
