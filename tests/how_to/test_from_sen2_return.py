"""docs/how-to/from-sen2-return-to-review.md, followed: a return is proposed, confirmed, measured and added to."""

import re
import shutil
import stat
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence import build, read_inputs
from toolkit.params import load_project, load_succession
from toolkit.sources import load_sources
from toolkit.sources.sen2.synthetic import invent, write_template, write_xml

DEMONSTRATION = Path(__file__).parents[2]
HOW_TO = DEMONSTRATION / "docs" / "how-to"
PAGE = "from-sen2-return-to-review.md"
STRATEGY, TINY = "params/strategies/2021-2024", "params/strategies/2020-2023"
"""The demonstration's, as the page names it, and that of the tiny project, in which it is followed."""
TABLES = {
    "people.csv": "Ref,Born,Gender\nP1,02/05/2019,Female\nP2,30/11/2015,Male\n",
    "cases.csv": "Case,Ref,Asked,Told,Answer\nC1,P1,03/07/2026,10/08/2026,Agreed\n"
    "C2,P2,06/08/2026,24/09/2026,Refused\n",
}


@pytest.fixture
def confirmed(project, follow):
    """The page's source, its owner filled in, where it belongs; and the year's cut-off after the return."""
    council = invent(plans=150, seed=5, year=2023)
    write_xml(council.raw, project.parent / "return.xml")
    page = follow(PAGE)
    first, *_ = page.blocks("console")
    page.type_in(first)
    source = project / "proposed/sen2_return/source.yaml"
    text = source.read_text(encoding="utf-8").replace('publisher: ""', "publisher: Northshire County Council")
    lines = [
        "    published: 2023-03-01" if line.strip().startswith("published:") else line for line in text.splitlines()
    ]
    written = "\n".join(lines).replace("2023-03-01", '"2023-03-01"').replace('owner: ""', "owner: Data team")
    source.write_text(written + "\n", encoding="utf-8")
    shutil.move(source.parent, project / "data/local/sen2_return")
    review = project / "params/2022/review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("2022-06-30", "2023-03-31"), encoding="utf-8")
    page.write_files()
    written_to = project / STRATEGY / "measures/a"
    for path in written_to.iterdir():
        text = path.read_text(encoding="utf-8").replace(
            "reconciles_with: plans_within_20_weeks", "reconciles_with: on_time"
        )
        (project / TINY / "measures/a" / path.name).write_text(text, encoding="utf-8")
    shutil.rmtree(project / STRATEGY)
    return page, council


def test_the_page_leads_from_a_return_to_a_figure_of_the_review(project, confirmed):
    page, council = confirmed
    folder = project / "data/local/sen2_return"
    results = build(read_inputs(project, 2022)).results.set_index(["measure", "period"])

    assert results.loc[("return_on_time", "2022"), "numerator"] == council.expected["plans_issued_20_weeks_ex"]
    assert stat.S_IMODE((folder / "return.xml").stat().st_mode) == 0o600
    assert "!*.yaml" in (folder / ".gitignore").read_text(encoding="utf-8")

    write_xml(invent(plans=150, seed=6, year=2024).raw, project.parent / "return_2027.xml")
    _, second, _ = page.blocks("console")
    page.type_in(second)
    assert load_sources(project)["sen2_return"].editions[-1].file == "return_2027.xml"
    assert stat.S_IMODE((folder / "return_2027.xml").stat().st_mode) == 0o600


def test_the_names_of_the_page_are_those_of_the_demonstration(follow):
    """Its folder of measures, and a published measure of the same basis and unit."""
    measure, *_ = follow(PAGE).blocks("yaml")
    own = yaml.safe_load(measure.text)
    place = DEMONSTRATION / Path(measure.text.splitlines()[0].removeprefix("# ")).parent
    published = yaml.safe_load((place / f"{own['reconciles_with']}.yaml").read_text(encoding="utf-8"))

    assert (own["basis"], own["unit"]) == (published["basis"], published["unit"])


def test_the_next_strategy_must_say_what_becomes_of_the_measure(project, confirmed):
    """As the page says: left out it is named as lost, and its line lets it end."""
    page, _ = confirmed
    new = Path(shutil.copytree(project / TINY, project / "params/strategies/2024-2027"))
    (new / "measures/a/return_on_time.yaml").unlink()
    [says] = [block.text for block in page.blocks("text") if "succeeds:" in block.text]
    text = (new / "strategy.yaml").read_text(encoding="utf-8").replace("from: 2020, to: 2023", "from: 2024, to: 2027")
    says = says.replace("2021-2024", "2020-2023")
    same = "  priorities: {a: a, b1: b1, b2: b2}\n  workstreams: {w1: w1}\n"
    (new / "strategy.yaml").write_text(text + says.rsplit("  measures", 1)[0] + same, encoding="utf-8")
    with pytest.raises(InputError, match="the measure 'return_on_time' of the strategy before neither continues nor"):
        load_succession(load_project(project))

    (new / "strategy.yaml").write_text(text + says.rstrip("\n") + "\n" + same, encoding="utf-8")
    load_succession(load_project(project))


def test_the_pages_quarterly_update(project, follow):
    for name, text in TABLES.items():
        (project.parent / name).write_text(text, encoding="utf-8")
    page = follow(PAGE)
    page.write_files()
    *_, command = page.blocks("console")
    asked, *shown = command.text.splitlines()
    printed = CliRunner().invoke(cli, asked.removeprefix("$ annual-review ").split()).output

    assert all(line in printed.splitlines() for line in shown)
    assert (project / "returns/quarter/monitoring.csv").is_file()


def test_a_proposal_of_a_template_names_nobody(project):
    write_template(invent(plans=30, seed=1, year=2024).raw, project / "filled.xlsx")
    done = CliRunner().invoke(cli, ["add", "filled.xlsx", "--propose", "sen2_return"])
    written = (project / "proposed/sen2_return/source.yaml").read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    assert 'authority_number: "999"' in written
    assert "Specimen" not in written + done.output


@pytest.mark.parametrize("page", [PAGE, "read-your-sen2-return.md"])
def test_the_page_takes_the_return_from_outside_the_project(page, follow):
    """In the project's folder `git add .` would commit people."""
    commands = [line for block in follow(page).blocks("console", "") for line in block.text.splitlines()]
    files = re.findall(
        r"\S*(?:return\w*\.xml|people\.csv|cases\.csv)", "\n".join(c for c in commands if "annual-review" in c)
    )

    assert all(file.startswith("../") for file in files), files
    assert "`git add .`" in (HOW_TO / page).read_text(encoding="utf-8")
