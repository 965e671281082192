"""Made-up figures say so, in sentences as in tables: the banner promises it."""

import pandas as pd
import sample_report as sample
from reading import read

from toolkit.report import sentence
from toolkit.review.priority import OnePriority


class Judged(OnePriority):
    """A review with the sample's judgements and nothing else."""

    catalogue = sample.CATALOGUE
    judgements = sample.judgements()

    def __init__(self) -> None:
        pass

    def of(self, priority: str) -> pd.DataFrame:
        return self.judgements[self.judgements["priority"] == priority]


def told(review: OnePriority) -> list[str]:
    return [line.text for line in read(review.headline("1").html).all("p")]


def test_the_first_sentences_of_a_priority_label_what_is_made_up() -> None:
    """The count rests on a made-up measure, and so does its own sentence; the published measure has no label."""
    counted, published, made_up = told(Judged())
    assert counted.startswith("Illustrative Of 4 measures")
    assert published.startswith("Plans within 20 weeks: 98.9% in 2018")
    assert made_up.startswith("Illustrative Families heard: 48% in 2017/18")


def test_a_priority_of_published_figures_has_no_label() -> None:
    """A label on everything would say nothing."""
    review = Judged()
    review.judgements = review.judgements.assign(illustrative="")
    assert not [line for line in told(review) if line.startswith("Illustrative")]
    assert "Illustrative" not in sentence("Plans are late.").html
