"""Beginning the next review year: what carries over, what was decided, what people must now decide."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.refresh.powers import give_powers
from toolkit.cli import cli
from toolkit.evidence import frames_of, read_inputs
from toolkit.params import PaperYear
from toolkit.params.writing import flow, scalar
from toolkit.params.yaml import read_yaml
from toolkit.refresh.awaited import awaited_files
from toolkit.refresh.new_year import papers_text, years_on
from toolkit.review import open_review
from toolkit.sources import RecordsSource

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "new_year.yaml").read_text(encoding="utf-8"))


def new_year(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new-year", *(arguments or ("2023", "--from", "2022")), "--project", str(project)])


def files_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def prepared(project: Path, example: dict[str, Any]) -> Path:
    for name in ("decisions", "waivers"):
        if name in example:
            (project / "params" / "2022" / f"{name}.yaml").write_text(example[name], encoding="utf-8")
    if "data_returns" in example:
        review = project / "params" / "2022" / "review.yaml"
        review.write_text(f"{review.read_text(encoding='utf-8')}\ndata_returns: {example['data_returns']}\n", "utf-8")
    if "powers" in example:
        give_powers(project, example["powers"])
    if "new_set" in example:
        sets = project / "data" / "reference" / "comparators"
        shutil.copytree(sets / "near", sets / "new_set")
        described = sets / "new_set" / "source.yaml"
        text = described.read_text(encoding="utf-8").replace("2019-01-01", example["new_set"], 1)
        described.write_text(text, encoding="utf-8")
    return project


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_worked_examples(tiny: Path, example: dict[str, Any]):
    """Each example of tests/examples/new_year.yaml: lines of the new review.yaml, and what the command says."""
    done = new_year(prepared(tiny, example))

    assert done.exit_code == 0, done.output + done.stderr
    text = (tiny / "params" / "2023" / "review.yaml").read_text(encoding="utf-8")
    lines = [
        line if isinstance(line, str) else f"{next(iter(line))}: {next(iter(line.values()))}"
        for line in example["review"]
    ]
    assert [line for line in lines if line not in text.splitlines()] == [], text
    assert [words for words in example["told"] if words not in done.output] == [], done.output
    assert [words for words in example["never"] if str(words) in done.output + text] == []


def test_it_writes_the_new_year_and_changes_nothing_else(tiny: Path):
    """Every other file of the project, hidden ones too, has the bytes that it had."""
    before = files_of(tiny)

    assert new_year(tiny).exit_code == 0

    after = files_of(tiny)
    assert {name for name in after if name not in before or after[name] != before[name]} == {
        f"params/2023/{name}"
        for name in (
            "review.yaml",
            "decisions.yaml",
            "duties.yaml",
            *(f"commentary/{p}.md" for p in ("a", "b1", "b2", "overview")),
        )
    }
    assert before.keys() <= after.keys()


def test_the_next_story_begins_without_last_years_order(tiny: Path):
    """An editor signed for one review: what was put first then is not put first again."""
    last = tiny / "params" / "2022" / "review.yaml"
    order = "{measure: on_time, reason: Asked for., name: A. Head, date: 2022-07-01}"
    last.write_text(f"{last.read_text(encoding='utf-8')}story: {{first: [{order}]}}\n", encoding="utf-8")

    assert new_year(tiny).exit_code == 0

    assert "story" not in (tiny / "params" / "2023" / "review.yaml").read_text(encoding="utf-8")


def test_a_second_time_it_gives_the_same_bytes(tiny: Path, tmp_path: Path):
    """The same inputs, elsewhere, give the same files and the same words."""
    other = Path(shutil.copytree(tiny, tmp_path / "elsewhere"))

    first, second = new_year(tiny), new_year(other)

    assert files_of(tiny) == files_of(other)
    assert first.output == second.output


def test_commentaries_keep_their_headings_alone(tiny: Path):
    """Last year's words are not this year's."""
    commentary = tiny / "params" / "2022" / "commentary"
    (commentary / "a.md").write_text("## What happened\n\nMuch.\n\n## What next\n\nMore.\n", encoding="utf-8")

    new_year(tiny)

    made = tiny / "params" / "2023" / "commentary"
    assert (made / "a.md").read_text(encoding="utf-8") == "## What happened\n\n## What next\n\n"
    assert (made / "b1.md").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("last", "following"), [("05-12", "05-12"), ("05-13", "05-15"), ("05-14", "05-15"), ("05-15", "05-15")]
)
def test_no_meeting_is_put_on_a_weekend(last: str, following: str):
    """In 2023 a Friday and a Monday stay as they are; a Saturday and a Sunday become the Monday after."""
    text = papers_text(PaperYear(dates={"cabinet": date.fromisoformat(f"2022-{last}")}), 1)

    assert f'dates: {{cabinet: "2023-{following}"}}' in text


@pytest.mark.parametrize(
    ("last", "now", "known", "state"),
    [
        ("2019-05-01", "2020-05-01", "2019", "here"),
        ("2019-04-30", "2020-04-29", "2019", "awaited"),
        ("2020-04-30", "2021-04-30", "2020", "awaited"),
    ],
)
def test_a_file_is_here_once_an_edition_has_come_since_the_last_cut_off(last: str, now: str, known: str, state: str):
    """Editions of 30 April 2019 and 2020: the one that the last review used is not the one that is waited for."""
    editions = [{"edition": year, "published": f"{year}-04-30", "file": f"{year}.csv", "sha256": "0" * 64}
                for year in ("2019", "2020")]  # fmt: skip
    source = RecordsSource.model_validate({
        "id": "s", "folder": "data/local/s", "title": "S", "publisher": "P", "licence": "L", "owner": "O",
        "reader": "records",
        "person_level": False, "person_level_reason": "None is",
        "columns": {"day": {"header": "Day", "type": "date"}}, "editions": editions,
    })  # fmt: skip

    (found,) = awaited_files([source], date.fromisoformat(last), date.fromisoformat(now))

    assert (found.last_edition, found.state) == (known, state)


def test_last_years_review_stays_as_it_was(tiny: Path):
    """A measure that is retired from the next year on is still judged when the last review is made again."""
    decisions = tiny / "params" / "2022" / "decisions.yaml"
    decisions.write_text(
        "- {id: d1, kind: measure, subject: plans, change: retire, reason: So it is, authority: board,"
        " decided: {on: 2022-07-01, by: Board}}\n",
        encoding="utf-8",
    )
    before = frames_of(tiny, 2022).judgements

    assert new_year(tiny).exit_code == 0

    assert frames_of(tiny, 2022).judgements.equals(before)
    assert "plans" in list(before["measure"])
    assert "plans" not in list(open_review(tiny, 2023).judgements["measure"])


def test_the_new_year_can_be_reviewed_at_once(tiny: Path):
    """Before any new figure has come, what is not out is not judged as if it were."""
    new_year(tiny)

    rows = open_review(tiny, 2023).judgements

    assert set(rows["measure"]) >= {"on_time", "plans", "rated_good", "attainment"}
    assert (rows.loc[rows["measure"] == "on_time", "period"] == "2021").all()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2022", "--from", "2022"), "params/2022: 2022 does not come after 2022 (begin 2023)"),
        (("2023", "--from", "2021"), "params/2021: there is no review of 2021 (did you mean '2022'?)"),
    ],
)
def test_a_year_that_cannot_be_begun_is_refused(tiny: Path, arguments: tuple[str, ...], says: str):
    """Exit 2, one line, nothing written."""
    before = files_of(tiny)

    refused = new_year(tiny, *arguments)

    assert refused.exit_code == 2
    assert says in refused.stderr
    assert files_of(tiny) == before


def test_an_existing_year_is_never_touched(tiny: Path):
    """Beginning it a second time is refused and leaves what somebody has written since."""
    new_year(tiny)
    (tiny / "params" / "2023" / "commentary" / "a.md").write_text("Mine.", encoding="utf-8")
    before = files_of(tiny)

    refused = new_year(tiny)

    assert refused.exit_code == 2
    assert "there is a review of 2023 already" in refused.stderr
    assert files_of(tiny) == before


def test_a_year_in_between_is_not_passed_over(tiny: Path):
    """What it decided would be lost without a word."""
    new_year(tiny)

    refused = new_year(tiny, "2024", "--from", "2022")

    assert refused.exit_code == 2
    assert "say --from 2023" in refused.stderr


def test_what_is_wrong_with_last_year_is_named_with_its_line_and_nothing_is_written(tiny: Path):
    """A review that cannot be read cannot be followed by another."""
    review = tiny / "params" / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("on_time", "on_tim"), encoding="utf-8")

    refused = new_year(tiny)

    assert refused.exit_code == 2
    assert "params/2022/review.yaml:6: a target for 'on_tim'" in refused.stderr
    assert not (tiny / "params" / "2023").exists()


def test_a_new_year_that_would_not_hold_is_taken_away_again(tiny: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever goes wrong once files are written, no half-begun year stays."""
    monkeypatch.setattr("toolkit.run.new_year.read_inputs", _second_time_wrong(read_inputs))

    assert new_year(tiny).exit_code != 0
    assert not (tiny / "params" / "2023").exists()


def _second_time_wrong(real: Any) -> Any:
    def gathered(folder: Path, year: int) -> Any:
        if year == 2023:
            raise KeyboardInterrupt
        return real(folder, year)

    return gathered


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.floats(-1e6, 1e6)), max_size=4))
def test_what_is_written_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, pairs: dict[str, Any]):
    """Any text, however it looks, and any number survive being written and read."""
    path = tmp_path_factory.mktemp("yaml") / "a.yaml"
    path.write_text(f"it: {flow(pairs)}\nalone: {scalar('x')}\n", encoding="utf-8", newline="\n")

    assert read_yaml(path, path.parent).data["it"] == pairs


@pytest.mark.slow
def test_the_demonstration_goes_on_to_a_third_year(until_2020: Path):
    """Decisions of 2020 are applied, sources are waited for, and the check of 2021 runs on the data as it is."""
    begun = new_year(until_2020, "2021", "--from", "2020")

    assert begun.exit_code == 0, begun.stderr
    assert "level_2_by_19_ehc_plan: 38% by 2018/19, now 32% by 2020/21" in begun.output
    assert (
        "“Pupil absence in schools in England”, 2019/20 (academic year): not here yet, usually comes out in March 2021"
        in begun.output
    )
    assert "action 3b.3: merged with “3b.4”" in begun.output
    assert "no month is known" not in begun.output
    assert "“SEND work plan”, an edition after 2020: not here yet, earlier editions came out in April" in begun.output
    assert "“Key stage 2 attainment”, 2019/20 (academic year): published without a figure" in begun.output
    assert "Waiting: Absence, plan" in begun.output
    assert "participation_16_17_send, or none" not in begun.output, "its figure comes out after the cut-off"
    checked = CliRunner().invoke(cli, ["check", "2021", "--project", str(until_2020)])
    assert checked.exit_code in (0, 1), checked.stderr


def test_the_same_day_years_later_is_28_february_where_there_is_no_29th() -> None:
    assert [years_on(date(2020, 2, 29), years) for years in (1, 4)] == [date(2021, 2, 28), date(2024, 2, 29)]
    assert years_on(date(2019, 4, 30), 2) == date(2021, 4, 30)
