"""What officers write of a priority or a measure: ``params/<year>/commentary/``, in Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.errors import InputError, Problem, Together, did_you_mean, shown_path
from toolkit.params.project import Project

__all__ = ["load_commentaries", "read_commentary"]

_NOTE = re.compile(r"<!--.*?-->[ \t]*\n?", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def read_commentary(path: Path, project: Path) -> str:
    """The text of a commentary without its notes to the writer (``<!-- … -->``).

    It is "" where there is no such file, and where nothing is written under the headings yet. An ``InputError`` where
    it is not UTF-8.
    """
    try:
        text = _NOTE.sub("", path.read_text(encoding="utf-8-sig")) if path.is_file() else ""
    except UnicodeDecodeError:
        what = "the file is not UTF-8 text"
        raise InputError(Problem(shown_path(path, project), 0, what, "save it as UTF-8")) from None
    return text if _HEADING.sub("", text).strip() else ""


def load_commentaries(project: Project, year: int) -> dict[str, str]:
    """Measure → what officers wrote of it in ``params/<year>/commentary/measures/<measure>.md``.

    A file that is named after no measure is an ``InputError``: nobody would read it.
    """
    texts, steps = {}, Together()
    for path in sorted((project.folder / "params" / str(year) / "commentary" / "measures").glob("*.md")):
        if path.stem in project.measures:
            with steps.also():
                texts[path.stem] = read_commentary(path, project.folder)
        else:
            fix = did_you_mean(path.stem, project.measures)
            steps.problems.append(
                Problem(shown_path(path, project.folder), 0, f"there is no measure '{path.stem}'", fix)
            )
    steps.tell()
    return texts
