"""Which test files stand nearest to a module: those that import it, then those that import its room."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = ("browser", "mutants", "setup", "whole", "real")  # run whole reviews, or look at no code of ours


def all_tests() -> list[Path]:
    """Every test file that runs the code in its own process, and the doctests."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [file for file in files if file.relative_to(ROOT / "tests").parts[0] not in LEFT_OUT]


def nearest(modules: list[Path], how_many: int) -> list[Path]:
    """For each module at most ``how_many`` test files, all together, in order of their names."""
    tests = {file: set(_modules_tested(file)) for file in all_tests()}
    chosen: set[Path] = set()
    for module in modules:
        name = ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        room = module.relative_to(ROOT).parts[1].removesuffix(".py")
        scores = {file: _score(name, known, file.parent.name == room) for file, known in tests.items()}
        chosen.update(sorted((f for f in tests if scores[f]), key=lambda file: (-scores[file], file))[:how_many])
    return sorted(chosen)


def _score(name: str, known: set[str], same_room: bool) -> int:
    package = name.rpartition(".")[0]
    return 4 * (name in known) + 2 * same_room + any(one.startswith(package) for one in known)


def _modules_tested(test: Path) -> Iterator[str]:
    """The modules that define what the file imports from toolkit, however the packages pass it on."""
    for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("toolkit"):
            module = importlib.import_module(node.module or "")
            for alias in node.names:
                one = getattr(module, alias.name, None)
                yield getattr(one, "__module__", None) or getattr(one, "__name__", None) or module.__name__
