"""Invented returns, written in their carriers. Nobody in them exists."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from toolkit.sources.sen2.synthetic import Synthetic, invent, write_export, write_schools, write_template, write_xml


@dataclass(frozen=True)
class Carriers:
    """One invented council in all its carriers."""

    made: Synthetic
    xml: Path
    export: Path
    template: Path
    schools: Path


@pytest.fixture(scope="session")
def carriers(tmp_path_factory: pytest.TempPathFactory) -> Carriers:
    folder = tmp_path_factory.mktemp("sen2")
    made = invent(plans=300, seed=7)
    return Carriers(
        made,
        write_xml(made.raw, folder / "return.xml"),
        write_export(made.raw, folder / "export"),
        write_template(made.raw, folder / "template.xlsx"),
        write_schools(folder / "schools.csv"),
    )
