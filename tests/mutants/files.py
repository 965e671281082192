"""Which test files stand nearest to a module: the fewest imports lie between them."""

import ast
import importlib
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = ("browser", "mutants", "setup", "whole", "real")  # run whole reviews, or look at no code of ours


def all_tests(folders: str = "tests") -> list[Path]:
    """Every test file of these folders, with commas between, that runs the code in its own process."""
    files = sorted({file for folder in folders.split(",") for file in (ROOT / folder).rglob("test_*.py")})
    return [file for file in files if file.relative_to(ROOT / "tests").parts[0] not in LEFT_OUT]


def nearest(modules: list[Path], how_many: int) -> list[Path]:
    """For each module at most ``how_many`` test files, all together, in order of their names."""
    chosen: set[Path] = set()
    for module in modules:
        room = module.relative_to(ROOT).parts[1].removesuffix(".py")
        far = {file: (_steps(file).get(module, 99), file.parent.name != room, file) for file in all_tests()}
        chosen.update(sorted((file for file in far if far[file][0] < 99), key=lambda file: far[file])[:how_many])
    return sorted(chosen)


@cache
def _steps(test: Path) -> dict[Path, int]:
    """Module → how many imports lead to it from a test file."""
    steps, queue = {test: 0}, deque([test])
    while queue:
        file = queue.popleft()
        for module in _imports(file):
            if module not in steps:
                steps[module] = steps[file] + 1
                queue.append(module)
    return steps


@cache
def _imports(file: Path) -> tuple[Path, ...]:
    """The modules that define what a file imports from toolkit, however the packages pass it on."""
    return tuple(dict.fromkeys(_defining(ast.parse(file.read_text(encoding="utf-8")))))


def _defining(tree: ast.Module) -> Iterator[Path]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("toolkit"):
            package = importlib.import_module(node.module or "")
            for alias in node.names:
                one = getattr(package, alias.name, package)
                name = one.__name__ if hasattr(one, "__file__") else getattr(one, "__module__", None)
                module = importlib.import_module(name if str(name).startswith("toolkit") else package.__name__)
                if module.__file__:
                    yield Path(module.__file__)
