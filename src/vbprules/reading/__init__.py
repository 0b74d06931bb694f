"""Reading what people and programs hand in, as one kind of tree."""

from vbprules.reading.tree import (
    NOWHERE,
    Limits,
    Mapping,
    Mark,
    Node,
    Scalar,
    Sequence,
    Source,
    from_python,
    read,
    read_bytes,
    read_file,
    read_text,
)

__all__ = [
    "NOWHERE",
    "Limits",
    "Mapping",
    "Mark",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "from_python",
    "read",
    "read_bytes",
    "read_file",
    "read_text",
]
