"""The table of codes as a page: where the type of every problem leads."""

from html import escape

from litestar import MediaType, Response, Router, get

from entrypoints.failures.answer import TABLE_PATH
from entrypoints.failures.codes import OF_STREAMS, TABLE
from entrypoints.failures.failure import Failure

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""One style and no script: there is nothing on the page but the table."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Codes of failures - Emporia Energy API</title>
<style>
:root {{ color-scheme: light dark; font-family: system-ui, sans-serif; }}
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; }}
th, td {{ text-align: left; padding: 0.3rem 1.5rem 0.3rem 0; }}
tr:target {{ background: Mark; color: MarkText; }}
</style>
</head>
<body>
<h1>Codes of failures</h1>
<p>Send <code>Accept: application/problem+json</code> to get these as <code>code</code>. They never
change; sentences may.</p>
<table>
<thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _row(failure: Failure) -> str:
    status = "stream" if failure in OF_STREAMS else failure.status
    return (
        f'<tr id="{failure.code}"><td><code>{failure.code}</code></td>'
        f"<td>{status}</td><td>{escape(failure.title)}</td></tr>"
    )


@get(TABLE_PATH, media_type=MediaType.HTML)
async def table() -> Response[str]:
    """Every code there is."""
    rows = "\n".join(map(_row, TABLE))
    return Response(_PAGE.format(rows=rows), headers={"Content-Security-Policy": POLICY})


FAILURES = Router("/", route_handlers=[table], include_in_schema=False)
