"""Phrase banks: a phrase is chosen by key and number, and every mistake of a bank is reported with its line."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.words.bank import Phrases, join_and


def bank(folder: Path, text: str, audience: str = "report") -> Phrases:
    (folder / f"{audience}.yaml").write_text(text, encoding="utf-8")
    return Phrases(audience, folder, folder)


def mistakes(phrases: Phrases) -> list[str]:
    with pytest.raises(InputError) as refused:
        _ = phrases.phrases
    return [str(problem) for problem in refused.value.problems]


def test_a_phrase_is_filled_in_with_its_facts(tmp_path):
    assert bank(tmp_path, 'target:\n  met: "it meets {aim}"\n').say("target.met", aim="95%") == "it meets 95%"


@pytest.mark.parametrize(("count", "words"), [(0, "none is late"), (1, "one is late"), (2, "2 are late")])
def test_a_phrase_depends_on_the_number(tmp_path, count, words):
    phrases = bank(tmp_path, 'late:\n  zero: "none is late"\n  one: "one is late"\n  other: "{count} are late"\n')
    assert phrases.say("late", count=count) == words


def test_without_a_phrase_for_zero_the_plural_is_used(tmp_path):
    assert bank(tmp_path, 'late:\n  one: "one"\n  other: "{count} actions"\n').say("late", count=0) == "0 actions"


def test_another_audience_falls_back_to_the_report(tmp_path):
    families = bank(tmp_path, 'greeting: "Hello"\n', "families")
    assert families.say("greeting") == "Hello"
    assert families.say("numbers.fewer_than_one_in") == Phrases("report").say("numbers.fewer_than_one_in")


def test_every_mistake_of_a_bank_is_reported_at_its_line(tmp_path):
    text = 'late:\n  on: "one"\n  other: "{count} late"\nmet: "meets {aim"\nnumber: 3\n'
    assert mistakes(bank(tmp_path, text)) == [
        "report.yaml:2: unknown key 'on' (did you mean 'one'?)",
        "report.yaml:4: the phrase cannot be filled in: expected '}' before end of string (check its braces)",
        "report.yaml:5: a phrase is text (put it in quotes)",
    ]


def test_a_fact_that_nobody_gives_is_reported_at_the_line_of_the_phrase(tmp_path):
    phrases = bank(tmp_path, 'target:\n  met: "it meets {aimm}"\n')
    with pytest.raises(InputError) as refused:
        phrases.say("target.met", aim="95%")
    assert str(refused.value) == (
        "report.yaml:2: there is no fact 'aimm' for the phrase 'target.met' (did you mean 'aim'?)"
    )


def test_a_missing_phrase_is_reported_with_the_nearest(tmp_path):
    with pytest.raises(InputError) as refused:
        bank(tmp_path, 'target:\n  on_trak: "it is on track"\n').say("target.on_track")
    assert "the phrase 'target.on_track' is missing (did you mean 'target.on_trak'?)" in str(refused.value)


def test_a_shipped_bank_is_named_by_its_path():
    with pytest.raises(InputError, match=r"toolkit/words/phrases/report\.yaml"):
        Phrases("report").say("no.such.phrase")


def test_a_key_that_stands_twice_is_refused(tmp_path):
    assert "report.yaml:2" in mistakes(bank(tmp_path, 'met: "one"\nmet: "two"\n'))[0]


def test_a_phrase_for_another_audience_uses_the_facts_of_the_report(tmp_path):
    found = mistakes(bank(tmp_path, 'numbers:\n  one_in: "{shares} in every 100"\n', "families"))
    assert found == ["families.yaml:2: there is no fact 'shares' for this phrase (did you mean 'share'?)"]


@pytest.mark.parametrize(
    ("parts", "words"), [([], ""), (["worse"], "worse"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_in_a_sentence(parts, words):
    assert join_and(parts) == words
