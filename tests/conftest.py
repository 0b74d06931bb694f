"""Profiles of the property tests, and the modules that tests of several folders share.

By default every run takes the same examples. ``VBPRULES_EXAMPLES=1000000 pytest tests`` takes that many fresh ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "laws"))

from profiles import register

register()

pytest_plugins = ["pytester"]  # sessions of pytest within tests; only a conftest at the top may ask for it
