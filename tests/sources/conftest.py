"""Small projects, written by the tests themselves."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

AREAS = """\
area_name,area_code,area_old_code,level,region,valid_from,valid_to,predecessors
England,E92000001,,National,,,,
East Midlands,E12000004,,Regional,East Midlands,,,
South West,E12000009,,Regional,South West,,,
London,E12000007,,Regional,London,,,
City of London,E09000001,201,Local authority,London,,,
Leicestershire,E10000018,855,Local authority,East Midlands,,,
Leicester,E06000016,856,Local authority,East Midlands,,,
"Bristol, City of",E06000023,801,Local authority,South West,,,
Dorset,E10000009,835,Local authority,South West,,2019-03-31,
Dorset,E06000059,838,Local authority,South West,2019-04-01,,E10000009
Somerset,E10000027,933,Local authority,South West,,2023-03-31,
Somerset,E06000066,933,Local authority,South West,2023-04-01,,E10000027
Durham,E10000010,,Local authority,North East,,2009-03-31,
County Durham,E06000047,840,Local authority,North East,2009-04-01,,E10000010
"""

ABOUT = {
    "title": "A source",
    "publisher": "A department",
    "licence": "Open Government Licence v3.0",
    "owner": "Performance team",
}

Content = str | bytes


class _WithoutAnchors(yaml.SafeDumper):
    """Writes out what occurs twice, as a person would."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Sources:
    """Writes sources into one project folder."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.write("data/reference/areas", {"reader": "areas"}, {"areas.csv": AREAS})

    def write(self, folder: str, settings: Mapping[str, Any], files: Mapping[str, Content]) -> Path:
        """A source with one edition that holds ``files``; ``settings`` may give other ``editions``.

        Rows are not about people unless they say so.
        """
        place = self.project / folder
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (place / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        edition = {"edition": "2019", "published": "2019-01-31", "files": [self.file(folder, name) for name in files]}
        nobody = (
            {"person_level": False, "person_level_reason": "None is"} if settings.get("reader") == "records" else {}
        )
        text = {**nobody, **ABOUT, "editions": [edition], **settings}
        text |= {key: text.pop(key) for key in nobody}  # last, so that they move no line
        (place / "source.yaml").write_text(yaml.safe_dump(text, sort_keys=False, allow_unicode=True), encoding="utf-8")
        return place

    def file(self, folder: str, name: str) -> dict[str, str]:
        """A file as an edition names it."""
        return {"file": name, "sha256": sha256((self.project / folder / name).read_bytes()).hexdigest()}


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """An empty project with a short list of areas."""
    return Sources(tmp_path)


@pytest.fixture(scope="session")
def new_sources() -> Callable[[Path], Sources]:
    """For tests that keep one project for many."""
    return Sources
