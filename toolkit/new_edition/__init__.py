"""A new edition of a source: recognised, dated, read, checked, compared with the last (``annual-review add``).

Nothing is written where the file is refused.
"""

from toolkit.new_edition.add import AddedEdition, FileToAdd, add_edition
from toolkit.new_edition.archive import unpack
from toolkit.new_edition.lines import describe_added, describe_proposal
from toolkit.new_edition.propose import ProposedSource, propose_source

__all__ = [
    "AddedEdition",
    "FileToAdd",
    "ProposedSource",
    "add_edition",
    "describe_added",
    "describe_proposal",
    "propose_source",
    "unpack",
]
