"""The browser that renders pages: a Chromium that is installed, found or named. None is ever downloaded."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extras import need
from malim_scraper.profiles import Portal

logger = logging.getLogger(__name__)
MODES = ("never", "auto", "always")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = {
    "linux": ("/usr/bin/chromium", "/usr/lib/chromium/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome",
              "/opt/microsoft/msedge/msedge"),
    "darwin": tuple(f"{folder}/{name}.app/Contents/MacOS/{name}" for name in (
        "Chromium", "Google Chrome", "Microsoft Edge") for folder in ("/Applications", "~/Applications")),
    "win32": tuple(rf"%{folder}%\{name}" for name in (
        r"Chromium\Application\chrome.exe", r"Google\Chrome\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe") for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")),
}
# Where `playwright install chromium` puts one.
_OF_PLAYWRIGHT = {"linux": "~/.cache/ms-playwright", "darwin": "~/Library/Caches/ms-playwright",
                  "win32": r"%LocalAppData%\ms-playwright"}
_IN_PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
                  "chromium-*/chrome-win*/chrome.exe")
_NONE = ("no Chromium was found. Install one (Debian: apt install chromium; macOS: brew install --cask chromium; "
         "Windows: winget install Google.Chrome), or name yours: -s BROWSER_EXECUTABLE=PATH")
# Its own way to the network is closed, name servers included: the crawler answers what a page asks for.
_SEALED = ("--host-resolver-rules=MAP * ~NOTFOUND", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
           "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic")
_NOWHERE = "http://127.0.0.1:9"  # the port of the discard service, RFC 863
_FRUGAL = ("--js-flags=--max-old-space-size=512", "--disable-gpu", "--mute-audio")  # MB of scripts of one page
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA",
                "XDG_RUNTIME_DIR", "LD_LIBRARY_PATH", "FONTCONFIG_PATH")


def read_mode(settings: Settings) -> str:
    """Return what the setting RENDER says: `never`, `auto` or `always`; another value is a UsageError."""
    mode = str(settings.get("RENDER") or "never").lower()
    if mode not in MODES:
        raise UsageError(f"RENDER: '{mode}' is none of {', '.join(MODES)}.")
    return mode


def require_browser(settings: Settings) -> Path:
    """Return the program of the browser.

    settings: BROWSER_EXECUTABLE names it, else it is looked for. Raises MissingExtra without the extra `browser`,
    UsageError when the named program is none, MalimError when none is found.
    """
    need("scrapy_playwright", extra="browser", purpose="rendering pages")
    named = settings.get("BROWSER_EXECUTABLE")
    if named:
        program = shutil.which(os.path.expanduser(named))  # noqa: PTH111  # a bare name is looked for on PATH
        if program is None:
            raise UsageError(f"BROWSER_EXECUTABLE: '{named}' is no program that can be run.")
        return Path(program)
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is not None:
        return Path(program)
    for place in _usual_places(sys.platform):
        if place.is_file() and os.access(place, os.X_OK):
            return place
    raise MalimError(_NONE)


def check_browser(settings: Settings, portals: Iterable[Portal]) -> None:
    """Raise what `read_mode` and `require_browser` raise, as far as a crawl of these portals needs a browser."""
    for portal in portals:
        own = settings.copy()
        own.setdict(portal.all_settings(), priority="spider")
        if read_mode(own) != "never":
            require_browser(own)


def launch_options(program: Path, settings: Settings) -> dict[str, Any]:
    """Return how Playwright starts the browser: alone, without a network, a profile or this program's environment.

    settings: BROWSER_SANDBOX turns the sandbox on or off. By default it is on, except for root, for whom Chromium has
    none: then a warning says so.
    """
    given = settings.get("BROWSER_SANDBOX")
    is_boxed = not _is_root() if given is None else settings.getbool("BROWSER_SANDBOX")
    if given is None and not is_boxed:
        _warn_of_root()
    return {
        "executable_path": str(program), "headless": True, "chromium_sandbox": is_boxed,
        "args": [*_SEALED, *_FRUGAL], "proxy": {"server": _NOWHERE},
        "env": {name: value for name in _ENVIRONMENT if (value := os.environ.get(name))},
        "handle_sigint": False, "handle_sigterm": False, "handle_sighup": False,  # it is closed when the crawl ends
        "timeout": 30_000,
    }


def _usual_places(platform: str) -> Iterator[Path]:
    for text in _PLACES.get(platform, ()):
        yield Path(os.path.expandvars(text)).expanduser()
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or _OF_PLAYWRIGHT.get(platform, "")
    folder = Path(os.path.expandvars(cache)).expanduser() if cache else None
    if folder is not None and folder.is_dir():
        for pattern in _IN_PLAYWRIGHT:
            yield from sorted(folder.glob(pattern), reverse=True)


@cache
def _warn_of_root() -> None:
    """Warn once, however many portals are crawled."""
    logger.warning("Chromium has no sandbox for root and runs without it. Crawl as another user, or accept it with "
                   "-s BROWSER_SANDBOX=0")


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
