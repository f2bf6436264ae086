"""The dashboard: files that the build left in the package, read once and answered from memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from litestar import Response, Router, get
from litestar.params import HeaderParameter, PathParameter
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from entrypoints.failures.codes import NOT_FOUND
from entrypoints.http.answers.errors import Refusal
from entrypoints.http.answers.refusals import PAGE_NOT_BUILT
from entrypoints.http.page.accept_encoding import preferred_encoding

FOLDER = Path(__file__).parents[2] / "web"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Nothing inline, no other host, and no way to make code or markup of text."""

PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
}
ASSET_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}
"""An asset's name holds a hash of what is in it: other content comes under another name."""

MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
SUFFIXES = {"br": ".br", "gzip": ".gz"}
"""What the build adds to a file's name for the same file encoded, the smallest first."""

AcceptEncoding = Annotated[str, HeaderParameter(name="Accept-Encoding")]
IfNoneMatch = Annotated[str, HeaderParameter(name="If-None-Match")]


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """One file in every encoding that there is of it."""

    media_type: str
    plain: _Body
    encoded: Mapping[str, _Body]

    @classmethod
    def read(cls, path: Path) -> "BuiltFile":
        """Read a file, and what lies encoded beside it."""
        beside = {name: path.with_name(path.name + suffix) for name, suffix in SUFFIXES.items()}
        return cls(
            media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
            plain=_body(path),
            encoded={name: _body(file) for name, file in beside.items() if file.exists()},
        )

    def answer(
        self, headers: Mapping[str, str], *, accept_encoding: str, if_none_match: str
    ) -> Response[bytes | None]:
        """The smallest body that the caller reads, or none if that is the one it has."""
        encoding = preferred_encoding(accept_encoding, tuple(self.encoded))
        body = self.plain if encoding is None else self.encoded[encoding]
        headers = {**headers, "ETag": body.etag, "Vary": "Accept-Encoding"}
        if body.etag in if_none_match:
            return Response(None, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
        if encoding is not None:
            headers["Content-Encoding"] = encoding
        return Response(body.content, media_type=self.media_type, headers=headers)


def _body(path: Path) -> _Body:
    content = path.read_bytes()
    return _Body(content, f'"{sha256(content).hexdigest()[:32]}"')


def dashboard(folder: Path) -> Router:
    """The routes of what was built into this folder."""
    files = {
        path.relative_to(folder).as_posix(): BuiltFile.read(path)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in SUFFIXES.values()
    }

    @get("/")
    async def read_page(
        accept_encoding: AcceptEncoding = "", if_none_match: IfNoneMatch = ""
    ) -> Response[bytes | None]:
        if "index.html" not in files:
            raise Refusal(PAGE_NOT_BUILT)
        return files["index.html"].answer(
            PAGE_HEADERS, accept_encoding=accept_encoding, if_none_match=if_none_match
        )

    @get("/assets/{name:str}")
    async def read_asset(
        name: Annotated[str, PathParameter()],
        accept_encoding: AcceptEncoding = "",
        if_none_match: IfNoneMatch = "",
    ) -> Response[bytes | None]:
        if (asset := files.get(f"assets/{name}")) is None:
            raise Refusal(NOT_FOUND)
        return asset.answer(
            ASSET_HEADERS, accept_encoding=accept_encoding, if_none_match=if_none_match
        )

    return Router("/", route_handlers=[read_page, read_asset], include_in_schema=False)


DASHBOARD = dashboard(FOLDER)
