"""The Department's screener within a review: its checks are findings like any other, and never critical."""

import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.evidence import frames_of, kept_checks, read_inputs
from toolkit.evidence.kept_checks import FRESH
from toolkit.quality import SourceFacts, verdict
from toolkit.quality.screener import lookups_from_areas
from toolkit.quality.screener_findings import FilePair, screen_source
from toolkit.sources import load_areas
from toolkit.words.findings import with_words

DATA = """\
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,old_la_code,la_name,sen_provision,pupils
201819,Academic year,National,E92000001,England,,,,,,Total,354000
201819,Academic year,National,E92000001,England,,,,,,SEN support,52000
201819,Academic year,Local authority,E92000001,England,E12000001,North,E10000901,901,Northshire,Total,700
201819,Academic year,Local authority,E92000001,England,E12000001,North,E10000901,901,Northshire,SEN support,c
"""
META = """\
col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column
sen_provision,Filter,SEN provision,,,,Filter by provision,
pupils,Indicator,Number of pupils,Pupils,,0,,
"""
OLDER_META = """\
col_name,col_type,label,indicator_grouping,indicator_unit,filter_hint,filter_grouping_column
sen_provision,Filter,SEN provision,,,Filter by provision,
pupils,Indicator,Number of pupils,Pupils,,,
"""
"""As files were described before decimals were asked for."""
SOURCE = """\
title: Pupils with special educational needs
publisher: Department for Examples
licence: Open Government Licence v3.0
owner: Performance team
reader: ees
items: [pupils]
names: {Northshir: Northshire}
editions:
  - edition: "2019"
    published: "2020-05-31"
    files:
"""
WHOLE = "screener.whole_file"
TINY = Path(__file__).parents[1] / "tiny"


def with_source(project: Path, data: str = DATA, meta: str = META) -> Path:
    """The project with a source in the convention of Explore Education Statistics, ``meta`` beside it where given."""
    folder = project / "data" / "published" / "sen"
    folder.mkdir(parents=True)
    files = {"sen.csv": data, **({"sen.meta.csv": meta} if meta else {})}
    named = ""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        named += f"      - {{file: {name}, sha256: {sha256(text.encode()).hexdigest()}}}\n"
    (folder / "source.yaml").write_text(SOURCE + named, encoding="utf-8")
    return project


def findings(project: Path) -> pd.DataFrame:
    """What the review finds in the source, by check."""
    found = with_words(frames_of(project, 2022).findings)
    return found[found["source"] == "sen"].set_index("check")


def of_screener(found: pd.DataFrame) -> pd.DataFrame:
    return found[found.index.str.match(r"(pre)?check_|screener\.")]


def test_a_sound_file_passes_every_check_under_the_screener_s_names(tiny: Path) -> None:
    """Each check is a finding of its own, and none of them fails."""
    found = of_screener(findings(with_source(tiny)))

    assert len(found) > 70
    assert {"check_general_dupes", "precheck_time_id_valid", "check_ind_invalid_entry"} <= set(found.index)
    assert found[found["outcome"] != "pass"].empty
    assert found.loc["check_general_dupes", "rows_checked"] == 4
    assert found.loc[WHOLE, "message"].endswith("Passed: 1 file screened.")


@pytest.mark.parametrize(
    ("check", "old", "new", "severity", "says"),
    [
        ("check_general_dupes", "SEN support,c\n", "Total,700\n", "warning", "sen.csv: Rows are about the same time"),
        ("check_ind_invalid_entry", "SEN support,c\n", "SEN support,\n", "warning", "a blank (line 5) in pupils"),
        ("check_geog_la_combos", "901,Northshire,T", "901,Northshir,T", "info", "| Northshir | 901' (line 4)"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_and_line_and_makes_no_draft(
    check: str, old: str, new: str, severity: str, says: str, tiny: Path
) -> None:
    """Repeats, blanks and times warn, everything else is a note; each says what to do and who can do it."""
    found = of_screener(findings(with_source(tiny, DATA.replace(old, new))))

    row = found.loc[check]
    assert (row["outcome"], row["severity"], row["owner"]) == ("fail", severity, "Performance team")
    assert says in row["message"]
    assert row["action"]
    assert verdict(found) == "complete"


def test_a_file_without_metadata_is_said_not_to_be_screened(tiny: Path) -> None:
    """It is a note with what to do, and no measure is doubted for it."""
    found = of_screener(findings(with_source(tiny, meta="")))

    assert list(found.index) == [WHOLE]
    row = found.loc[WHOLE]
    assert (row["outcome"], row["severity"], row["measures"]) == ("fail", "info", "")
    assert "not screened: no metadata file beside sen.csv" in row["message"]
    assert ".meta.csv" in row["action"]


def test_a_file_that_stops_the_screener_says_what_was_not_checked(tiny: Path) -> None:
    """What waits for a failed precheck is told, as a warning: a check that could not be made is never a note."""
    found = of_screener(findings(with_source(tiny, meta=OLDER_META)))

    assert found.loc["precheck_col_req_meta", "outcome"] == "fail"
    assert (found.loc[WHOLE, "outcome"], found.loc[WHOLE, "severity"]) == ("error", "warning")
    assert "checks cannot run until the faults of 'Precheck columns' are corrected" in found.loc[WHOLE, "message"]


def test_a_damaged_metadata_file_is_told_at_its_line(tiny: Path) -> None:
    """A row of another length than the header stops the screener, not the review."""
    found = of_screener(findings(with_source(tiny, meta=META + "more,Indicator,More,,,0,,,,,\n")))

    assert (found.loc[WHOLE, "outcome"], found.loc[WHOLE, "severity"]) == ("error", "warning")
    assert "sen.meta.csv:4" in found.loc[WHOLE, "message"]
    assert "sen.csv" in found.loc[WHOLE, "message"]


PUPILS = SourceFacts("Team", measures={"pupil_rate": ("pupils",)})


def told(folder: Path, facts: SourceFacts, data: str = DATA, meta: str = META) -> pd.DataFrame:
    """What the screener's checks find in one file, by check."""
    with_source(folder, data, meta)
    files = FilePair(*(folder / "data" / "published" / "sen" / name for name in ("sen.csv", "sen.meta.csv")))
    found = screen_source("sen", [files], lookups_from_areas(load_areas(folder)), facts)
    return with_words(found).set_index("check")


def test_a_finding_names_every_measure_of_the_source(tiny: Path) -> None:
    """All of them rest on the file, so that all of them carry what is wrong with it."""
    two = SourceFacts("Team", measures={"support_rate": ("pupils",), "pupil_rate": ("pupils",)})
    found = told(tiny, two, meta=OLDER_META)

    assert found.loc["precheck_col_req_meta", "measures"] == "pupil_rate;support_rate"
    assert found.loc[WHOLE, "measures"] == "pupil_rate;support_rate"


@pytest.mark.parametrize(
    ("check", "data", "meta", "severity"),
    [
        ("check_meta_ind_dp_set", DATA, META.replace(",0,", ",,"), "info"),
        ("check_time_period_six", DATA.replace("201819", "201817"), META, "warning"),
        ("precheck_time_id_valid", DATA.replace("Academic year", "School year"), META, "warning"),
    ],
)
def test_what_the_screener_warns_of_is_a_note_and_a_wrong_time_a_warning(
    check: str, data: str, meta: str, severity: str, tiny: Path
) -> None:
    """A warning of the screener is told too; a fault in time changes what a figure says."""
    row = told(tiny, PUPILS, data, meta).loc[check]

    assert (row["outcome"], row["severity"], row["measures"]) == ("fail", severity, "pupil_rate")


def test_what_a_file_has_nothing_of_does_not_apply(tiny: Path) -> None:
    """A check of wards is not passed by a file without wards: the finding says why, and no row is counted."""
    found = told(tiny, PUPILS)

    wards, repeats = found.loc["check_geog_ward_combos"], found.loc["check_general_dupes"]
    assert (wards["outcome"], wards["rows_checked"], wards["rows_failed"]) == ("pass", 0, 0)
    assert (repeats["outcome"], repeats["rows_checked"], repeats["rows_failed"]) == ("pass", 4, 0)
    assert wards["message"].endswith("Passed: The file does not have all columns of the level Ward.")
    assert repeats["message"].endswith("Passed: 4 rows checked.")


def test_measures_are_doubted_for_what_could_not_be_screened(tiny: Path) -> None:
    """Nobody knows what the checks that were not made would have found."""
    assert told(tiny, PUPILS, meta=OLDER_META).loc[WHOLE, "measures"] == "pupil_rate"


def test_of_a_file_of_people_no_value_and_no_line_is_told(tmp_path: Path, tiny: Path) -> None:
    """What is wrong may be a cell of a person's row: what failed is said, and nothing of what stands there."""
    people = SourceFacts("Team", person_level=True)

    failed = told(tiny, people, DATA.replace("901,Northshire,T", "901,Secret,T"))
    stopped = told(shutil.copytree(TINY, tmp_path / "other"), people, meta=META + "secret,Indicator,S,,,0,,,,,\n")

    assert failed.loc["check_geog_la_combos", "outcome"] == "fail"
    assert stopped.loc[WHOLE, "outcome"] == "error"
    for found in (failed, stopped):
        assert "ecret" not in found.to_csv()
        assert "the details are not shown, because the rows are about people" in found.to_csv()
    assert "sen.meta.csv:4" not in stopped.to_csv()


def test_a_waiver_holds_for_the_screener_s_checks_too(tiny: Path) -> None:
    """What nobody will put right may be waived; a check that the screener does not have is refused."""
    with_source(tiny, DATA.replace("SEN support,c\n", "SEN support,\n"))
    waiver = tiny / "params" / "2022" / "waivers.yaml"
    text = "- check: check_ind_invalid_entry\n  source: sen\n  reason: The publisher knows.\n  approver: Director\n"
    waiver.write_text(text + '  expires: "2022-12-31"\n', encoding="utf-8")

    assert findings(tiny).loc["check_ind_invalid_entry", "outcome"] == "waived"

    waiver.write_text(waiver.read_text("utf-8").replace("invalid_entry", "invalid_entri"), encoding="utf-8")
    with pytest.raises(InputError, match="check_ind_invalid_entry"):
        read_inputs(tiny, 2022)


def test_what_has_not_changed_is_not_screened_again(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second command takes what was kept, and tells the same; another metadata file is screened."""
    monkeypatch.delenv(FRESH, raising=False)
    first = findings(with_source(tiny))
    times: list[str] = []
    monkeypatch.setattr(kept_checks, "screen_source", lambda *given: (times.append(given[0]), screen_source(*given))[1])
    for path in (tiny / ".cache" / "evidence").rglob("findings.parquet"):
        path.unlink()

    pd.testing.assert_frame_equal(findings(tiny), first)
    assert times == []

    folder = tiny / "data" / "published" / "sen"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    findings(with_source(tiny, meta=META.replace("Number of pupils", "Pupils")))
    assert times == ["sen"]
