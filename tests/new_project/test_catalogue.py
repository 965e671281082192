"""The shipped catalogue: each measure reads what the pack has."""

import annual_review_pack
import yaml

from toolkit.new_project.catalogue import CATALOGUE, catalogue_topics
from toolkit.new_project.sources import data_files

MEASURES = {one.measure.id: one.measure for topic in catalogue_topics().values() for one in topic.measures}


def test_every_folder_is_a_topic_and_no_measure_is_in_two() -> None:
    folders = {path.name for path in (CATALOGUE / "measures").iterdir()}
    assert folders == set(catalogue_topics())
    assert len(MEASURES) == len(list((CATALOGUE / "measures").glob("*/*.yaml")))


def test_every_measure_reads_a_source_of_the_pack_that_has_checks() -> None:
    published = {path.name for path in (annual_review_pack.FOLDER / "data" / "published").iterdir()}
    sources = {measure.source for measure in MEASURES.values()}
    assert sources <= published
    assert sources <= {path.stem for path in (CATALOGUE / "checks").glob("*.yaml")}


def test_only_the_sources_that_a_measure_needs_are_taken() -> None:
    names = {name.split("/")[2] for name, _ in data_files([MEASURES["neet_16_17"]]) if "/published/" in name}
    assert names == {"dfe_lait"}


def test_a_source_whose_measures_are_totals_is_read_for_its_totals() -> None:
    files = dict(data_files([MEASURES["ehc_plans"]]))
    about = yaml.safe_load(files["data/published/dfe_ehc_caseload/source.yaml"])
    assert about["filters"] == {"breakdown_topic": "All EHC plans"}
    assert "breakdown" not in about
