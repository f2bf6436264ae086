"""`simulate`: Emporia's cloud in a box."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from entrypoints.commands.failures import BadInput
from entrypoints.commands.people import HOME, MILL, SOLAR

if TYPE_CHECKING:
    from entrypoints.composition import SimulatorOptions

GRACE_SECONDS = 5.0


@click.command(epilog="Exit codes: 0 all went well, 1 failed, 2 bad usage.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=0,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--issuer",
    help="Issuer of the tokens: a URL, or 'aws' for Amazon's own; by default the simulator's URL.",
)
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 1_000_000),
    help="How many seconds pass in the homes in one of ours.",
)
@click.option("--start", help="When the homes' time begins (ISO 8601); by default now.")
@click.option(
    "--token-lifetime",
    default=3600.0,
    show_default=True,
    type=click.FloatRange(1, 86_400),
    help="Seconds that id and access tokens are good for.",
)
@click.option(
    "--publication-delay",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds until energy that was used shows up.",
)
@click.option(
    "--seconds",
    default="live",
    show_default=True,
    type=click.Choice(["live", "mixed", "flat"]),
    help="Seconds as they are, some of each minute and then a mean, or the minute's mean.",
)
@click.option(
    "--noise",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 0.1),
    help="How much seconds vary beside what is used, as a share; clamps have some 0.004.",
)
@click.option(
    "--empty-when-forgotten",
    is_flag=True,
    help="Answer charts older than what is kept with an empty list instead of nulls.",
)
@click.option(
    "--accept-fixed-token",
    is_flag=True,
    help="Let 'authtoken: simulator' in as the first customer.",
)
@click.option(
    "--neighbours",
    default=0,
    show_default=True,
    type=click.IntRange(0, 100_000),
    help="How many more customers there are: home1@example.com and so on.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="KIND[,name=value]...",
    help=(
        "What goes wrong from the start; can be repeated. Kinds: latency, unauthorized, "
        "rate_limited, server_error, bad_request, truncated_json, connection_reset, maintenance, "
        "null_usage, empty_devices. Names: route, times, seconds, status."
    ),
)
def simulate(
    host: str,
    port: int,
    issuer: str | None,
    start: str | None,
    faults: tuple[str, ...],
    **options: Any,
) -> None:
    """Run a simulated Emporia cloud.

    It signs in by SRP as Amazon Cognito does and answers the device API for homes whose
    energy follows fixed formulas; docs/operations.md lists their accounts. Point a gateway, or any
    other client of Emporia's, at its URL.

    \b
    Examples:
      emporia-api simulate --port 8081
      emporia-api simulate --speed 60 --start 2026-06-01T00:00:00Z
      emporia-api simulate --fault latency,seconds=2 --fault server_error,times=3,status=502
      EMPORIA_API_URL=http://127.0.0.1:8081 EMPORIA_COGNITO_URL=http://127.0.0.1:8081 \\
        emporia-api serve
    """
    from entrypoints.composition import serve_simulator
    from entrypoints.logs.set_up import log_to_stderr
    from entrypoints.server import StopSignals, run

    log_to_stderr("info")
    chosen = simulator_options(issuer=issuer, start=start, faults=faults, **options)

    async def main(stop: StopSignals) -> None:
        async with serve_simulator(chosen, host=host, port=port) as simulator:
            click.echo(f"Emporia's cloud is simulated at {simulator.base_url} (Ctrl-C stops it).")
            for person in (HOME, SOLAR, MILL):
                click.echo(f"  {person.email}  {person.password}")
            click.echo("  and more homes: docs/operations.md lists them")
            await stop.asked.wait()
        click.echo("Stopped.")

    try:
        run(main, grace_seconds=GRACE_SECONDS)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]
        raise click.ClickException(f"Port {port} on {host}: {reason}.") from None


def simulator_options(
    *,
    issuer: str | None,
    start: str | None,
    faults: tuple[str, ...],
    token_lifetime: float,
    publication_delay: float,
    **options: Any,
) -> "SimulatorOptions":
    """The options as the simulator takes them; ends the command where one makes no sense."""
    import msgspec

    from entrypoints.composition import SimulatorOptions
    from entrypoints.settings import Settings

    cloud = Settings()
    amazon = f"{cloud.emporia_cognito_url}/{cloud.emporia_user_pool_id}"
    given = {
        **options,
        "issuer": amazon if issuer == "aws" else issuer,
        "start": start and _instant(start),
        "token_lifetime_seconds": token_lifetime,
        "publication_delay_seconds": publication_delay,
        "faults": [_fault(text) for text in faults],
    }
    try:
        return msgspec.convert(given, SimulatorOptions, strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(f"--fault: {error}.") from None


def _instant(text: str) -> datetime:
    from domain.errors import InvalidInput
    from domain.instants import parse_instant

    try:
        return parse_instant(text, name="--start")
    except InvalidInput as error:
        raise BadInput(str(error)) from None


def _fault(text: str) -> dict[str, str]:
    """A fault's parts by name; ends the command at those that the simulator does not know."""
    from entrypoints.composition import FAULT_KINDS, FAULT_NAMES

    kind, *pairs = (part.strip() for part in text.split(","))
    if kind not in FAULT_KINDS:
        raise BadInput(f"--fault: '{kind}' is no kind of fault; there are {_listed(FAULT_KINDS)}.")
    parts = {"kind": kind}
    for pair in pairs:
        name, _, value = (part.strip() for part in pair.partition("="))
        if name not in FAULT_NAMES or not value:
            raise BadInput(
                f"--fault: '{pair}' is not a name and its value; names are {_listed(FAULT_NAMES)}, "
                "as in latency,seconds=2."
            )
        parts[name] = value
    return parts


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
