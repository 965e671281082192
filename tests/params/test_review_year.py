"""A review year may be a calendar, an academic or a financial year: what it is called, and which months are its own."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.evidence import read_inputs
from toolkit.params import ReviewYear
from toolkit.report import ReviewSummary, outputs_index
from toolkit.run.planning import about_of

LAST = {"year": 2019, "title": "Annual review", "cut_off": "2019-12-31", "baseline": {}, "neighbours": "near"}


def review_year(kind: str, cut_off: str) -> ReviewYear:
    return ReviewYear.model_validate({**LAST, "year_kind": kind, "cut_off": cut_off})


@pytest.mark.parametrize(
    ("kind", "cut_off", "label", "months"),
    [
        ("calendar year", "2019-04-30", "2019", ("2018-05", "2019-04")),
        ("academic year", "2020-04-30", "2018/19", ("2018-09", "2019-08")),
        ("academic year", "2019-06-15", "2018/19", ("2018-09", "2019-06")),
        ("financial year", "2019-12-31", "2018/19", ("2018-04", "2019-03")),
    ],
)
def test_a_year_has_a_label_and_months(kind: str, cut_off: str, label: str, months: tuple[str, str]) -> None:
    """A calendar year has the twelve that end with its cut-off, the others their own as far as the cut-off."""
    year = review_year(kind, cut_off)
    assert (year.label, year.months[0], year.months[-1]) == (label, *months)
    assert year.label_of(2021) == {"2019": "2021", "2018/19": "2020/21"}[label]


@pytest.fixture
def school_year(tiny: Path) -> Path:
    """The tiny project's review of 2022 as that of the school year 2021/22."""
    review = tiny / "params" / "2022" / "review.yaml"
    review.write_text(f"{review.read_text(encoding='utf-8').rstrip()}\nyear_kind: academic year\n", encoding="utf-8")
    return tiny


def test_pages_and_the_list_of_reviews_call_it_by_its_label(school_year: Path) -> None:
    """The folder stays 2022, and so does the number that commands take."""
    inputs = read_inputs(school_year, 2022)
    about = about_of(inputs, "public")
    assert (about["year"], about["label"]) == (2022, "2021/22")
    del about["attributions"]
    page = outputs_index([ReviewSummary(**about, verdict="complete", signed="", href="2022/index.html")])
    assert ">2021/<wbr>22</a>" in page
    assert inputs.as_at("2021-09").year.cut_off.isoformat() == "2021-09-30"


@pytest.mark.parametrize("kind", ["academic year", "financial year"])
def test_a_cut_off_before_the_year_is_refused(school_year: Path, kind: str) -> None:
    """Its folder has the number of the year in which it ends."""
    review = school_year / "params" / "2022" / "review.yaml"
    text = review.read_text(encoding="utf-8").replace("2022-06-30", "2021-03-31").replace("academic year", kind)
    review.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"review.yaml:\d+: the cut-off is before the {kind} 2021/22 begins"):
        read_inputs(school_year, 2022)


def test_a_month_outside_the_year_is_named_with_those_that_it_has(school_year: Path) -> None:
    """A paper of a month, and a notebook that is opened for one."""
    (school_year / "params" / "2022" / "papers.yaml").write_text('months: ["2021-08"]\n', encoding="utf-8")
    message = "'2021-08' is not a month of the academic year 2021/22 up to the cut-off, 2022-06-30"
    with pytest.raises(InputError, match=message):
        read_inputs(school_year, 2022)
