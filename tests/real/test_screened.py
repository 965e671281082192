"""The screener on the example's files as published: nothing is blamed on files that have no metadata beside them."""

from pathlib import Path

from toolkit.evidence import context_of, read_inputs
from toolkit.evidence.kept_checks import screen_what_changed
from toolkit.evidence.screened import files_to_screen
from toolkit.frames import FINDINGS
from toolkit.words.findings import describe_finding


def test_files_without_metadata_are_said_not_to_be_screened_and_no_more(filled: Path, tmp_path: Path) -> None:
    """Each source in the convention has one note, which doubts no measure."""
    inputs = read_inputs(filled, 2025)
    files = files_to_screen(inputs.folder, inputs.sources, inputs.year.cut_off)

    found = screen_what_changed(files, inputs.areas, context_of(inputs), tmp_path)

    assert len(found) == len(files) == 6
    assert set(found["severity"]) == {"info"}
    assert set(found["measures"]) == {""}
    assert all("not screened: no metadata file" in describe_finding(finding) for finding in FINDINGS.rows(found))
