"""JupyterLab as a first-class door: docs/how-to/explore-in-jupyterlab.md, followed in a real JupyterLab."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, TimeoutError

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOKEN = "only-for-this-test"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on this machine alone, over a copy of the demonstration, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "params", "data"):
        shutil.copytree(ROOT / folder, home / "project" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=None"]
    places = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    settings = {**os.environ, **places, "PYTHONPATH": str(ROOT), "JUPYTERLAB_SETTINGS_DIR": str(home / "settings")}
    settings["JUPYTERLAB_WORKSPACES_DIR"] = str(home / "workspaces")
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "notebooks"], cwd=home / "project", env=settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api?token={TOKEN}", server, home / "lab.log")
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def _accept(page: Page) -> None:
    """JupyterLab may ask for the kernel when it opens a notebook: the how-to page says to take the one it offers."""
    asked = page.locator(".jp-Dialog .jp-mod-accept")
    try:
        asked.wait_for(timeout=15_000)
    except TimeoutError:
        return
    asked.click()


def test_a_notebook_runs_by_hand_and_shows_tables_and_charts(browser: Browser, lab: str) -> None:
    """Whoever opens 2_priority, and runs all cells sees tables and charts, and no error."""
    page = browser.new_page(viewport={"width": 1280, "height": 4000})
    page.goto(f"{lab}/lab/tree/2_priority.ipynb?token={TOKEN}")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=120_000)
    _accept(page)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    done = "nodes => nodes.length > 5 && nodes.every(node => /\\[\\d+\\]/.test(node.textContent))"
    prompts = ".jp-CodeCell .jp-InputPrompt"
    page.wait_for_function(f"() => ({done})([...document.querySelectorAll('{prompts}')])", timeout=240_000)
    shown = page.locator(".jp-OutputArea-output")
    assert shown.locator("table caption:visible").count()
    assert shown.locator("svg.chart").first.is_visible()
    assert not page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count()
    assert not page.locator('[data-mime-type="application/vnd.jupyter.error"]').count()
    assert not re.search("Traceback|Error:", " ".join(shown.all_inner_texts()))
    if os.environ.get("SCREENSHOT_OF_LAB"):
        page.screenshot(path=os.environ["SCREENSHOT_OF_LAB"])
    page.close()
