"""Bad params: one clear message for each mistake, with the place, and every mistake of a file at once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.errors import InputError
from toolkit.params import load_project, load_review

EXAMPLES = Path(__file__).parents[1] / "examples" / "params" / "mistakes.yaml"
CASES = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))


def spoil(project: Path, case: dict[str, Any]) -> None:
    """Make the mistake that an example describes."""
    path = project / case["file"]
    text = path.read_text(encoding="utf-8")
    if case.get("remove"):
        path.unlink()
    elif case.get("empty"):
        path.write_bytes(b"")
    elif "latin" in case:
        path.write_bytes((text + "# " + case["latin"] + "\n").encode("cp1252"))
    elif "append" in case:
        path.write_text(text + case["append"], encoding="utf-8")
    else:
        assert case["find"] in text, "the example no longer fits the tiny project"
        path.write_text(text.replace(case["find"], case["put"]), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_mistake_is_named_with_its_place(case: dict[str, Any], tiny: Path):
    """What tests/examples/params/mistakes.yaml says is what a person reads."""
    spoil(tiny, case)

    with pytest.raises(InputError) as told:
        load_review(load_project(tiny), 2022)

    for words in case["told"]:
        assert words in str(told.value)


def test_all_the_mistakes_of_all_the_measures_come_together(tiny: Path):
    """An analyst mends the catalogue once: mistakes in two files are reported in one go."""
    for name, wrong in (("a/on_time", "unit: percentage"), ("b1/rated_good", "unit: percentage")):
        path = tiny / "params" / "strategies" / "2020-2023" / "measures" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("unit: percent", wrong), encoding="utf-8")

    with pytest.raises(InputError) as told:
        load_project(tiny)

    assert [problem.file for problem in told.value.problems] == [
        "params/strategies/2020-2023/measures/a/on_time.yaml",
        "params/strategies/2020-2023/measures/b1/rated_good.yaml",
    ]


def test_a_year_without_a_folder_offers_the_nearest(tiny: Path):
    """A mistyped year never builds another year's report."""
    with pytest.raises(InputError, match=r"there is no review of 2032 \(did you mean '2022'"):
        load_review(load_project(tiny), 2032)


def test_the_tiny_project_itself_is_sound(tiny: Path):
    """Without a mistake nothing is refused, and measures come in the order of the priorities."""
    project = load_project(tiny)

    assert list(project.measures) == ["on_time", "plans", "rated_good", "attainment"]
    assert load_review(project, 2022).targets["on_time"].by == "2022"
