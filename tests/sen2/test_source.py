"""A return is a source of a review like any other: recognised, checked, counted and protected."""

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from toolkit.disclosure.returns import suppress_in_returns
from toolkit.errors import InputError
from toolkit.evidence import build, read_data, read_inputs
from toolkit.new_edition import FileToAdd, add_edition
from toolkit.sources import load_sources
from toolkit.sources.sen2.synthetic import invent, write_schools, write_xml

TINY = Path(__file__).parents[1] / "tiny"
FOLDER = "data/local/sen2_return"
MEASURE = """name: Plans within 20 weeks, from the SEN2 return
short_name: Plans within 20 weeks, local
why: It is known months before it is published.
unit: percent
decimals: 1
polarity: high
basis: calendar year
source: sen2_return
numerator: plans_issued_20_weeks_ex
denominator: plans_issued_den_ex
method: Plans issued within 20 weeks as a percentage of all plans issued without an exception
reconciles_with: on_time
reconciliation: {tolerance: 1.0}
"""
BY_SEX = MEASURE[: MEASURE.index("reconciles_with")] + 'breakdown: "Sex: Female"\n'
STOCK = """name: Plans in place in January, from the SEN2 return
short_name: Plans in place, local
why: How many children the service is for.
unit: number
decimals: 0
polarity: none
basis: January census
source: sen2_return
value: ehcplans
"""


@pytest.fixture(scope="module")
def council():
    return invent(plans=300, seed=4, year=2023)


@pytest.fixture(scope="module")
def made(tmp_path_factory, council) -> Path:
    """The tiny project with an invented return of 2023, and three measures of it."""
    tiny = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("sen2") / "tiny"))
    folder = tiny / FOLDER
    folder.mkdir()
    files = [write_xml(council.raw, folder / "return_2023.xml"), write_schools(folder / "schools.csv")]
    listed = ", ".join(f"{{file: {p.name}, sha256: {sha256(p.read_bytes()).hexdigest()}}}" for p in files)
    (folder / "source.yaml").write_text(
        f"""title: SEN2 return (invented)
publisher: Northshire County Council
licence: Not for publication
owner: Data team
reader: sen2_return
authority_number: "999"
person_level: true
illustrative: true
bases: [calendar year, month]
editions:
  - {{edition: "2023", published: "2023-03-01", files: [{listed}]}}
""",
        encoding="utf-8",
    )
    measures = tiny / "params/strategies/2020-2023/measures/a"
    for name, text in {"return_on_time": MEASURE, "return_girls": BY_SEX, "return_plans": STOCK}.items():
        (measures / f"{name}.yaml").write_text(text, encoding="utf-8")
    review = tiny / "params/2022/review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("2022-06-30", "2023-03-31"), encoding="utf-8")
    return tiny


@pytest.fixture
def project(made, tmp_path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture(scope="module")
def frames(made):
    return build(read_inputs(made, 2022))


def test_the_figures_of_a_return_are_results_of_a_review(frames, council):
    results = frames.results.set_index(["measure", "period"])
    expected = council.expected

    on_time = results.loc["return_on_time", "2022"]
    assert (on_time["numerator"], on_time["denominator"]) == (
        expected["plans_issued_20_weeks_ex"],
        expected["plans_issued_den_ex"],
    )
    assert results.loc["return_plans", "2023"]["value"] == expected["ehcplans"]
    assert 0 < results.loc["return_girls", "2022"]["denominator"] < expected["plans_issued_den_ex"]


def test_its_rules_are_checks_of_the_review_and_say_nothing_of_a_person(frames, council):
    findings = frames.findings[frames.findings["source"] == "sen2_return"]
    rules = findings[findings["check"].str.startswith("sen2_return.K")]

    assert len(rules) >= 60
    assert set(rules["outcome"]) <= {"pass", "fail"}
    assert rules.loc[rules["check"] == "sen2_return.K103", "owner"].item() == "schools"
    told = frames.findings.to_csv() + frames.failing.to_csv()
    assert "Specimen" not in told
    assert "ZZ99" not in told


def test_it_is_held_against_the_figure_that_another_source_publishes(frames):
    compared = frames.findings[frames.findings["check"] == "reconciliation.return_on_time"]

    assert len(compared) == 1


def test_a_small_count_of_a_return_is_hidden(frames):
    shown = frames.protection.results(frames.results).set_index(["measure", "period"])
    exact = frames.results.set_index(["measure", "period"])
    for key in exact.index[exact.index.get_level_values(0).str.startswith("return_")]:
        rest = exact.loc[key, "denominator"] - exact.loc[key, "numerator"]
        if 0 < exact.loc[key, "numerator"] < 5 or 0 < rest < 5:
            assert shown.loc[key, "marker"] == "c"


def test_the_review_hides_what_the_sums_of_the_whole_return_would_give_back(frames):
    of_return = frames.observations[frames.observations["source"] == "sen2_return"]
    hidden = suppress_in_returns(of_return, 5)

    assert len(hidden) > 100
    assert hidden <= frames.protection.cells
    assert {row["item"] for row in frames.published_rows.to_dict("records") if row["source"] == "sen2_return"} == {
        "plans_issued_20_weeks_ex",
        "plans_issued_den_ex",
        "ehcplans",
    }


def test_add_recognises_a_return(project, tmp_path):
    file = write_xml(invent(plans=120, seed=9, year=2024).raw, tmp_path / "upload.xml")
    added = add_edition(project, FileToAdd(file, edition="2024", despite_failures=True), date(2024, 3, 1))

    assert (added.source.id, added.edition.edition, added.registered) == ("sen2_return", "2024", True)
    assert load_sources(project)["sen2_return"].editions[-1].file == "upload.xml"


def test_a_return_of_another_authority_is_not_a_source(project):
    source = project / FOLDER / "source.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace('"999"', '"855"'), encoding="utf-8")

    with pytest.raises(InputError, match="return of authority 999, not 855"):
        read_data(read_inputs(project, 2022))


def test_two_returns_of_one_collection_are_refused(project):
    folder = project / FOLDER
    shutil.copy(folder / "return_2023.xml", folder / "again.xml")
    digest = sha256((folder / "again.xml").read_bytes()).hexdigest()
    source = folder / "source.yaml"
    text = source.read_text(encoding="utf-8").replace("files: [", f"files: [{{file: again.xml, sha256: {digest}}}, ")
    source.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="two returns of the 2023 collection"):
        read_data(read_inputs(project, 2022))


def test_its_rows_must_be_called_people(project):
    source = project / FOLDER / "source.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("person_level: true\n", ""), encoding="utf-8")

    with pytest.raises(InputError, match="rows of a SEN2 return are people"):
        load_sources(project)


@pytest.mark.parametrize("broken", ["toolkit.sources.sen2.source.measure_return", "toolkit.evidence.data.rule_rows"])
def test_a_fault_of_the_toolkit_quotes_no_person(broken, project, monkeypatch):
    """Neither while a review counts the return nor while it checks it."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("Specimen Number 1, born 2015-01-01")

    monkeypatch.setattr(broken, fail)
    with pytest.raises(InputError) as refused:
        read_data(read_inputs(project, 2022))

    assert "ValueError at test_source.py:" in str(refused.value)
    assert "Specimen" not in str(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None
