"""aiohttp under httpx, for those who reach the cloud through a proxy."""

from collections.abc import AsyncIterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from httpx_aiohttp.transport import map_aiohttp_exceptions
from yarl import URL

from adapters.emporia.exchange.authorities import trusting

CONNECTIONS = 100
IDLE_SECONDS = 30.0
CHUNK_BYTES = 16 * 1024


def open_transport(*, ca_files: Sequence[Path] = ()) -> "EmporiaTransport":
    """The transport of one client; its session begins with the first request.

    Certificates that the authorities in `ca_files` (PEM) vouch for are trusted too.
    """
    return EmporiaTransport(client=partial(_open_session, ca_files))


class EmporiaTransport(AiohttpTransport):
    """aiohttp under httpx, with lost connections told apart from slow ones.

    httpx-aiohttp 0.2 reports every connection that breaks as one that timed out, and an answer
    that is not HTTP in aiohttp's own errors.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; raises httpx's errors."""
        try:
            answer = await self._ask(request)
        except Exception as error:
            raise _in_httpx_words(error) from error
        return httpx.Response(
            answer.status,
            headers=list(answer.raw_headers),
            stream=_Body(answer),
            request=request,
        )

    async def _ask(self, request: httpx.Request) -> aiohttp.ClientResponse:
        """The head of an answer; aiohttp would look each of httpx's headers up by its name."""
        if not isinstance(self.client, aiohttp.ClientSession):
            self.client = self.get_client()
        return await self.client.request(
            request.method,
            URL(str(request.url), encoded=True),
            headers=[(name.decode(), value.decode()) for name, value in request.headers.raw],
            data=None if request.method == "GET" else request.content,
            allow_redirects=False,
            auto_decompress=False,
            timeout=_timeout(**request.extensions["timeout"]),
        )


class _Body(httpx.AsyncByteStream):
    """A body whose reader meets httpx's errors alone."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._answer.content
        try:
            while not content.at_eof():
                yield await content.read(CHUNK_BYTES)
        except Exception as error:
            raise _in_httpx_words(error) from error

    async def aclose(self) -> None:
        try:
            await self._answer.__aexit__(None, None, None)
        except Exception as error:
            raise _in_httpx_words(error) from error


@lru_cache
def _timeout(
    *,
    connect: float | None,
    read: float | None,
    write: float | None,  # noqa: ARG001  # aiohttp has none
    pool: float | None,
) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=pool, sock_connect=connect, sock_read=read)


def _in_httpx_words(error: Exception) -> httpx.TransportError:
    """What broke, as httpx says it; raises what is no failure of a connection.

    Called when something broke: a context around what hardly ever does is paid by each poll.
    """
    try:
        with map_aiohttp_exceptions():
            raise error
    except httpx.ConnectTimeout as told:
        is_slow = isinstance(error, TimeoutError)
        return told if is_slow else httpx.ConnectError("the connection broke")
    except httpx.TransportError as told:
        return told
    except (aiohttp.ClientError, aiohttp.http.HttpProcessingError, ValueError):
        return httpx.RemoteProtocolError("the answer is not HTTP")


def _open_session(ca_files: Sequence[Path]) -> aiohttp.ClientSession:
    """Made with the first request, since it belongs to the event loop that is running then."""
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS, ssl=trusting(ca_files)
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=True,
    )
    # A request that is sent again behind our back is one that no budget has counted.
    session._retry_connection = False  # noqa: SLF001  # there is no public switch
    return session
