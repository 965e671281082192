"""Another authority is one line of the params: nothing else in the example, and nothing in the code, names one."""

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.params import Project, load_project, load_review
from toolkit.sources import load_areas, load_sources, neighbours_of, read_observations

EXAMPLE = Path(__file__).parents[2] / "examples" / "leicestershire_2025"
OTHERS = ["Devon", "Camden", "Dorset", "Westmorland and Furness"]
LINE = re.compile(r"(?m)^authority: .*?(?= *#)")


@pytest.fixture(scope="module")
def judged(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pd.DataFrame]:
    """Judgements by measure of an authority, from a copy of the filled example with the one line changed."""
    return cache(lambda authority: _judgements(_changed(filled, tmp_path_factory.mktemp("other") / "x", authority)))


def _changed(filled: Path, folder: Path, authority: str) -> Project:
    shutil.copytree(filled, folder)
    strategy = folder / "params" / "strategies" / "2020-2025" / "strategy.yaml"
    text, changes = LINE.subn(f"authority: {authority}", strategy.read_text(encoding="utf-8"))
    assert changes == 1
    strategy.write_text(text, encoding="utf-8", newline="\n")
    return load_project(folder)


def _judgements(project: Project) -> pd.DataFrame:
    folder, authority = project.folder, project.strategy.authority
    review, areas = load_review(project, 2025), load_areas(folder)
    wanted: dict[str, set[str]] = {}
    for measure in project.active():
        wanted.setdefault(measure.source, set()).update(measure.items)
    observed = read_observations(folder, load_sources(folder), wanted, review.cut_off, authority=authority)
    code = areas.find(authority).code
    setting = Setting(
        authority=code,
        england=areas.find("England").code,
        region=areas.region_of(code),
        neighbours=tuple(neighbours_of(folder, review.neighbours, code)),
        review=review,
        minimum_base=project.policy.minimum_base,
    )
    grids = grids_of(project.active(), results_for(project.active(), observed))
    return judgements_for(grids, setting).set_index("measure")


@pytest.mark.parametrize("authority", OTHERS)
def test_another_authority_is_reviewed_by_changing_one_line(
    authority: str, project: Project, judged: Callable[[str], pd.DataFrame], shared_file: Callable[[str], Path]
) -> None:
    """Each measure's newest figure is the authority's own, as published, beside its own neighbours."""
    rows = judged(authority)

    table = pd.read_parquet(shared_file("data/lait/bds_long_0_2e30e39.parquet"))
    own = table[(table["LA and Regions"] == authority) & (table["Values"] != "-")]
    for measure in project.active():
        published = own.loc[own["Short Desc"] == measure.value, "Values"].astype(float).to_list()
        if measure.source == "dfe_lait" and measure.value:
            expected = published[-1] if published else float("nan")
            assert rows["value"][measure.id] == pytest.approx(expected, nan_ok=True), measure.id
    assert len(rows) == len(project.active())
    assert rows["value"].notna().sum() >= 55
    assert rows.loc[rows["value"].notna(), "comparator_neighbours"].notna().all()


def test_an_authority_founded_in_2023_has_no_change_to_judge(judged: Callable[[str], pd.DataFrame]) -> None:
    """Westmorland and Furness has figures from 2023 on: none are borrowed from Cumbria for the years before."""
    rows = judged("Westmorland and Furness")

    before = rows[~rows["baseline_period"].isin(["2023", "2022/23"])]  # baselines since then are its own figures

    assert len(before) > 50
    assert before["baseline_value"].isna().all()
    assert set(before["direction"]) == {"cannot be judged"}
    assert rows["value"]["plans_within_20_weeks"] == pytest.approx(100 * 274 / 299)
    assert rows["statutory_status"]["plans_within_20_weeks"] == "not met"


def test_a_change_of_boundary_is_not_a_change_of_name(judged: Callable[[str], pd.DataFrame]) -> None:
    """Dorset before April 2019 was another body of that name: its March 2019 figure is no baseline now."""
    rows = judged("Dorset")

    assert rows["baseline_period"]["sen_16_17_in_education_or_training"] == "2019"
    assert pd.isna(rows["baseline_value"]["sen_16_17_in_education_or_training"])
    assert rows["baseline_value"]["ehc_plans"] == 2534


def test_only_one_line_names_the_authority() -> None:
    """A council that copies the example has one line to change: no other word of its params or sources names it."""
    files = sorted(path for kind in ("yaml", "md") for path in EXAMPLE.glob(f"*/**/*.{kind}"))
    texts = {path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in files}

    assert len(files) > 70
    named = [name for name, text in texts.items() for _ in re.findall("Leicester", text)]
    assert named == ["params/strategies/2020-2025/strategy.yaml"]
