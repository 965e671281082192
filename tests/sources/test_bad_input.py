"""What people get wrong in data files: each is one clear message with the file, the line and the fix, all at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolkit.errors import InputError
from toolkit.params.yaml import read_yaml
from toolkit.sources import load_sources, read_observations

EXAMPLES = Path(__file__).parents[1] / "examples" / "sources"
HEADER = "item,period,period_basis,area_code,value,published\n"


def read(sources: Any, wanted: list[str]) -> Any:
    every = load_sources(sources.project)
    return read_observations(sources.project, every, {"example": wanted}, date(2030, 1, 1), authority="Leicestershire")


@pytest.mark.parametrize(
    "case", read_yaml(EXAMPLES / "bad_input.yaml", EXAMPLES).data, ids=lambda case: str(case["name"])
)
def test_every_mistake_is_named(case: dict[str, Any], sources: Any) -> None:
    """The messages are exactly these, and come together."""
    sources.write("data/published/example", case["settings"], {"figures.csv": case["file"]})

    with pytest.raises(InputError) as refused:
        read(sources, case.get("wanted", ["plans"]))

    assert str(refused.value).splitlines() == case["says"]


@pytest.mark.parametrize(
    "case", read_yaml(EXAMPLES / "bad_input.yaml", EXAMPLES).data, ids=lambda case: str(case["name"])
)
def test_what_every_message_asks_for_puts_it_right(case: dict[str, Any], sources: Any) -> None:
    """Whoever does what the messages say, and no more, has a file that is read."""
    text, settings = case["file"], case.get("mended_settings", case["settings"])
    for old, new in case.get("mended", []):
        assert old in text
        text = text.replace(old, new, 1)
    assert (text, settings, case.get("mended_wanted")) != (case["file"], case["settings"], None)
    sources.write("data/published/example", settings, {"figures.csv": text})

    assert len(read(sources, case.get("mended_wanted", case.get("wanted", ["plans"]))))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "figures.csv: the file is empty"),
        (b" \n \n", "figures.csv: the file is empty"),
        (HEADER.encode("utf-16"), "figures.csv:1: there is no row under the headers"),
        (HEADER.encode("utf-16")[:-1], "figures.csv: the text is not the UTF-16 that its first bytes say"),
        (b"PNG\x00\x01", "figures.csv: this is not a text file"),
        (HEADER.encode() + b"pl\x81ns,2018\n", "figures.csv:2: the text is neither UTF-8 nor Windows-1252"),
        (b"\xef\xbb\xbf" + HEADER.encode() + b"\xe2\x82", "figures.csv:2: the text is neither UTF-8 nor Windows-1252"),
    ],
)
def test_files_that_are_not_text(content: bytes, says: str, sources: Any) -> None:
    """Empty, binary and damaged files are told from text, with the line where the damage is."""
    sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": content})

    with pytest.raises(InputError, match=says):
        read(sources, ["plans"])


def test_a_whole_column_of_mistakes_is_counted(sources: Any) -> None:
    """A file with hundreds of mistakes shows forty and says how many more there are."""
    rows = [f'plans,{1950 + n},calendar year,E10000018,"1,{n:03}",\n' for n in range(100)]
    sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": HEADER + "".join(rows)})

    with pytest.raises(InputError) as refused:
        read(sources, ["plans"])

    messages = str(refused.value).splitlines()
    assert len(messages) == 41
    assert messages[0] == "data/published/example/figures.csv:2: '1,000' has a thousands separator (write 1000)"
    assert messages[-1] == "data/published/example/figures.csv:42: and 60 more problems from this line on"


def test_mistakes_of_two_sources_come_together(sources: Any) -> None:
    """One run names what is wrong in every source, not only in the first."""
    bad = HEADER + "plans,2018,calendar year,E10000018,many,\n"
    for name in ("example", "other"):
        sources.write(f"data/published/{name}", {"reader": "figures"}, {"figures.csv": bad})
    every = load_sources(sources.project)

    wanted = {"example": ["plans"], "other": ["plans"]}
    with pytest.raises(InputError) as refused:
        read_observations(sources.project, every, wanted, date(2030, 1, 1), authority="855")

    assert [problem.file for problem in refused.value.problems] == [
        "data/published/example/figures.csv",
        "data/published/other/figures.csv",
    ]


def test_rows_that_nobody_wants_do_no_harm(sources: Any) -> None:
    """A mistake in an item that no measure reads stops nothing."""
    text = HEADER + "plans,2018,calendar year,E10000018,12,\nother,2018,calendar year,E10000018,many,\n"
    sources.write("data/published/example", {"reader": "figures"}, {"figures.csv": text})

    assert read(sources, ["plans"])["value"].tolist() == [12]
