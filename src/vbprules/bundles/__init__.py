"""A policy with all that is settled around it in one file, whose bytes can be pinned and signed."""
