"""What a reader must know before any figure: sources without anything new, and a strategy whose term has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from toolkit.quality import OldSource, find_old_sources
from toolkit.refresh import has_ended
from toolkit.report import Shown, sentence
from toolkit.review.published import Published
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.new_data import describe_new_body, describe_old_sources, describe_term_ended

__all__ = ["notice_of_measures", "notice_of_new_body", "notice_of_sources", "notices", "notices_shown"]


def notices(frames: Published, phrases: Phrases = REPORT) -> list[tuple[str, bool]]:
    """The sentences of a page or paper about the whole review, each with whether it uses illustrative data."""
    old, strategy = find_old_sources(frames.evidence.findings), frames.inputs.project.strategy
    words = [(describe_old_sources(old, phrases), any(one.illustrative for one in old))]
    if has_ended(frames.inputs.project, frames.inputs.year.cut_off):
        words.append((describe_term_ended(strategy.title, strategy.term.last_day, phrases), False))
    return [(text, made_up) for text, made_up in words if text]


def notices_shown(frames: Published) -> list[Shown]:
    """The notices as paragraphs of a page; none where there is nothing to say."""
    return [sentence(text, made_up) for text, made_up in notices(frames)]


def notice_of_sources(frames: Published, kinds: Sequence[str]) -> list[Shown]:
    """A paragraph about the old sources of some kinds, such as the work plan; none where there are none."""
    return _about(frames, lambda one: one.kind in kinds)


def notice_of_measures(frames: Published, priority: str) -> list[Shown]:
    """Paragraphs on an authority newer than figures of the priority, and on old sources that its measures use."""
    rows = frames.judgements[frames.judgements["priority"] == priority]
    return [
        *map(sentence, notice_of_new_body(frames, rows["measure"])),
        *_about(frames, lambda one: one.source in set(rows["source"])),
    ]


def notice_of_new_body(frames: Published, measures: Iterable[str]) -> list[str]:
    """Say that the authority is newer than some figures of these measures; nothing where it is not."""
    setting, inputs = frames.evidence.setting, frames.inputs
    if setting.began is None:
        return []
    of_them = frames.results[frames.results["measure"].isin(list(measures))]
    periods = of_them[["measure", "period"]].drop_duplicates().itertuples(index=False, name=None)
    if not any(setting.is_before(period, frames.catalogue[name].basis) for name, period in periods):
        return []
    followed = [area.name for area in inputs.areas.predecessors(inputs.authority)]
    return [describe_new_body(inputs.authority.name, setting.began, followed)]


def _about(frames: Published, wanted: Callable[[OldSource], bool]) -> list[Shown]:
    old = [one for one in find_old_sources(frames.evidence.findings) if wanted(one)]
    return [sentence(describe_old_sources(old), any(one.illustrative for one in old))] if old else []
