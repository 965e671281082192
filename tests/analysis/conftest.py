"""Puts the reader of the reference vectors within reach of the tests beside it; no property is timed."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# The first interval of a run imports statsmodels, which takes longer than Hypothesis allows one example.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
