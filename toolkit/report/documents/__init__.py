"""The same page as Word and as tagged PDF: both are made from the finished HTML page, so neither can say other things.

``word`` needs python-docx and resvg, ``tagged_pdf`` pikepdf and a Chromium; the extra ``documents`` installs all but
the browser. ``document_tools`` lists what can be made here, ``missing`` what cannot and why, and
``describe_changed_tools`` the tools of an earlier review that are not here.
"""

from toolkit.report.documents.pdf import tagged_pdf
from toolkit.report.documents.structure import structure_faults
from toolkit.report.documents.tools import KINDS, describe_changed_tools, document_tools, missing
from toolkit.report.documents.word import word

__all__ = ["KINDS", "describe_changed_tools", "document_tools", "missing", "structure_faults", "tagged_pdf", "word"]
