"""`watch`: a home in the terminal, live."""

import asyncio
import os
from contextlib import aclosing
from pathlib import Path

import click


@click.command(epilog="Exit codes: 0 done or left with Ctrl-C, 1 failed, 2 bad usage.")
@click.option(
    "--url", default="http://127.0.0.1:3000", show_default=True, help="Where the gateway is."
)
@click.option(
    "--email",
    required=True,
    envvar="EMPORIA_API_EMAIL",
    show_envvar=True,
    help="Your account of the gateway.",
)
@click.option(
    "--password",
    envvar="EMPORIA_API_PASSWORD",
    show_envvar=True,
    prompt="Password of the gateway account",
    hide_input=True,
    help="Its password; asked for when it is not given.",
)
@click.option(
    "--link",
    metavar="USERNAME",
    help="Link this Emporia account first; its password comes from EMPORIA_PASSWORD or is asked.",
)
@click.option(
    "--scale",
    type=click.Choice(["1S", "1MIN"]),
    default="1S",
    show_default=True,
    help="What a sample is of: the last second, or the last minute, which takes fewer requests.",
)
@click.option("--once", is_flag=True, help="Leave after the first frame; same as --frames 1.")
@click.option("--frames", type=click.IntRange(min=1), help="Leave after so many frames.")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Save what was shown last as a picture.",
)
def watch(
    url: str,
    email: str,
    password: str,
    link: str | None,
    scale: str,
    once: bool,
    frames: int | None,
    svg: Path | None,
) -> None:
    """Watch a home live.

    A table of every circuit with its watts, its share of the home and its trend, renewed each
    second. Export is negative, and what is not known is a dash. Lost connections come back, and
    logins are renewed, by themselves. Ctrl-C leaves.

    \b
    Examples:
      emporia-api watch --email you@example.com
      emporia-api watch --email you@example.com --link you@example.com
      emporia-api watch --email you@example.com --once --svg home.svg
    """
    emporia_password = _emporia_password() if link else ""

    import httpx
    from rich.console import Console

    from entrypoints.watch.client import TIMEOUT_SECONDS, Account, follow
    from entrypoints.watch.picture import save_svg
    from entrypoints.watch.screen import Screen, shown

    screen = Screen(url)
    enough = 1 if once else frames

    async def main() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_SECONDS) as http:
            account = Account(http, email=email, password=password)
            await account.log_in()
            if link:
                await account.link(username=link, password=emporia_password)
            screen.home = await account.known_home()
            with shown(screen, Console()):
                async with aclosing(follow(account, scale=scale)) as events:
                    async for event in events:
                        screen.take(event)
                        if screen.frames == enough:
                            return

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        click.echo()
    if svg is not None:
        save_svg(screen, svg, title="emporia-api watch")


def _emporia_password() -> str:
    given = os.environ.get("EMPORIA_PASSWORD")
    return given or click.prompt("Password of the Emporia account", hide_input=True, type=str)
