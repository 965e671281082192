"""Running a review: the graph of notebooks, clean processes, the cache, the manifest, and the proof by doing it again.

Nothing here interprets a figure. ``run_review(plan, options)`` is the door; ``toolkit.cli`` builds the plan.
"""

from toolkit.run.graph import Step
from toolkit.run.hold import hold
from toolkit.run.plan import INTERRUPTED, Options, Outcome, Plan
from toolkit.run.review_run import run_review, write_index
from toolkit.run.sign_off import SignOffStatus, read_sign_off
from toolkit.run.signing import Signer, next_steps, sign_review
from toolkit.run.verify import Difference, verify

__all__ = [
    "INTERRUPTED",
    "Difference",
    "Options",
    "Outcome",
    "Plan",
    "SignOffStatus",
    "Signer",
    "Step",
    "hold",
    "next_steps",
    "read_sign_off",
    "run_review",
    "sign_review",
    "verify",
    "write_index",
]
