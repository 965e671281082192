"""What the data-quality notebook asks."""

from __future__ import annotations

from toolkit.analysis import ages_of, coverage_of
from toolkit.refresh import (
    COMMENTARY,
)
from toolkit.report import Shown, charts, sentence, stack, tables
from toolkit.report.sentences import (
    quality_sentence,
)
from toolkit.review.protected import Protected

__all__ = ["DataQuality"]

_GRAVITY = {"critical": 0, "warning": 1, "info": 2}


class DataQuality(Protected):
    """Can these figures be used?"""

    def data_verdict(self) -> Shown:
        """Whether the figures can be used, in a sentence or two."""
        return sentence(quality_sentence(self.findings))

    def findings_failed(self) -> Shown:
        """The checks that failed or could not run, the gravest first; then those that were waived."""
        failed = self.told_findings[self.findings["outcome"].isin(["fail", "error", "waived"])]
        keys = failed.assign(waived=failed["outcome"] == "waived", grave=failed["severity"].map(_GRAVITY))
        ordered = failed.loc[keys.sort_values(["waived", "grave"], kind="stable").index]
        return tables.failed(ordered, "Checks that failed", self.catalogue)

    def to_mend(self) -> Shown:
        """Who mends what, the gravest first, with the return sheet of each."""
        failed = self.findings[self.findings["outcome"].isin(["fail", "error"])]
        grave = failed.assign(grave=failed["severity"].map(_GRAVITY))
        ordered = grave.sort_values(["grave", "owner"], kind="stable")
        return tables.to_mend(ordered, "Who mends what", f"returns/{self.evidence.year.year}")

    def timeliness(self) -> Shown:
        """How old the newest figures of each source are on the cut-off, in months."""
        evidence = self.evidence
        titles = {name: source.title for name, source in evidence.sources.items()}
        grid = ages_of(evidence.observations, evidence.authority.code, titles, evidence.year.cut_off)
        about = "Months from the end of the newest period to the cut-off date, by source and kind of period"
        described = f"Table of {len(grid)} sources by {grid.shape[1]} kinds of period; each cell is a number of months."
        return charts.heatmap(grid, charts.Caption("How many months old the newest figures are", about, described))

    def uncommented(self) -> Shown:
        """The findings about red measures that nobody has commented on."""
        every = self.all_findings[self.all_findings["source"] == COMMENTARY]
        return tables.findings(every[every["outcome"] == "fail"], "Red measures without a commentary")

    def findings_all(self) -> Shown:
        """Every check of every source."""
        titles = {name: source.title for name, source in self.evidence.sources.items()}
        by_source = self.told_findings.groupby("source")
        return stack(*(tables.checks_of(str(name), rows, titles.get(str(name), str(name))) for name, rows in by_source))

    def coverage(self) -> Shown:
        """How many figures of the authority each source has, year by year."""
        titles = {name: source.title for name, source in self.evidence.sources.items()}
        grid = coverage_of(self.evidence.observations, self.evidence.authority.code, titles)
        about = f"Figures of {self.evidence.authority.name}, by source and the year in which their period ended"
        described = f"Table of {len(grid)} sources by {grid.shape[1]} years; each cell is the number of figures."
        return charts.heatmap(grid, charts.Caption("How many figures each source gives", about, described))

    def revised(self) -> Shown:
        """The figures that the review before used and that have changed since, and what it would say otherwise."""
        earlier = self.evidence.earlier
        told = sentence(tables.revisions_sentence(self.revisions, earlier.year.year if earlier else None))
        return stack(told, tables.revisions(self.revisions, self.catalogue)) if len(self.revisions) else told

    def provenance(self) -> Shown:
        """Every file that was read, with its edition and hash."""
        return tables.provenance(self.evidence.provenance, "Where the figures came from")

    def file_notes(self) -> Shown:
        """What to know about how the files were read."""
        return tables.table(self.evidence.notes, "How the files were read", {"file": "File", "note": "Note"})
