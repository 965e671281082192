"""The tiny project with a second review year, for whom a new edition of the published figures came out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

EDITION = '  - {{edition: "2023-05", published: "2023-05-31", file: figures_2023.csv, sha256: {hash}{more}}}\n'


def with_second_year(project: Path, changed: Mapping[str, object], **more: Mapping[str, str]) -> Path:
    """Add params/2023 and an edition of May 2023 with the ``changed`` figures; ``more``: header, rename, redefines."""
    second_review(project)
    folder = project / "data" / "published" / "plans"
    table = changed_figures(pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False), changed)
    new = folder / "figures_2023.csv"
    table.rename(columns=more.get("header", {})).to_csv(new, index=False, lineterminator="\n")
    said = "".join(f", redefines: {{{item}: {how}}}" for item, how in more.get("redefines", {}).items())
    edition = EDITION.format(hash=hashlib.sha256(new.read_bytes()).hexdigest(), more=said)
    rename = "".join(f"rename: {{{a}: {b}}}\n" for a, b in more.get("rename", {}).items())
    described = folder / "source.yaml"
    described.write_text(described.read_text(encoding="utf-8") + edition + rename, encoding="utf-8")
    return project


def second_review(project: Path) -> None:
    """A copy of the review of 2022, a year on."""
    text = (project / "params" / "2022" / "review.yaml").read_text(encoding="utf-8")
    (project / "params" / "2023" / "commentary").mkdir(parents=True)
    later = text.replace("Annual review 2022", "Annual review 2023").replace("2022-06-30", "2023-06-30")
    (project / "params" / "2023" / "review.yaml").write_text(later, encoding="utf-8")


def changed_figures(table: pd.DataFrame, changed: Mapping[str, object]) -> pd.DataFrame:
    """The figures with "item, period, area" set to a new value, added, or (gone) taken out."""
    for key, value in changed.items():
        item, period, area = key.split(", ")
        row = (table["item"] == item) & (table["period"] == period) & (table["area_name"] == area)
        if value == "gone":
            table = table[~row]
        elif row.any():
            table.loc[row, "value"] = str(value)
        else:
            like = table[(table["item"] == item) & (table["area_name"] == area)].iloc[[-1]]
            table = pd.concat([table, like.assign(period=period, value=str(value), published="2023-05")])
    return table
