"""Phrase banks: a phrase is chosen by key and number, and every mistake of a bank is reported with its line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.words.bank import REPORT, Phrases, join_and, lay_over

SIGNATURES = {
    "target.met": frozenset({"aim", "by"}),
    "target.on_track": frozenset({"aim"}),
    "late": frozenset({"count", "due"}),
    "greeting": frozenset(),
}


def bank(folder: Path, text: str) -> Phrases:
    (folder / "report.yaml").write_text(text, encoding="utf-8")
    return Phrases("report", folder, folder, SIGNATURES)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        _ = bank(folder, text).phrases
    return [str(problem) for problem in refused.value.problems]


def test_a_phrase_is_filled_in_with_its_facts(tmp_path):
    assert bank(tmp_path, 'target:\n  met: "it meets {aim}"\n').say("target.met", aim="95%", by=2019) == "it meets 95%"


@pytest.mark.parametrize(("count", "words"), [(0, "none is late"), (1, "one is late"), (2, "2 are late")])
def test_a_phrase_depends_on_the_number(tmp_path, count, words):
    phrases = bank(tmp_path, 'late:\n  zero: "none is late"\n  one: "one is late"\n  other: "{count} are late"\n')
    assert phrases.say("late", count=count, due="") == words


def test_without_a_phrase_for_zero_the_plural_is_used(tmp_path):
    phrases = bank(tmp_path, 'late:\n  one: "one"\n  other: "{count} actions"\n')
    assert phrases.say("late", count=0, due="") == "0 actions"


def test_a_caller_must_give_every_fact_that_some_wording_may_use(tmp_path):
    """Another wording, of a council or for an audience, must not fail on the page."""
    with pytest.raises(TypeError, match=r"'target\.met' is not given by"):
        bank(tmp_path, 'target:\n  met: "it meets {aim}"\n').say("target.met", aim="95%")


def test_every_mistake_of_a_bank_is_reported_at_its_line(tmp_path):
    text = """\
late:
  on: "one"
  other: "{count} late"
target:
  met: "meets {aim"
  on_track: 3
  on_trak: "on track"
  met: "meets it"
greeting: {other: "Hello"}
"""
    assert mistakes(tmp_path, text) == [
        "report.yaml:2: unknown key 'on' (did you mean 'one'?)",
        "report.yaml:5: the phrase cannot be filled in: expected '}' before end of string (check its braces)",
        "report.yaml:6: a phrase is text (put it in quotes)",
        "report.yaml:7: there is no phrase 'target.on_trak' (did you mean 'target.on_track'?)",
        "report.yaml:8: the key 'met' appears twice (first on line 5; keep one)",
        "report.yaml:9: the phrase 'greeting' does not depend on a number (write it as one text)",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('target: {met: "meets {aimm}"}', "there is no fact 'aimm' for this phrase (did you mean 'aim'?)"),
        ('target: {met: "meets {}"}', "there is no fact '' for this phrase (use one of: aim, by)"),
        ('target: {met: "meets {aim"}', "the phrase cannot be filled in: expected '}' before end of string"),
        (
            'greeting: "Hello {name}"',
            "there is no fact 'name' for this phrase (it has no facts: write it without braces)",
        ),
        ('late: {one: "{duee}", other: "late"}', "there is no fact 'duee' for this phrase (did you mean 'due'?)"),
    ],
)
def test_a_fact_that_nobody_gives_is_refused_before_the_phrase_is_used(tmp_path, text, told):
    [mistake] = mistakes(tmp_path, text)
    assert mistake.startswith(f"report.yaml:1: {told}")


def test_a_missing_phrase_is_reported_with_the_nearest(tmp_path):
    with pytest.raises(InputError) as refused:
        bank(tmp_path, 'target: {on_track: "it is on track"}\n').say("target.on_trak")
    assert "the phrase 'target.on_trak' is missing (did you mean 'target.on_track'?)" in str(refused.value)


def test_a_shipped_bank_is_named_by_its_path():
    with pytest.raises(InputError, match=r"toolkit/words/phrases/report\.yaml"):
        Phrases("report").say("no.such.phrase")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A project with words of its own; afterwards the shipped ones are in force again."""
    (tmp_path / "params" / "phrases").mkdir(parents=True)
    yield tmp_path
    lay_over(tmp_path / "another")


def own(project: Path, text: str, name: str = "report.yaml") -> None:
    (project / "params" / "phrases" / name).write_text(text, encoding="utf-8")


def test_a_project_rewrites_a_phrase_and_keeps_the_others(project):
    shipped = REPORT.say("numbers.fewer_than_one_in")
    own(project, 'numbers:\n  one_in: "{share} out of 100"\n')
    lay_over(project)
    assert REPORT.say("numbers.one_in", share="98") == "98 out of 100"
    assert REPORT.say("numbers.fewer_than_one_in") == shipped


def test_the_words_of_one_project_end_with_it(project):
    own(project, 'numbers:\n  one_in: "{share} out of 100"\n')
    lay_over(project)
    lay_over(project / "another")
    assert REPORT.say("numbers.one_in", share="98") == "98 in every 100"


def test_every_mistake_of_a_project_s_phrases_is_reported_at_once(project):
    own(project, 'numbers:\n  one_in: "{shares} out of 100"\n  one_inn: ""\n')
    own(project, 'numbers: {one_in: "{share}"}\n', "reprot.yaml")
    with pytest.raises(InputError) as refused:
        lay_over(project)
    assert [str(problem) for problem in refused.value.problems] == [
        "params/phrases/report.yaml:2: there is no fact 'shares' for this phrase (did you mean 'share'?)",
        "params/phrases/report.yaml:3: there is no phrase 'numbers.one_inn' (did you mean 'numbers.one_in'?)",
        "params/phrases/reprot.yaml: there is no phrase bank of this name (did you mean 'report.yaml'?)",
    ]
    assert REPORT.say("numbers.one_in", share="98") == "98 in every 100"


@pytest.mark.parametrize(
    ("parts", "words"), [([], ""), (["worse"], "worse"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_a_sentence(parts, words):
    assert join_and(parts) == words
