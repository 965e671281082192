"""The same page as Word and as tagged PDF: both are made from the finished HTML page, so neither can say other things.

``word`` needs python-docx and resvg, ``tagged_pdf`` pikepdf and a Chromium; the extra ``documents`` brings all but the
browser. Both import what they need when they are called; ``made_with`` says what can be made here, ``missing`` what
cannot and why, ``made_otherwise`` what an earlier review was made with that is not here.
"""

from toolkit.report.documents.pdf import tagged_pdf
from toolkit.report.documents.structure import structure_faults
from toolkit.report.documents.tools import KINDS, made_otherwise, made_with, missing
from toolkit.report.documents.word import word

__all__ = ["KINDS", "made_otherwise", "made_with", "missing", "structure_faults", "tagged_pdf", "word"]
