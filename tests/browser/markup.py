"""The Nu HTML checker, where it is installed: ``npm install vnu-jar``, its jar named by VNU_JAR."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


def checker() -> str:
    """The jar; "" where it or Java is missing."""
    jar = os.environ.get("VNU_JAR", "")
    return jar if jar and Path(jar).is_file() and shutil.which("java") else ""


def invalid(pages: Sequence[Path]) -> list[str]:
    """Errors of every page, each with its file and line."""
    command = ["java", "-jar", checker(), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    told = json.loads(done.stderr)["messages"]
    return [
        f"{Path(item['url']).name}:{item.get('lastLine', 0)}: {item['message']}"
        for item in told
        if item["type"] == "error"
    ]
