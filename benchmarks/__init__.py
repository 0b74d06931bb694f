"""Measurements of speed and exactness, each beside a yardstick in the same run: ``python -m benchmarks``."""
