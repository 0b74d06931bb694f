"""What can be mended without asking: slips of which only one thing can have been meant."""

from vbprules.mending.edits import with_edits
from vbprules.mending.mend import Mended, mended

__all__ = ["Mended", "mended", "with_edits"]
