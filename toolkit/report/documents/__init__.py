"""The same page as Word and as tagged PDF: both are made from the finished HTML page, so neither can say other things.

``word`` needs the extra ``documents`` (python-docx); ``tagged_pdf`` needs pikepdf and a Chromium. Both import what
they need when they are called.
"""

from toolkit.report.documents.word import word

__all__ = ["word"]
