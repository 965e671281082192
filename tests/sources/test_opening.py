"""Editions, cut-offs, hashes and paths: which file is read, and what stops one from being read."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.sources import (
    Edition,
    Source,
    edition_in_use,
    file_notes,
    items_of,
    load_sources,
    opening,
    read_observations,
)

HEADER = "item,period,period_basis,area_code,value,published\n"
EES = "time_period,time_identifier,geographic_level,country_code,country_name,plans\n"


def row(period: str, value: str, published: str = "") -> str:
    return f"plans,{period},calendar year,E10000018,{value},{published}\n"


def read(sources: Any, cut_off: str) -> list[tuple[str, str, float]]:
    """Edition, period and value of each observation of the source "example"."""
    every = load_sources(sources.project)
    day = date.fromisoformat(cut_off)
    table = read_observations(sources.project, every, {"example": ["plans"]}, day, authority="855")
    return list(table[["edition", "period", "value"]].itertuples(index=False, name=None))


def refusal(sources: Any, cut_off: str = "2030-01-01") -> str:
    with pytest.raises(InputError) as refused:
        read(sources, cut_off)
    return str(refused.value)


class TestCutOff:
    def test_rows_published_later_have_no_row(self, sources: Any) -> None:
        """A month of publication counts from its last day; a row without one came with its edition."""
        rows = HEADER + row("2017", "1") + row("2018", "2", "2019-05") + row("2019", "3", "2020-05-07")
        sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": rows})

        assert read(sources, "2019-01-31") == [("2019", "2017", 1)]
        assert read(sources, "2019-05-30") == [("2019", "2017", 1)]
        assert read(sources, "2019-05-31") == [("2019", "2017", 1), ("2019", "2018", 2)]
        assert len(read(sources, "2020-05-07")) == 3

    def two_editions(self, sources: Any, reader: str, old: str, new: str) -> None:
        folder = sources.write("data/published/example", {"reader": reader}, {"old.csv": old, "new.csv": new}).parent
        editions = [
            {"edition": "2020", "published": "2020-05-31", **sources.file("data/published/example", "new.csv")},
            {"edition": "2019", "published": "2019-05-31", **sources.file("data/published/example", "old.csv")},
        ]
        sources.write("data/published/example", {"reader": reader, "editions": editions}, {})
        assert folder.is_dir()

    def test_the_newest_edition_of_the_day_is_read(self, sources: Any) -> None:
        """What was revised later is read as it stood then; before the first edition there is nothing."""
        old, new = (f"{EES}2018,Calendar year,National,E92000001,England,{value}\n" for value in (10, 11))
        self.two_editions(sources, "ees", old, new)

        assert read(sources, "2019-05-30") == []
        assert read(sources, "2019-05-31") == read(sources, "2020-05-30") == [("2019", "2018", 10)]
        assert read(sources, "2020-05-31") == [("2020", "2018", 11)]

    def test_dated_rows_serve_an_earlier_day(self, sources: Any) -> None:
        """Where rows say when they were public, the oldest edition is read for a day before it was compiled."""
        rows = HEADER + row("2017", "1", "2018-05") + row("2018", "2", "2019-05")
        self.two_editions(sources, "figures", rows, rows + row("2019", "3", "2020-05"))

        assert read(sources, "2018-12-31") == [("2019", "2017", 1)]

    @given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1), st.dates(date(2000, 1, 1)))
    def test_no_edition_from_the_future(self, published: list[date], cut_off: date) -> None:
        """The edition in use is public, and none that is public is newer."""
        editions = tuple(
            Edition.model_construct(edition=str(n), published=day, files=()) for n, day in enumerate(published)
        )
        chosen = edition_in_use(Source.model_construct(editions=editions), cut_off)

        public = [day for day in published if day <= cut_off]
        assert (chosen.published if chosen else None) == (max(public) if public else None)

    def test_items_are_known_before_the_first_edition(self, sources: Any) -> None:
        """A measure can be checked against its source even where the source has nothing public yet."""
        self.two_editions(sources, "ees", f"{EES}2018,Calendar year,National,E92000001,England,1\n", EES)
        source = load_sources(sources.project)["example"]

        assert items_of(sources.project, source, date(2010, 1, 1)) == ["plans"]


class TestFiles:
    @pytest.fixture(autouse=True)
    def _example(self, sources: Any) -> None:
        sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": HEADER + row("2018", "1")})

    def test_a_changed_file_stops_the_run(self, sources: Any) -> None:
        """A file that is not the one recorded is named with its hash and with what to do."""
        path = sources.project / "data/published/example/figures.csv"
        path.write_text(HEADER + row("2018", "2"), encoding="utf-8")

        said = refusal(sources)

        assert said.startswith("data/published/example/source.yaml:6: 'figures.csv' has changed since it was recorded")
        assert sources.file("data/published/example", "figures.csv")["sha256"] in said
        assert "if the publisher revised it, keep both files and add an edition" in said

    def test_a_file_is_parsed_again_only_when_its_content_is_another(
        self, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A grid is known by the hash of its file; one with more cells than are kept is parsed each time."""
        parsed: list[str] = []
        read_grid = opening._read_grid
        monkeypatch.setattr(opening, "_read_grid", lambda file, *how: parsed.append(file.name) or read_grid(file, *how))
        figures = {"reader": "figures"}
        sources.write("data/published/example", figures, {"figures.csv": HEADER + row("2017", "1")})
        assert read(sources, "2030-01-01") == read(sources, "2030-01-01") == [("2019", "2017", 1)]
        assert parsed.count("figures.csv") == 1

        sources.write("data/published/example", figures, {"figures.csv": HEADER + row("2017", "2")})
        assert read(sources, "2030-01-01") == [("2019", "2017", 2)]
        assert parsed.count("figures.csv") == 2

        monkeypatch.setattr(opening, "CELLS_KEPT", 5)
        sources.write("data/published/example", figures, {"figures.csv": HEADER + row("2017", "3")})
        assert read(sources, "2030-01-01") == [("2019", "2017", 3)]
        assert parsed.count("figures.csv") == 4, "once for its items, once for its rows"

    def test_a_renamed_file_is_looked_for(self, sources: Any) -> None:
        """A missing file is named with the nearest file that is there."""
        path = sources.project / "data/published/example/figures.csv"
        path.rename(path.with_name("figures_v2.csv"))

        assert refusal(sources) == (
            "data/published/example/source.yaml:6: there is no file 'figures.csv' (did you mean 'figures_v2.csv'?)"
        )

    @pytest.mark.parametrize("path", ["../../../../outside.csv", "/etc/hostname", "link.csv"])
    def test_no_file_outside_the_project(self, path: str, sources: Any, tmp_path_factory: Any) -> None:
        """A path that leads out of the project, by dots, from the root or through a link, is not opened."""
        outside = sources.project.parent / "outside.csv"
        outside.write_text(HEADER + row("2018", "1"), encoding="utf-8")
        (sources.project / "data/published/example/link.csv").symlink_to(outside)
        edition = {"edition": "1", "published": "2019-01-31", "file": path, "sha256": "0" * 64}
        sources.write("data/published/example", {"reader": "figures", "editions": [edition]}, {})

        assert f"'{path}' is outside the project folder" in refusal(sources)

    def test_a_link_inside_the_project_is_followed(self, sources: Any) -> None:
        """Two sources may share a file."""
        folder = sources.project / "data/published/example"
        (folder / "link.csv").symlink_to(folder / "figures.csv")
        sources.write("data/published/example", {"reader": "figures"}, {"link.csv": HEADER + row("2018", "1")})

        assert read(sources, "2030-01-01") == [("2019", "2018", 1)]

    def test_all_files_of_an_edition_are_checked(self, sources: Any) -> None:
        """An edition of several files names everything that is wrong with any of them."""
        files = [{"file": name, "sha256": "0" * 64} for name in ("figures.csv", "none.csv")]
        edition = {"edition": "1", "published": "2019-01-31", "files": files}
        sources.write("data/published/example", {"reader": "figures", "editions": [edition]}, {})

        said = refusal(sources)

        assert "'figures.csv' has changed" in said
        assert "no file 'none.csv'" in said


class TestEncodings:
    NAMED = "item,period,period_basis,area_code,area_name,value,published\nplans,2018,calendar year,,{},1,\n"

    @pytest.mark.parametrize(
        ("encoding", "note"),
        [
            ("utf-8", ""),
            ("utf-8-sig", "read as UTF-8 with a byte order mark"),
            ("cp1252", "not UTF-8 (line 2), so read as Windows-1252"),
        ],
    )
    def test_encodings_are_read_and_said(self, encoding: str, note: str, sources: Any) -> None:
        """UTF-8 with or without a mark and Windows-1252 give the same figures, and anything but UTF-8 is said."""
        content = self.NAMED.format("“Leicestershire”").encode(encoding)
        names = {"“Leicestershire”": "E10000018"}
        sources.write("data/published/example", {"reader": "figures", "names": names}, {"figures.csv": content})

        assert read(sources, "2030-01-01") == [("2019", "2018", 1)]
        source = load_sources(sources.project)["example"]
        found = [problem.what for problem in file_notes(sources.project, source, date(2030, 1, 1))]
        assert found == ([note] if note else [])

    def test_lines_are_those_of_the_file(self, sources: Any) -> None:
        """A cell with line breaks and blank lines do not shift the line that a message names."""
        text = (
            'item,period,period_basis,area_code,value,published,note\nplans,2018,calendar year,E10000018,1,,"a\nb"\n\n'
        )
        text += "plans,2019,calendar year,E10000018,many,,\n"
        sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": text.replace("\n", "\r\n")})

        assert refusal(sources).startswith("data/published/example/figures.csv:5: 'many'")
