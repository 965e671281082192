"""pyproject.toml declares what the toolkit imports, and nothing that it does not use."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _name(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement).group().lower().replace("_", "-")


DEPENDENCIES = {_name(line) for line in PROJECT["dependencies"]}
EXTRAS = {extra: {_name(line) for line in lines} for extra, lines in PROJECT["optional-dependencies"].items()}


OURS = {"toolkit", "annual_review_pack"}
"""What the wheel itself brings."""


def _imported() -> dict[str, set[str]]:
    """The distribution of every module that is not Python's own → the files of the toolkit that import it."""
    owners = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for module in {module.split(".")[0] for module in modules} - {
                "toolkit",
                "annual_review_pack",
                *sys.stdlib_module_names,
            }:
                name = owners.get(module, [module])[0].lower().replace("_", "-")
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


def test_everything_imported_is_declared():
    """No import relies on what another package happens to bring along."""
    declared = DEPENDENCIES | EXTRAS["documents"]

    assert {name: files for name, files in _imported().items() if name not in declared} == {}


def test_what_only_documents_need_is_imported_there_alone():
    """Without the extra `documents`, every other part of the toolkit can be imported."""
    elsewhere = {
        name: {file for file in files if not file.startswith("toolkit/report/documents/")}
        for name, files in _imported().items()
        if name in EXTRAS["documents"] - DEPENDENCIES
    }

    assert {name: files for name, files in elsewhere.items() if files} == {}


def test_everything_declared_is_used():
    """Nothing is declared that no module imports; what only people use is an extra."""
    assert DEPENDENCIES - set(_imported()) == set()
    assert EXTRAS["documents"] <= set(_imported())
    assert EXTRAS["explore"].isdisjoint(_imported())
