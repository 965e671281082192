"""A measure, a check, a source and a chart are added to a copy of the demonstration as their how-to pages say."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from quality_examples import example_context, figures

from toolkit.cli import cli
from toolkit.params.yaml import read_yaml
from toolkit.quality import SourceFacts, load_suites, run_checks
from toolkit.sources import load_areas, load_sources, readers
from toolkit.sources.cells import observations_of
from toolkit.sources.reading import OpenedFile, Reading

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demonstration, as the folder in which commands are typed."""
    for folder in ("params", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files_of(page: str) -> Iterator[tuple[str, str]]:
    """Path and text of each block of a page that names its file in its first line."""
    text = (ROOT / "docs" / "how-to" / page).read_text("utf-8")
    for block in re.findall(r"(?ms)^```(?:yaml|csv|python)\n# (.*?)^```$", text):
        path, _, content = block.partition("\n")
        yield path, content


def module_of(page: str, path: str) -> ModuleType:
    """The Python module that a page writes down, as if it stood at ``path``."""
    module = ModuleType(path.removesuffix(".py").replace("/", "."))
    sys.modules[module.__name__] = module
    exec(compile(dict(files_of(page))[path], path, "exec"), module.__dict__)
    return module


def explained(measure: str) -> str:
    result = CliRunner().invoke(cli, ["explain", measure, "2019"])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_measure_is_one_file(project: Path) -> None:
    """Its figure is explained; a misspelt item is refused with the line and the sentence that the page shows."""
    ((path, content),) = files_of("add-a-measure.md")
    (project / path).write_text(content, encoding="utf-8")
    assert "Plans held by young people of 16 to 19, as a share of all plans" in explained("plans_16_to_19_share")

    (project / path).write_text(content.replace("plans_in_place_16_19", "plans_in_place_16_91"), encoding="utf-8")
    refused = CliRunner().invoke(cli, ["explain", "plans_16_to_19_share", "2019"])
    page = (ROOT / "docs" / "how-to" / "add-a-measure.md").read_text("utf-8")
    (shown,) = re.findall(r"(?ms)^```text\n(.*?)\n```$", page)
    assert refused.exit_code == 2
    assert shown in refused.output


def test_a_check_is_one_rule_and_one_example(project: Path) -> None:
    """Its example holds at the limit and fails past it."""
    (rule_file, rule), _, (_, example) = files_of("add-a-check.md")
    with (project / rule_file).open("a", encoding="utf-8") as file:
        file.write("\n" + rule)
    ((name, tables),) = yaml.safe_load(example).items()
    suite = load_suites(project, load_sources(project))["dfe_ehc_plans"]
    (check,) = [check for check in suite.checks if check.id == name]
    suites = {way: type(suite)(way, (check,)) for way in tables}
    facts = {way: SourceFacts("Data team") for way in tables}
    observed = {way: {check.on: figures(rows)} for way, rows in tables.items()}
    found = run_checks(suites, observed, example_context(facts)).findings.set_index("source")
    assert found["outcome"].to_dict() == {"holds": "pass", "fails": "fail"}


def test_a_source_of_a_known_shape_is_files_alone(project: Path) -> None:
    seal = ""
    for path, content in files_of("add-a-source.md"):
        if path.startswith("toolkit/"):
            continue
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content.replace("HASH", seal), encoding="utf-8")
        seal = seal or hashlib.sha256((project / path).read_bytes()).hexdigest()
    assert "405" in explained("children_with_short_breaks")
    page = (ROOT / "docs" / "how-to" / "add-a-source.md").read_text("utf-8")
    assert f"\n{seal}  data/published/short_breaks/figures.csv\n" in page


def test_a_reader_is_one_class(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It hands over texts; the rest is done as for every other source."""
    reader = module_of("add-a-source.md", "toolkit/sources/json_lines.py").JsonLinesSource
    monkeypatch.setattr(readers, "READERS", {**readers.READERS, "json_lines": reader})
    folder = project / "data" / "published" / "short_breaks"
    folder.mkdir()
    line = '{"item": "breaks", "period": "2018", "basis": "calendar year", "area": "%s", "value": "%s"}\n'
    (folder / "figures.json").write_text(line % ("Leicestershire", "405") + line % ("England", "c"), encoding="utf-8")
    (folder / "source.yaml").write_text(SOURCE.replace("SEAL", "0" * 64), encoding="utf-8")
    source = reader.model_validate(read_yaml(folder / "source.yaml", project).data | {"id": "b", "folder": str(folder)})
    opened = OpenedFile(folder / "figures.json", "figures.json", "figures.json")
    reading = Reading("2019", date(2019, 3, 31), (opened,), date(2019, 4, 30))
    cells = source.cells(reading, frozenset({"breaks"}))
    table = observations_of(cells, source, reading, load_areas(project))
    assert source.available(reading) == ["breaks"]
    assert table["area_name"].tolist() == ["Leicestershire", "England"]
    assert table["value"].tolist()[0] == 405.0
    assert table["marker"].tolist() == ["", "c"]
    assert table["place"].tolist() == ["figures.json:1", "figures.json:2"]


SOURCE = """\
title: Short breaks
publisher: Department for Examples
licence: Open Government Licence v3.0
owner: Performance and Data Team
reader: json_lines
editions:
  - {edition: "2019", published: "2019-03-31", file: figures.json, sha256: SEAL}
"""


def test_a_chart_is_one_function(tmp_path: Path) -> None:
    """Written into a copy of the toolkit, the page's example draws in proportion, with title, description and table."""
    shutil.copytree(ROOT / "toolkit", tmp_path / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    ((path, content),) = files_of("add-a-chart.md")
    assert not (tmp_path / path).exists(), "the example would write over a chart that is there"
    (tmp_path / path).write_text(content, encoding="utf-8")
    page = (ROOT / "docs" / "how-to" / "add-a-chart.md").read_text("utf-8")
    (use,) = re.findall(r"(?ms)^```python\n(import pandas.*?)^```$", page)
    nothing = 'dots(pd.DataFrame({"name": ["a"], "value": [float("nan")]}), caption)'
    lines = use.replace("\ndots(", "\nfound = dots(") + f"print(found.html)\nprint({nothing}.html)\n"
    (tmp_path / "use.py").write_text(lines, encoding="utf-8")

    printed = subprocess.run([sys.executable, "use.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert printed.returncode == 0, printed.stderr
    lines_of_dots = re.findall(r'<polyline [^>]*?points="([\d.]+),[\d.]+ ([\d.]+),', printed.stdout)
    long, short = [float(end) - float(start) for start, end in lines_of_dots]
    assert short / long == pytest.approx(900 / 2300, abs=0.01)
    assert "<title " in printed.stdout
    assert "<desc " in printed.stdout
    assert "<table" in printed.stdout
    assert "There are no figures to draw." in printed.stdout
