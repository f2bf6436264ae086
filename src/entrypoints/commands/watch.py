"""`watch`: a home in the terminal, live."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import click

from entrypoints.commands.failures import BadInput
from entrypoints.commands.passwords import CodeReader, read_password


@click.command(epilog="Exit codes: 0 done or left with q or Ctrl-C, 1 failed, 2 bad usage.")
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
    "--password-file",
    type=click.Path(path_type=Path),
    help="File whose first line is its password; else EMPORIA_API_PASSWORD, else it is asked for.",
)
@click.option("--link", metavar="USERNAME", help="Link this Emporia account first.")
@click.option(
    "--link-password-file",
    type=click.Path(path_type=Path),
    help="File whose first line is its password; else EMPORIA_PASSWORD, else it is asked for.",
)
@click.option(
    "--scale",
    type=click.Choice(["1S", "1MIN"]),
    default="1S",
    show_default=True,
    help="What a sample is of: the last second, or the last minute, which takes fewer requests.",
)
@click.option("--costs", is_flag=True, help="Tell the price now, and the day and the bill so far.")
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
    password_file: Path | None,
    link: str | None,
    link_password_file: Path | None,
    scale: str,
    costs: bool,
    once: bool,
    frames: int | None,
    svg: Path | None,
) -> None:
    """Watch a home live.

    A table of every circuit with its watts, its share of the home and its trend, renewed each
    second. Export is negative, and what is not known is a dash. Lost connections come back, and
    logins are renewed, by themselves. q or Ctrl-C leaves. Into a pipe or a file, each new sample
    is printed as it comes.

    With --costs, there is what your tariff makes of it: the price of a kWh now, the day and the
    bill so far, and the highest demand so far with when it was.

    An account with a second factor is asked for its code, or EMPORIA_API_CODE is taken.

    \b
    Examples:
      emporia-api watch --email you@example.com
      emporia-api watch --email you@example.com --link you@example.com
      emporia-api watch --email you@example.com --costs
      emporia-api watch --email you@example.com --once --svg home.svg
    """
    require_web_address(url)
    password = read_password(
        password_file,
        variable="EMPORIA_API_PASSWORD",
        option="--password-file",
        whose="the gateway account",
    )
    emporia_password = (
        read_password(
            link_password_file,
            variable="EMPORIA_PASSWORD",
            option="--link-password-file",
            whose="the Emporia account",
        )
        if link
        else ""
    )

    import httpx
    from rich.console import Console

    from entrypoints.watch.account import TIMEOUT_SECONDS, Account
    from entrypoints.watch.client import follow
    from entrypoints.watch.picture import save_svg
    from entrypoints.watch.screen import Screen
    from entrypoints.watch.visit import visit

    screen = Screen(url)

    async def main() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=TIMEOUT_SECONDS) as http:
            read_code = CodeReader(variable="EMPORIA_API_CODE")
            account = Account(http, email=email, password=password, ask_code=read_code)
            await account.log_in()
            read_code.may_ask = False
            if link:
                await account.link(username=link, password=emporia_password)
            screen.home = await account.known_home()
            events = follow(account, scale=scale, with_costs=costs)
            await visit(events, screen, Console(), frames=1 if once else frames)

    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        click.echo()
    if svg is not None:
        save_svg(screen, svg, title="emporia-api watch")


def require_web_address(url: str) -> None:
    """Raise BadInput for what can't be where a gateway is."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one:
        raise BadInput(f"--url: '{url}' is not a web address, such as http://127.0.0.1:3000.")
