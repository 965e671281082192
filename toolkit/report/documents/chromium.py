"""Chromium as a printer: where it is, which one it is, and printing one page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from toolkit.errors import NotebookError, Problem

__all__ = ["CHROMIUM", "browser", "fonts", "print_page", "version"]

CHROMIUM = "ANNUAL_REVIEW_CHROMIUM"
"""The environment variable that names another browser than the one on the path; ``none``: no PDF is made."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FAMILIES = ("Arial", "Arial:bold", "Courier New")
"""What the style of the pages asks for."""
_SECONDS = 120
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # else it looks up five hosts of its maker at each start
    "--no-first-run",
)
_NO_SANDBOX = "--no-sandbox"


def browser() -> str:
    """The path of Chromium or a related browser; "" where there is none."""
    named = os.environ.get(CHROMIUM, "")
    if named:
        return "" if named == "none" else named
    return next(filter(None, map(shutil.which, _NAMES)), "")


def fonts() -> str:
    """The font files that the pages' families stand for here, each with the beginning of its SHA-256.

    "" where the system has no fontconfig, as on Windows and macOS: they bring the families themselves.
    """
    program = shutil.which("fc-match")
    if not program:
        return ""
    named = [
        subprocess.run([program, "-f", "%{file}", family], capture_output=True, text=True, check=False).stdout
        for family in _FAMILIES
    ]
    files = [Path(name) for name in dict.fromkeys(named) if Path(name).is_file()]
    return ", ".join(f"{path.name} {sha256(path.read_bytes()).hexdigest()[:8]}" for path in files)


def version(path: str) -> str:
    """The name and version of the browser, such as Chromium 156.0.8078.79; "" where it does not start."""
    try:
        output = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    name = re.search(r"(\w[\w ]*?) (\d+(\.\d+)+)", output)
    return f"{name[1]} {name[2]}" if name else ""


def print_page(page: str, path: str) -> tuple[bytes, str]:
    """The PDF of an HTML page, and the address of the folder it was printed from, which its links now start with.

    Raises NotebookError where the browser prints nothing.
    """
    with tempfile.TemporaryDirectory(prefix="annual-review-pdf-") as folder:
        place = Path(folder)
        (place / "page.html").write_text(page, encoding="utf-8", newline="\n")
        made = place / "page.pdf"
        places = [f"--user-data-dir={place / 'profile'}", f"--print-to-pdf={made}", (place / "page.html").as_uri()]
        try:
            _run([path, *_FLAGS, *places])
            return made.read_bytes(), place.as_uri() + "/"
        except (OSError, subprocess.SubprocessError) as fault:
            what = f"{Path(path).name} did not print the page ({type(fault).__name__})"
            raise NotebookError(
                Problem("the PDF", 0, what, f"repair the browser, or set {CHROMIUM}=none to make no PDF")
            ) from None


def _run(command: list[str]) -> None:
    """Run the browser in its sandbox; without it where the system has none, as in many containers.

    The page is our own then too, without a script, and its policy forbids other hosts.
    """
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    except subprocess.CalledProcessError:
        subprocess.run([*command, _NO_SANDBOX], capture_output=True, timeout=_SECONDS, check=True)
