"""Reviews that lie in outputs/, read back to be compared."""

import json
from pathlib import Path

from toolkit import frames
from toolkit.run.comparing import READ, read_printed_review


def test_a_review_with_the_columns_of_an_earlier_version_is_not_compared(tmp_path: Path) -> None:
    """It lies there until its year is run again; the run of another year does not stop at it."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "manifest.json").write_text(json.dumps({"about": {"year": 2022}, "verdict": "complete"}), "utf-8")
    for name, frame in READ.items():
        (tmp_path / "tables" / f"{name}.csv").write_text(",".join(frame.columns) + "\n", "utf-8")
    assert read_printed_review(tmp_path) is not None

    older = [name for name in frames.JUDGEMENTS.columns if name != "invited"]
    (tmp_path / "tables" / "judgements.csv").write_text(",".join(older) + "\n", "utf-8")
    assert read_printed_review(tmp_path) is None
