"""What has become of the figures that last year's review used."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from tests.refresh.two_years import second_review, with_second_year
from toolkit.evidence import revisions_between
from toolkit.frames import FINDINGS
from toolkit.review import Review, open_review

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "revisions.yaml").read_text(encoding="utf-8"))


def shown(row: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """A row of the table in the words of the examples, as far as the example says anything."""
    numbers = {"then": row["then_value"], "now": row["now_value"], "difference": row["difference"]}
    told = {key: "none" if math.isnan(n) else pytest.approx(n, abs=0.006) for key, n in numbers.items()}
    editions = f"{row['then_edition']}, now {row['now_edition']}"
    return {key: value for key, value in {**row, **told, "editions": editions}.items() if key in asked}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_worked_examples(tiny: Path, example: dict[str, Any]):
    """Each example of tests/examples/revisions.yaml gives exactly the rows that it says."""
    more = {key: example[key] for key in ("header", "rename", "redefines") if key in example}
    project = with_second_year(tiny, example["changed"], **more)

    table = open_review(project, 2023, example.get("profile", "internal")).frames.revisions

    rows = table.to_dict("records")
    assert len(rows) == len(example["expect"]), table.to_string()
    for row, expected in zip(rows, example["expect"], strict=True):
        assert shown(row, expected) == expected


def test_the_page_says_a_mark_that_flips_once(tiny: Path):
    """Further figures of the same measure point to the first one; they do not say that nothing would be otherwise."""
    project = with_second_year(tiny, {"issued_on_time, 2021, England": 2600, "issued_on_time, 2021, Northshire": 111})

    html = open_review(project, 2023, "internal").revisions().html

    assert html.count("compared with England: worse, now similar") == 1
    assert html.count("given with the first figure of this measure") == 1
    assert ">nothing<" not in html


@pytest.mark.parametrize(("described", "renamed"), [("Overall", "Overall: Overall"), ("Rating", "Overall: Rating")])
def test_a_rename_may_be_declared_from_the_new_name_to_the_old_or_the_other_way(
    tiny: Path, described: str, renamed: str
):
    """The rest of source.yaml may use the header of either edition; every figure is read from both."""
    folder = tiny / "data" / "local" / "survey"
    text = (folder / "responses.csv").read_text(encoding="utf-8").replace("Overall", "Rating", 1)
    (folder / "later.csv").write_text(text, encoding="utf-8", newline="\n")
    digest = hashlib.sha256((folder / "later.csv").read_bytes()).hexdigest()
    source = (folder / "source.yaml").read_text(encoding="utf-8").replace("header: Overall", f"header: {described}")
    later = f'  - {{edition: "2022", published: "2023-01-31", file: later.csv, sha256: {digest}}}\ncolumns:'
    rename = "Rating: Overall" if described == "Overall" else renamed
    source = source.replace("columns:", later, 1) + f"rename: {{{rename}}}\n"
    (folder / "source.yaml").write_text(source, encoding="utf-8")
    second_review(tiny)

    review = open_review(tiny, 2023)

    used = review.evidence.results
    assert set(used.loc[used["measure"] == "rated_good", "edition"]) == {"2022"}
    assert review.frames.revisions.empty


def test_the_first_review_has_nothing_to_look_back_on(tiny: Path):
    """The page says so instead of showing an empty table."""
    assert "no review before this one" in open_review(tiny, 2022).revisions().html


def test_the_page_says_how_many_figures_changed_and_shows_each(tiny: Path):
    """A sentence first, then a table with both values and what last year's review would say otherwise."""
    project = with_second_year(tiny, {"issued_on_time, 2021, Northshire": 190})

    text = re.sub("<[^>]+>", " ", open_review(project, 2023, "internal").revisions().html)

    assert "1 figure that the review of 2022 used has changed since." in text
    assert "That review would judge one measure differently today." in text
    assert "50.0% (110 of 220)" in text
    assert "86.4% (190 of 220)" in text
    assert "change since the start: worse, now no clear change" in text


def test_marks_that_the_checks_barred_last_year_do_not_flip(tiny: Path):
    """A measure whose source failed critically then had no marks, so none of them can be another today."""
    review = open_review(with_second_year(tiny, {"issued_on_time, 2021, Northshire": 190}), 2023, "internal")
    earlier = review.evidence.earlier
    assert earlier is not None
    failed = {"severity": "critical", "outcome": "fail", "measures": "on_time", "source": "plans"}
    row = {name: failed.get(name, 0.0 if kind == "float64" else "") for name, (kind, _) in FINDINGS.columns.items()}
    barred = replace(earlier, findings=FINDINGS.validate(pd.DataFrame([row])))

    assert revisions_between(barred, review.evidence, public=False)["flips"].tolist() == [""]


def test_a_measure_that_was_redefined_since_is_no_revision(tiny: Path):
    """Both sides are worked out as last year's review defined it, whatever it means from this year on."""
    (tiny / "params" / "2022" / "decisions.yaml").write_text(
        "- {id: d1, kind: measure, subject: plans, change: redefine, to: {value: issued_on_time}, reason: So it is,"
        " authority: board, decided: {on: 2022-07-01, by: Board}}\n",
        encoding="utf-8",
    )
    review = open_review(with_second_year(tiny, {"issued, 2021, England": 5201}), 2023, "internal")

    mine = review.frames.revisions[review.frames.revisions["measure"] == "plans"]

    assert review.frames.catalogue["plans"].value == "issued_on_time"
    assert mine[["area", "then_value", "now_value"]].to_numpy().tolist() == [["England", 5200.0, 5201.0]]


def test_the_files_of_last_years_review_are_among_the_inputs(tiny: Path):
    """What was read is in the manifest: the edition of then, and the params that it was judged by."""
    evidence = open_review(with_second_year(tiny, {}), 2023).evidence

    assert {"2022-05", "2023-05"} <= {edition for _, edition in evidence.inputs.all_data_files}
    assert tiny / "params" / "2022" / "review.yaml" in evidence.inputs.all_param_files


def test_the_demonstration_has_revisions_of_its_made_up_cases(opened: Opened):
    """Four requests of December 2018 were typed in late: the review of 2020 finds them, and marks them made up."""
    table = opened(2020).frames.revisions

    late = table[(table["measure"] == "requests_received_monthly") & (table["period"] == "2018-12")]
    assert late["difference"].tolist() == [4.0]
    assert set(table["illustrative"]) == {"illustrative"}
    assert (table["flips"] == "").all()
    assert isinstance(table, pd.DataFrame)
