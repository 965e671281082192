"""The wheel alone, in a bare environment and an empty folder, makes a review."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
UV = shutil.which("uv") or str(CHECKOUT / ".uv" / "bin" / "uv")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path(UV).exists(), reason="needs uv to build the wheel")]


def output_of(command: list[str], folder: Path) -> str:
    """Standard output of a command that must succeed, run without this checkout on any path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a bare environment that has the wheel; the packages that it needs are linked from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    output_of([UV, "build", "--wheel", "--quiet", "--out-dir", str(folder), str(CHECKOUT)], folder)
    output_of([UV, "venv", "--quiet", "--python", sys.executable, "bare"], folder)
    python = folder / "bare" / "bin" / "python"
    install = [UV, "pip", "install", "--quiet", "--no-deps", "--python", str(python)]
    output_of([*install, *map(str, folder.glob("*.whl"))], folder)
    here = Path(pytest.__file__).parents[1]
    packages = Path(
        output_of([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    )
    for path in here.iterdir():
        ours = path.name.startswith(("annual_review", "_editable_impl", "toolkit")) or path.suffix == ".pth"
        if not ours and not (packages / path.name).exists():
            (packages / path.name).symlink_to(path)
    (folder / "bare" / "share").symlink_to(Path(sys.prefix) / "share")  # where nbconvert has its templates
    return folder / "bare" / "bin" / "annual-review"


def test_a_council_begins_and_runs_its_review_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    begun = output_of([str(installed), "init", "norfolk", "--authority", "Norfolk", "--yes"], tmp_path)
    assert "Norfolk (E10000020), East of England." in begun
    done = output_of([str(installed), "run", "2025", "--project", "norfolk"], tmp_path)
    assert "The review of 2025 is complete." in done
    front = (tmp_path / "norfolk" / "outputs" / "2025" / "index.html").read_text(encoding="utf-8")
    assert "Norfolk" in front
    assert "Leicestershire County Council" not in front


def test_the_demonstration_comes_out_of_the_wheel_as_it_is_in_the_checkout(installed: Path, tmp_path: Path) -> None:
    output_of([str(installed), "init", "demonstration", "--demonstration"], tmp_path)
    there = tmp_path / "demonstration"
    for name in ("params", "data"):
        paths = [path for path in (CHECKOUT / name).rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
        for path in paths:
            assert (there / path.relative_to(CHECKOUT)).read_bytes() == path.read_bytes()
    checked = output_of([str(installed), "check", "2019", "--project", "demonstration"], tmp_path)
    assert "checks of the data passed" in checked
