"""The fixtures of these tests."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from evil_files import evil

__all__ = ["evil"]
