"""Sentences made from codes and numbers, by phrase banks that are data.

``phrases/<audience>.yaml`` holds the words; the modules here choose the phrase and fill in its facts. Nothing here
computes a number, and no room above this one imports it, so no wording can change a judgement.
"""

from toolkit.words.bank import REPORT, Phrases

__all__ = ["REPORT", "Phrases"]
