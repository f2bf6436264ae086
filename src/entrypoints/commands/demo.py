"""`demo`: the gateway with a simulated cloud behind it, and somebody to be."""

import ipaddress
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrypoints.commands.configured import ConfiguredCommand, configured, with_address
from entrypoints.commands.people import DEMO, HOME
from entrypoints.commands.starting.loading import exempt_what_is_loaded

if TYPE_CHECKING:
    from entrypoints.composition import Container
    from entrypoints.settings import Settings

DATA_DIR = Path("data/demo")

BANNER = """
The gateway is up, and a simulated Emporia cloud behind it. Ctrl-C stops both.

  Gateway          {url}
  Dashboard        Open {url}/ in a browser, sign in with the
                   gateway account below, and link the Emporia account.
  API to try       {url}/docs
  Emporia's cloud  {cloud_url}

  Gateway account  {demo.email}   {demo.password}
  Emporia account  {home.email}   {home.password}

Where a password was changed, that one counts; without {folder} the next start begins anew.

Log in, link the Emporia account, and ask for its devices:

  TOKEN=$(curl -s {url}/login -H 'Content-Type: application/json' \\
    -d '{{"email": "{demo.email}", "password": "{demo.password}"}}' | cut -d'"' -f4)

  curl -s {url}/emporia-auth -H "Authorization: Bearer $TOKEN" \\
    -H 'Content-Type: application/json' \\
    -d '{{"emporiaUsername": "{home.email}", "emporiaPassword": "{home.password}"}}'

  curl -s {url}/devices -H "Authorization: Bearer $TOKEN"

Or watch the home live, in another terminal:

  EMPORIA_API_PASSWORD={demo.password} EMPORIA_PASSWORD={home.password} \\
    {program} watch --url {url} --email {demo.email} --link {home.email}
"""

IN_PUBLIC = (
    "Warning: the demo listens on {host}, so that others may reach it, and everybody knows its "
    "passwords."
)


@click.command(cls=ConfiguredCommand)
@with_address
def demo(host: str | None, port: str | None) -> None:
    """Run the gateway with a simulated Emporia cloud.

    Needs no Emporia account and no network. Starts the simulator on a free port and the gateway
    in front of it, creates an account to log in with, and prints what to try. Its data is kept in
    data/demo and its requests are unlimited, unless DATA_DIR and EMPORIA_DAILY_REQUESTS are set.
    One Ctrl-C stops both.

    \b
    Examples:
      emporia-api demo
      PORT=3100 emporia-api demo
    """
    settings = demo_settings(configured(host=host, port=port))

    from entrypoints.asgi import create_gateway
    from entrypoints.composition import (
        alone,
        build_container,
        demo_cloud_options,
        prepare,
        serve_simulator,
    )
    from entrypoints.logs.set_up import log_to_stderr
    from entrypoints.server import StopSignals, listen, run, serve

    log_to_stderr(settings.log_level, settings.log_format)

    async def main(stop: StopSignals) -> None:
        async with serve_simulator(options) as simulator:
            container = build_container(pointed_at(simulator.base_url, settings))

            async def announce(url: str) -> None:
                await create_demo_account(container)
                exempt_what_is_loaded()
                click.echo(banner(url=url, cloud_url=simulator.base_url, folder=settings.data_dir))

            await serve(
                create_gateway(container),
                listener=listener,
                settings=settings,
                stop=stop.asked,
                on_ready=announce,
            )
        click.echo("Stopped: the gateway and its simulated cloud.")

    with alone(settings):
        listener = listen(host=settings.host, port=settings.port)
        if not is_loopback(listener.getsockname()[0]):
            click.echo(IN_PUBLIC.format(host=settings.host), err=True)
        prepare(settings)
        options = demo_cloud_options(settings)
        run(main, grace_seconds=settings.shutdown_grace_seconds)


def is_loopback(address: str) -> bool:
    """Whether this machine alone reaches what listens there."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback


def demo_settings(settings: "Settings") -> "Settings":
    """The settings with the demo's own defaults where nothing was set."""
    own = {"data_dir": DATA_DIR, "emporia_daily_requests": 0}
    unset = {name: value for name, value in own.items() if name not in settings.model_fields_set}
    return settings.model_copy(update=unset)


def pointed_at(cloud_url: str, settings: "Settings") -> "Settings":
    """The settings with all of Emporia at this address."""
    return settings.model_copy(
        update={"emporia_api_url": cloud_url, "emporia_cognito_url": cloud_url}
    )


async def create_demo_account(container: "Container") -> None:
    """See to it that the demo's account exists, from an earlier run or from now on."""
    from application.accounts.register import Registration
    from domain.errors import EmailTaken

    add_user = container.add_user()  # whoever else may sign up
    try:
        await add_user(Registration(email=DEMO.email, password=DEMO.password))
    except EmailTaken:
        return


def banner(*, url: str, cloud_url: str, folder: Path) -> str:
    """What to know and what to try."""
    return BANNER.format(
        url=url, cloud_url=cloud_url, demo=DEMO, home=HOME, program=_program(), folder=folder
    )


def _program() -> str:
    """How this program was called, which is how it can be called again."""
    called = Path(sys.argv[0])
    here = Path.cwd()
    return str(called.relative_to(here) if called.is_relative_to(here) else called)
