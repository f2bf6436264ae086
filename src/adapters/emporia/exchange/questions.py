"""Questions to one cloud, made of what stays the same and the little that changes."""

import httpx

_NO_BODY = httpx.ByteStream(b"")


class Questions:
    """Builds requests as the client would; what all of them share is worked out once.

    httpx takes each address apart letter by letter, and looks through the headers for each that it
    could add: a fifteenth of what a poll costs.
    """

    def __init__(self, http_client: httpx.AsyncClient, *, base_url: str) -> None:
        self._base = httpx.URL(base_url.rstrip("/"))
        self._headers = [(b"Host", self._base.netloc), *http_client.headers.raw]
        self._extensions = {"timeout": http_client.timeout.as_dict()}

    def __call__(self, target: str, *, authtoken: str) -> httpx.Request:
        """The question for a path with its query, in which nothing is left to be escaped."""
        return httpx.Request(
            "GET",
            _Address(self._base, target),
            headers=[*self._headers, (b"authtoken", authtoken.encode())],
            stream=_NO_BODY,
            extensions=self._extensions,
        )


class _Address(httpx.URL):
    """An address under one that was taken apart before."""

    def __init__(self, base: httpx.URL, target: str) -> None:
        path, _, query = target.partition("?")
        known = base._uri_reference  # noqa: SLF001  # there is no public way past the parser
        self._uri_reference = known._replace(
            path=known.path.rstrip("/") + path, query=query or None
        )
