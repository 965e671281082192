"""A new project: the same bytes twice, nothing that a person edited is touched, and no other council's words."""

import re
from pathlib import Path

import annual_review_pack
import pytest

from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.new_project import Answers, begin_from, begin_project
from toolkit.new_project.answers import GOVERNANCE
from toolkit.params import load_project, load_review
from toolkit.params.strategy import Term
from toolkit.sources import load_areas

NORFOLK = Answers(authority="Norfolk")
TOGETHER = "params/2025/commentary/2.md"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def norfolk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as it was begun; no test writes into it."""
    folder = tmp_path_factory.mktemp("begun") / "norfolk"
    begin_project(folder, NORFOLK, folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    begin_project(tmp_path / "norfolk", NORFOLK, tmp_path)
    return tmp_path / "norfolk"


def test_the_same_answers_give_the_same_bytes(norfolk: Path, project: Path) -> None:
    assert files(norfolk) == files(project)


def test_the_params_are_read_and_name_the_authority(norfolk: Path) -> None:
    project = load_project(norfolk)
    assert project.strategy.authority == "Norfolk"
    assert len(project.strategy.priorities) == 6
    assert load_review(project, 2025).neighbours == "dfe_2025_05"
    assert {measure.priority for measure in project.measures.values()} == set("123456")


@pytest.mark.parametrize("bodies", sorted(path.stem for path in GOVERNANCE.glob("*.yaml")))
def test_every_worked_set_of_bodies_makes_a_project_that_is_read(bodies: str, tmp_path: Path) -> None:
    begin_project(tmp_path / "begun", Answers(authority="Norfolk", governance=bodies), tmp_path)
    project = load_project(tmp_path / "begun")
    assert project.governance.deciding
    assert project.strategy.contact == project.governance.name(project.governance.lowest)


def test_no_other_council_is_named_outside_the_data(norfolk: Path) -> None:
    """Nothing of the demonstration, nor of any example, is in what a council then publishes under its own name."""
    names = {area.name for area in load_areas(annual_review_pack.FOLDER).records if area.level == "Local authority"}
    written = "\n".join(text.decode() for name, text in files(norfolk).items() if not name.startswith("data/"))
    named = {name for name in names - {"Norfolk", "Reading"} if re.search(rf"\b{re.escape(name)}\b", written)}
    assert not named


def test_a_second_time_writes_nothing(project: Path) -> None:
    before = files(project)
    begun = begin_from(project, "", None, None)
    assert (begun.written, begun.removed, begun.edited) == ((), (), ())
    assert files(project) == before


def test_what_a_person_edited_or_took_out_stays_so(project: Path) -> None:
    commentary, measure = project / TOGETHER, project / "params/strategies/2024-2027/measures/6/neet_16_17.yaml"
    commentary.write_text("We met every week.\n", encoding="utf-8")
    measure.unlink()
    answers = project / "init.yaml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("to: 2027", "to: 2028"), encoding="utf-8")
    begun = begin_from(project, "", None, None)
    assert begun.written == ("params/strategies/2024-2027/strategy.yaml",)
    assert set(begun.edited) == {TOGETHER, "params/strategies/2024-2027/measures/6/neet_16_17.yaml"}
    assert commentary.read_text(encoding="utf-8") == "We met every week.\n"
    assert not measure.exists()


def test_measures_move_with_their_topic(project: Path) -> None:
    """A measure is in one priority's folder alone, also after its topic went to another priority."""
    answers = project / "init.yaml"
    text = (
        answers.read_text(encoding="utf-8")
        .replace("  - spending\n", "")
        .replace("  - adulthood\n", "  - adulthood\n  - spending\n")
    )
    answers.write_text(text, encoding="utf-8")
    begun = begin_from(project, "", None, None)
    assert begun.removed == ("params/strategies/2024-2027/measures/5/weekly_cost_of_sen_services.yaml",)
    assert "params/strategies/2024-2027/measures/6/weekly_cost_of_sen_services.yaml" in begun.written
    assert load_project(project).measures["weekly_cost_of_sen_services"].priority == "6"


def test_a_folder_that_was_begun_otherwise_is_refused(tmp_path: Path) -> None:
    (tmp_path / "params").mkdir()
    with pytest.raises(InputError, match="did not write"):
        begin_project(tmp_path, NORFOLK, tmp_path)


def test_another_authority_needs_a_folder_of_its_own(project: Path) -> None:
    with pytest.raises(InputError, match=r"the answers are of Norfolk, not of Suffolk"):
        begin_from(project, "Suffolk", None, None)


def test_what_is_not_published_for_an_authority_is_waived_with_the_reason(tmp_path: Path, norfolk: Path) -> None:
    begin_project(tmp_path / "scilly", Answers(authority="Isles of Scilly"), tmp_path)
    waivers = (tmp_path / "scilly" / "params" / "2025" / "waivers.yaml").read_text(encoding="utf-8")
    assert "source: dfe_neet\n  reason: The publisher of this table gives no figures for Isles of Scilly." in waivers
    page = (tmp_path / "scilly" / "what-only-you-can-write.md").read_text(encoding="utf-8")
    assert "no figures of it for: NEET or not known, plan; NEET or not known, SEN support." in page
    assert not (norfolk / "params" / "2025" / "waivers.yaml").exists()


def test_change_is_counted_from_the_first_comparable_period(norfolk: Path, tmp_path: Path) -> None:
    """A baseline before the first figures, or before a break, would leave the change unjudged for good."""
    term = Term.model_validate({"from": 2020, "to": 2025})
    begin_project(tmp_path / "long", Answers(authority="Norfolk", term=term), tmp_path)
    exceptions = load_review(load_project(tmp_path / "long"), 2025).baseline_exceptions
    assert exceptions["request_decisions_within_6_weeks"] == "2023"  # first published for that year
    assert exceptions["tribunal_appeal_rate"] == "2023"  # a break
    assert "plans_within_20_weeks" not in exceptions
    assert load_review(load_project(norfolk), 2025).baseline_exceptions == {}


def test_a_body_that_has_ended_is_refused_with_its_successors(project: Path) -> None:
    """Also where somebody writes its name into the strategy by hand: its figures would be asked for in vain."""
    strategy = project / "params/strategies/2024-2027/strategy.yaml"
    text = strategy.read_text(encoding="utf-8").replace("authority: Norfolk", "authority: Cumbria")
    strategy.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"strategy.yaml:3: Cumbria ended on 2023-03-31.*Cumberland or Westmorland"):
        read_inputs(project, 2025)
