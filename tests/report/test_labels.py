"""Made-up figures say so, in sentences as in tables: the banner promises it."""

from types import SimpleNamespace

import pandas as pd
import sample_report as sample
from reading import read

from toolkit.frames import FINDINGS
from toolkit.report import sentence
from toolkit.review.pages.priority import headline


def judged(judgements: pd.DataFrame) -> SimpleNamespace:
    """Frames with the sample's catalogue and these judgements, and nothing else."""
    evidence = SimpleNamespace(findings=FINDINGS.empty(), setting=SimpleNamespace(began=None))
    pages = {"1": "priority_1.html"}
    return SimpleNamespace(
        catalogue=sample.CATALOGUE, judgements=judgements, pages=pages, evidence=evidence, inputs=None
    )


def told(judgements: pd.DataFrame) -> list[str]:
    return [line.text for line in read(headline(judged(judgements), "1").html).all("p")]


def test_the_first_sentence_of_a_priority_labels_what_is_made_up() -> None:
    """The count rests on a made-up measure."""
    (counted,) = told(sample.judgements())
    assert counted.startswith("Illustrative Of 4 measures")


def test_a_priority_of_published_figures_has_no_label() -> None:
    """A label on everything would say nothing."""
    published = sample.judgements().assign(illustrative="")
    assert not [line for line in told(published) if line.startswith("Illustrative")]
    assert "Illustrative" not in sentence("Plans are late.").html
