"""What Polars says of files that it cannot write, as the errors that the rest of the library knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl

_REFUSED: Final = re.compile(r"([^:]*) \(os error (\d+)\)")


@contextmanager
def writing(place: Path | str) -> Iterator[None]:
    """What the system refuses while Polars writes is an OSError that names ``place``."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        told = _refused(error, place)
        if told is None:
            raise
        raise told from error


def _refused(error: Exception, place: Path | str) -> OSError | None:
    """The system's refusal with the place; None where the error is no such thing, or names its file already."""
    if isinstance(error, OSError) and error.errno is not None:
        return OSError(error.errno, error.strerror, str(place)) if error.filename is None else None
    found = _REFUSED.search(str(error))
    return None if found is None else OSError(int(found[2]), found[1].strip(), str(place))
