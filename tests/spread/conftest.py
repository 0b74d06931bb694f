"""Helpers of these tests, and whether what they need is installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tables")]

collect_ignore_glob = [] if all(map(find_spec, ("polars", "pyarrow"))) else ["test_*.py"]  # the extras tables and dask
