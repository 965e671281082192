"""The shipped catalogue: each measure reads what the pack has."""

import annual_review_pack
import pyarrow.parquet
import yaml

from toolkit.new_project.catalogue import CATALOGUE, catalogue_topics
from toolkit.new_project.sources import data_files
from toolkit.sources import load_areas

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


def test_the_authorities_of_which_a_source_has_nothing_are_listed() -> None:
    """Held against every cell of the pack: an authority in no row, by no name or code, and no other."""
    listed = yaml.safe_load((CATALOGUE / "not_published.yaml").read_text(encoding="utf-8"))
    bodies = [area for area in load_areas(annual_review_pack.FOLDER).records if area.level == "Local authority"]
    today = [area for area in bodies if not area.valid_to]
    for source in {measure.source for measure in MEASURES.values()}:
        files = (annual_review_pack.FOLDER / "data" / "published" / source).glob("*.parquet")
        columns = [column for file in files for column in pyarrow.parquet.read_table(file)]
        cells = {text for column in columns for text in column.unique().to_pylist()}
        numbered = not any(area.code in cells for area in today)  # a table with three-digit numbers in place of codes
        names = {area: {area.name, area.old_code if numbered else area.code} for area in today}
        lacking = [area.name for area in today if not cells & names[area]]
        assert sorted(lacking) == sorted(listed.get(source, [])), source


def test_only_the_sources_that_a_measure_needs_are_taken() -> None:
    names = {name.split("/")[2] for name, _ in data_files([MEASURES["neet_16_17"]]) if "/published/" in name}
    assert names == {"dfe_lait"}


def test_a_source_whose_measures_are_totals_is_read_for_its_totals() -> None:
    files = dict(data_files([MEASURES["ehc_plans"]]))
    about = yaml.safe_load(files["data/published/dfe_ehc_caseload/source.yaml"])
    assert about["filters"] == {"breakdown_topic": "All EHC plans"}
    assert "breakdown" not in about
