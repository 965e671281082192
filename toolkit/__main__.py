"""``python -m toolkit`` is ``annual-review``."""

from toolkit.cli import main

if __name__ == "__main__":
    main()
