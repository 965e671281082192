"""pyproject.toml, uv.lock, requirements.txt and environment.yml give everybody the same versions."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def _locked() -> dict[str, dict[str, set[str]]]:
    """Name → version → hashes, from uv.lock."""
    packages: dict[str, dict[str, set[str]]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        hashes = {file["hash"] for file in files if "hash" in file}
        packages.setdefault(package["name"], {})[package["version"]] = hashes
    return packages


def _exported() -> list[tuple[str, str, set[str]]]:
    """(name, version, hashes) for every pin of requirements.txt."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)([^\n]*)$", text, flags=re.MULTILINE)
    return [(name, version, set(re.findall(r"--hash=(\S+)", rest))) for name, version, rest in pins]


def test_every_exported_pin_is_the_locked_one():
    """A pip or conda user gets exactly the versions and files that the lock names."""
    locked = _locked()
    pins = _exported()

    assert len(pins) > 100
    for name, version, hashes in pins:
        assert hashes, f"{name} has no hash"
        assert hashes == locked[name][version], f"{name}=={version} differs from uv.lock"


def test_everything_the_project_asks_for_is_exported():
    """No package of pyproject.toml is missing from requirements.txt."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in asked}

    assert names <= {name for name, _, _ in _exported()}


def test_conda_takes_python_and_pip_and_the_same_file():
    """The conda environment is Python, pip and requirements.txt, with a Python that the project supports."""
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, from_pip = conda["dependencies"]
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]

    assert (pip, from_pip) == ("pip", {"pip": ["-r requirements.txt"]})
    low, high = (int(minor) for minor in re.findall(r"3\.(\d+)", wanted))
    assert low <= int(python.removeprefix("python=3.")) < high


def test_both_extras_are_exported():
    """Whoever installs requirements.txt can also make documents and explore in JupyterLab."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    names = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for lines in extras.values() for line in lines}

    assert names <= {name for name, _, _ in _exported()}
