"""``python -m vbprules.cli``."""

from __future__ import annotations

import sys

from vbprules.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
