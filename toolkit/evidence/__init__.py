"""What one review rests on: params checked against the data, and the frames worked out from them, each once.

``gather`` refuses whatever is wrong before anything is run. A frame is worked out when it is first asked for; where
``kept`` holds it already, left there by the notebook that ran first, it is read from there.
"""

from toolkit.evidence.gathering import Evidence, gather
from toolkit.evidence.revised import revisions_between

__all__ = ["Evidence", "gather", "revisions_between"]
