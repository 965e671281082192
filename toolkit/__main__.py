"""``python -m toolkit`` is ``annual-review``."""

from toolkit.cli import main

main()
