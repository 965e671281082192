"""Easy words for the decisions of a review: a slip of an id is found."""

from toolkit.refresh import easy_word_findings
from toolkit.words.findings import with_words


def test_easy_words_for_an_unknown_decision_are_a_warning_that_names_it_and_the_nearest_id() -> None:
    """The id, the file and what was probably meant stand in the message; known ids are not mentioned."""
    found = with_words(
        easy_word_findings(["keep-it", "raise_it", "lower_it"], ["raise_it", "keep_it"], 2022, "Analyst")
    )

    assert list(found["severity"]) == ["warning", "warning"]
    assert list(found["owner"]) == ["Analyst", "Analyst"]
    assert "'keep-it'" in found["message"][0]
    assert "did you mean 'keep_it'?" in found["action"][0]
    assert "params/2022/papers.yaml" in found["action"][0]
    assert "'lower_it'" in found["message"][1]
    assert list(found["check"]) == ["papers.easy_words.keep-it", "papers.easy_words.lower_it"]


def test_known_ids_leave_no_finding() -> None:
    """Not even an empty one: nothing has to be mended."""
    assert easy_word_findings(["raise_it"], ["raise_it"], 2022, "Analyst").empty
