"""Puts the reader of the reference vectors within reach of the tests beside it; no property is timed."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# On a busy machine one example may take longer than Hypothesis allows by default.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
