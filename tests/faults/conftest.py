"""Nothing here is a test for pytest: ``make faults`` runs it, and ``.ci/run`` a sample."""

collect_ignore_glob = ["*.py"]
