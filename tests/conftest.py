"""Profiles of the property tests, and the modules that tests of several folders share.

``ci`` (default): the same examples every time, few of them. ``nightly``: fresh examples, ``VBPRULES_EXAMPLES`` of them
(for instance 1000000), shared out over the tests by their weight.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

sys.path.insert(0, str(Path(__file__).parent / "laws"))

EXAMPLES = int(os.environ.get("VBPRULES_EXAMPLES", "0"))
_COMMON = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}

settings.register_profile("ci", max_examples=100, derandomize=True, database=None, print_blob=True, **_COMMON)
settings.register_profile("nightly", max_examples=max(EXAMPLES, 1), print_blob=True, **_COMMON)
settings.register_profile(
    "quick", max_examples=10, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate), **_COMMON
)
settings.load_profile(os.environ.get("VBPRULES_PROFILE") or ("nightly" if EXAMPLES else "ci"))
