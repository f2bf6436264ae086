"""`health`: whether the gateway on this machine answers, for whoever restarts what does not."""

import click

from entrypoints.commands.configured import configured, with_address

EXIT_CODES = "Exit codes: 0 it answers, 1 it does not, 2 bad settings or usage."
PATIENCE_SECONDS = 5.0
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # not bound to
"""Where one listens on every address, and where one is found then."""


@click.command(epilog=EXIT_CODES)
@with_address
@click.option(
    "--ready", is_flag=True, help="Ask whether it can do its work, not only whether it lives."
)
def health(host: str | None, port: str | None, *, ready: bool) -> None:
    """Ask the gateway that runs with these settings how it is.

    Made for a container's health check: it loads little and waits five seconds at most.

    \b
    Examples:
      emporia-api health
      emporia-api health --ready --port 8080
    """
    from http.client import HTTPConnection, HTTPException

    settings = configured(host=host, port=port)
    address = ANY_ADDRESS.get(settings.host, settings.host)
    connection = HTTPConnection(address, settings.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health/ready" if ready else "/health/live")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise click.ClickException(
            f"No gateway answers on {address}:{settings.port}: {why}."
        ) from None
    finally:
        connection.close()
    if status != 200:
        raise click.ClickException(f"The gateway on {address}:{settings.port} answers {status}.")
    click.echo("ok")
