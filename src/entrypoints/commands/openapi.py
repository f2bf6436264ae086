"""`openapi`: the description of the REST API."""

import json
from pathlib import Path

import click


@click.command(epilog="Exit codes: 0 written, 1 could not be written, 2 bad usage.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write to, instead of stdout.",
)
def openapi(output: Path | None) -> None:
    """Print the OpenAPI document as JSON.

    Nothing is started and no database is touched. A running gateway has the same document at
    /schema/openapi.json.

    \b
    Examples:
      emporia-api openapi
      emporia-api openapi --output openapi.json
    """
    from entrypoints.asgi import create_app
    from entrypoints.composition import build_container
    from entrypoints.settings import Settings

    app = create_app(build_container(Settings()))
    document = json.dumps(app.openapi_schema.to_schema(), indent=2, ensure_ascii=False)
    if output is None:
        click.echo(document)
    else:
        output.write_text(f"{document}\n", encoding="utf-8")
