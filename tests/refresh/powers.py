"""Other powers for a test: the rules of tests/examples in place of those of the tiny project."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parents[1] / "examples" / "refresh_decisions.yaml"


def give_powers(project: Path, powers: Mapping[str, Any] | None = None) -> None:
    """Write ``powers`` (scopes and rules; those of the examples where none are given) into governance.yaml."""
    powers = powers or yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["powers"]
    path = project / "params" / "governance.yaml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**written, **powers}, sort_keys=False), encoding="utf-8")
