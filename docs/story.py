"""A review year from the command line, as an analyst lives it: ``python docs/story.py`` lives it and writes the page.

The story begins where 2019 ended: the params of 2020 and the local data of that year are not there yet. Each step is a
command, or something that people do to the project folder in between. What each command printed is kept on the page;
the seconds of a run are not. ``--check`` lives the story and says whether the page still tells it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "run-a-review-year.md"
LAST, THIS = 2019, 2020
LATER = ("2021", "2021-2024", "*_2021.*", "*_2021-04.csv")
"""What the demonstration has of the year after: the review, the next strategy, files of data."""
SECONDS = re.compile(r" +\d+\.\d s$", re.MULTILINE)
NOTICE = "<!-- Made by docs/story.py. Change the story there, then run it again. -->"
ABOUT = f"""# Run a review year

From the command line only, on the demonstration. The review of {LAST} is done; this is the year that leads to the
review of {THIS}. Everything that the commands printed is kept below, the seconds aside.
"""


@dataclass(frozen=True)
class Step:
    """A part of the page: what is told, what people do to the project folder, and the commands, with how they leave."""

    title: str
    told: str
    commands: tuple[tuple[str, int], ...] = ()
    done: Callable[[Path], None] | None = None


def begin(project: Path) -> None:
    """The project as it stood when the review of 2019 was finished."""
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__", "*.py", *LATER))
    shutil.rmtree(project / "params" / str(THIS))
    for source in (project / "data" / "local").glob("*/source.yaml"):
        drop_editions(source, THIS)
    for newer in (project / "data" / "local").glob(f"*/*_{THIS}*"):
        newer.unlink()


def drop_editions(source: Path, first: int) -> None:
    """Take the editions of a year, and of those after it, out of a source.yaml."""
    dropped = tuple(f'- {{edition: "{year}' for year in range(first, THIS + 2))
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.strip().startswith(dropped)]
    source.write_text("".join(kept), encoding="utf-8", newline="\n")


def figures_come(project: Path) -> None:
    """The local files of the year are put into their folders and named in the source.yaml beside them.

    The work plan waits in a folder of its own, from which it is added.
    """
    for folder in (ROOT / "data" / "local").iterdir():
        if (folder / "source.yaml").is_file() and folder.name != "work_plan":
            for path in [folder / "source.yaml", *folder.glob(f"*_{THIS}*")]:
                shutil.copy2(path, project / "data" / "local" / folder.name / path.name)
            drop_editions(project / "data" / "local" / folder.name / "source.yaml", THIS + 1)
    (project / "received").mkdir()
    shutil.copy2(ROOT / "data" / "local" / "work_plan" / f"work_plan_{THIS}.xlsx", project / "received")


def targets_are_set(project: Path) -> None:
    """What the Board decided about the year goes into review.yaml, and the dates of the papers into papers.yaml."""
    for name in ("review.yaml", "papers.yaml"):
        shutil.copy2(ROOT / "params" / str(THIS) / name, project / "params" / str(THIS) / name)


def people_write(project: Path) -> None:
    """Commentary, checks of duties and the decisions of the refresh."""
    shipped, own = ROOT / "params" / str(THIS), project / "params" / str(THIS)
    shutil.copytree(shipped / "commentary", own / "commentary", dirs_exist_ok=True)
    for name in ("decisions.yaml", "duties.yaml"):
        shutil.copy2(shipped / name, own / name)


STORY = (
    Step("Last year's review", "It stands in `outputs/`.", ((f"run {LAST} --jobs 1", 0), ("list", 0))),
    Step(
        "Begin the year",
        "`new-year` rolls the params on, applies what last year decided, and lists what people must now decide.",
        ((f"new-year {THIS} --from {LAST}", 0),),
    ),
    Step(
        "Figures come",
        "`add` takes each new file: it finds its source, checks it, and registers it with the day from which it was "
        "public and its SHA-256. Here is the work plan; the year's extracts and surveys are added in the same way. The "
        f"Board settles the targets of the year in `params/{THIS}/review.yaml`.",
        ((f"add received/work_plan_{THIS}.xlsx --published {THIS}-04-30 --edition {THIS}", 0),),
        done=lambda project: (figures_come(project), targets_are_set(project))[0],
    ),
    Step(
        "Can the figures be used?",
        "`check` runs every check. What it cannot correct goes back to the owner of the data.",
        ((f"check {THIS}", 0),),
    ),
    Step("A first look", "The review without commentary and decisions yet.", ((f"run {THIS} --jobs 1", 0),)),
    Step(
        "People write and decide",
        "Officers write on each red measure and each priority (`commentary/`), record who checked which duty "
        "(`duties.yaml`), and the Board decides action by action and target by target (`decisions.yaml`).",
        ((f"check {THIS}", 0), (f"run {THIS} --jobs 1", 0)),
        done=people_write,
    ),
    Step(
        "Sign off",
        "Each signature is bound to every file that was read. The person who prepared the review cannot sign it.",
        (
            (f'sign-off {THIS} --role board --name "A. N. Analyst" --on {THIS}-05-19', 2),
            (f'sign-off {THIS} --role board --name "C. Hair" --on {THIS}-05-19', 0),
            (f'sign-off {THIS} --role cabinet --as "cabinet approved" --name "L. Eader" --on {THIS}-06-23', 0),
            (f'sign-off {THIS} --role director --name "D. Irector" --on {THIS}-06-24', 0),
        ),
    ),
    Step("What changed since last year?", "The same facts as a page and as tables.", ((f"compare {LAST} {THIS}", 0),)),
    Step(
        "Publish",
        "The folder `outputs/` can be put on any web server as it is; the papers are in "
        f"`outputs/{THIS}/publications/`. A signed review is not written over, and `verify` proves that it can be made "
        "again.",
        ((f"run {THIS}", 2), (f"verify {THIS} --jobs 1", 0), ("list", 0)),
    ),
)


def live(project: Path) -> str:
    """Live the story in an empty folder; the page that tells it. SystemExit where a command leaves unexpectedly."""
    begin(project)
    parts = [NOTICE, "", ABOUT]
    for step in STORY:
        parts += [f"## {step.title}\n", f"{step.told}\n"]
        if step.done:
            step.done(project)
        parts += [told(project, command, status) for command, status in step.commands]
    return "\n".join(parts)


def told(project: Path, command: str, status: int) -> str:
    """A command and what it printed."""
    run = [sys.executable, "-m", "toolkit", *shlex.split(command)]
    said = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(run, cwd=project, env=said, capture_output=True, text=True, encoding="utf-8", check=False)
    printed = SECONDS.sub("", done.stdout + done.stderr).rstrip()
    if done.returncode != status:
        raise SystemExit(f"annual-review {command} left with {done.returncode}, not {status}:\n{printed}")
    left = f"\n(exit status {status})" if status else ""
    return f"```console\n$ annual-review {command}\n{printed}{left}\n```\n"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="annual-review-story-") as folder:
        page = live(Path(folder))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return 0
    stale = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page
    if stale:
        print(f"{PAGE.relative_to(ROOT)} is stale: run python docs/story.py")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
