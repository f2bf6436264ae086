"""`serve`: the gateway itself."""

import logging

import click

from entrypoints.commands.configured import ConfiguredCommand, configured, with_address
from entrypoints.commands.starting.late_methods import methods_compiled_when_called
from entrypoints.commands.starting.loading import (
    exempt_what_is_loaded,
    load_libraries_without_extras,
    without_collecting,
)

logger = logging.getLogger(__name__)


@click.command(cls=ConfiguredCommand)
@with_address
def serve(host: str | None, port: str | None) -> None:
    """Run the gateway.

    Brings the database in DATA_DIR up to date, then serves REST and the live WebSocket on one
    port. SIGINT or SIGTERM stops it: requests end, every socket gets a close frame, and the
    process is gone within SHUTDOWN_GRACE_SECONDS. A second signal stops it at once.

    \b
    Examples:
      emporia-api serve
      emporia-api serve --host 0.0.0.0 --port 8080
      DATA_DIR=/var/lib/emporia-api LOG_LEVEL=debug emporia-api serve
    """
    with without_collecting(), methods_compiled_when_called():
        load_libraries_without_extras()
        settings = configured(host=host, port=port)

        from entrypoints.asgi import create_gateway
        from entrypoints.composition import alone, build_container, prepare
        from entrypoints.logs.set_up import log_to_stderr
        from entrypoints.server import StopSignals, listen, run
        from entrypoints.server import serve as serve_app

    log_to_stderr(settings.log_level, settings.log_format)

    async def announce(url: str) -> None:
        exempt_what_is_loaded()
        logger.info("Listening on %(url)s", {"event": "listening", "url": url})

    async def main(stop: StopSignals) -> None:
        await serve_app(
            app, listener=listener, settings=settings, stop=stop.asked, on_ready=announce
        )
        logger.info("Stopped", {"event": "stopped"})

    # The folder before the port: the gateway that is waited for has both.
    with alone(settings, may_be_joined=True):
        listener = listen(host=settings.host, port=settings.port)
        prepare(settings)
        app = create_gateway(build_container(settings))
        run(main, grace_seconds=settings.shutdown_grace_seconds)
