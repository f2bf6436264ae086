"""Finds the Chromium that the page is tried in, and as a program installs one where there is none.

CHROMIUM names one; else the system's is taken, else Playwright's own.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.async_api import Browser, Playwright
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")

PLAYWRIGHTS_FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""What Playwright switches off itself: of several lists, Chromium reads the last one alone."""

WINDOWS_FEATURES = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
)
"""Pages and processes that stand by for a window's address bar, which nobody sees here: 0.5 s of
a processor for each context."""

FLAGS = (
    f"--disable-features={','.join(PLAYWRIGHTS_FEATURES + WINDOWS_FEATURES)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""Nothing leaves this machine, neither the page's requests nor the browser's own."""

DEBIANS_OWN = (
    ("apt-get", "update"),
    ("apt-get", "install", "--yes", "--no-install-recommends", "chromium"),
)
PLAYWRIGHTS_OWN = ((sys.executable, "-m", "playwright", "install", "chromium"),)


class NoChromium(Exception):
    """There is none, and the sentence says why."""


def find_chromium() -> str | None:
    """The program that CHROMIUM names, else the system's, None without; raises NoChromium."""
    named = os.environ.get("CHROMIUM")
    if not named:
        return next(filter(None, map(shutil.which, NAMES)), None)
    if shutil.which(named) is None:
        raise NoChromium(f"CHROMIUM: '{named}' is not a program.")
    return named


async def launch_chromium(playwright: Playwright) -> Browser:
    """Start a browser without a window and with a new profile; whoever asks closes it."""
    return await playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)


def install_chromium() -> None:
    """See to it that there is one; raises NoChromium."""
    if find_chromium() or _playwright_has_its_own():
        return
    for command in DEBIANS_OWN if _is_root_on_debian() else PLAYWRIGHTS_OWN:
        if subprocess.run(command, check=False).returncode != 0:  # noqa: S603  # our own words
            raise NoChromium(
                f"There is no Chromium, and `{' '.join(command)}` failed; "
                "install one, or name one with CHROMIUM=/path/to/chromium."
            )


def _playwright_has_its_own() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _is_root_on_debian() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:  # some systems don't say what they are
        return False


if __name__ == "__main__":
    try:
        install_chromium()
    except NoChromium as reason:
        sys.exit(str(reason))
