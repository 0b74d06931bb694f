"""Several files as one: a ZIP archive of which every byte is settled by the names and contents of its files.

Files are stored and not compressed, in a fixed order, without times, comments or extra fields (APPNOTE 6.3.3: local
headers, central directory, end). Reading follows no offset and unpacks nothing: what the bytes seem to hold is written
anew and must give the same bytes. So whatever another ZIP program could do with names, links, sizes or hidden parts
is refused without knowing it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Final
from zlib import crc32

MAGIC: Final = b"PK\x03\x04"
LARGEST: Final = 16_000_000  # bytes of a whole bundle
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_NEEDED: Final = 20  # the version of the format that is needed to read it
_MADE: Final = 3 << 8 | _NEEDED  # Unix, for the mode
_DAY: Final = 1 << 5 | 1  # 1980-01-01, the first that the format knows
_MODE: Final = 0o100644 << 16  # a plain file


def packed(files: Mapping[str, bytes]) -> bytes:
    """The archive of some files, by name in the order given. Names are ASCII, sizes below 4 GB."""
    body, directory = bytearray(), bytearray()
    for name, data in files.items():
        text, offset = name.encode("ascii"), len(body)
        common = (0, 0, 0, _DAY, crc32(data), len(data), len(data), len(text), 0)
        body += _LOCAL.pack(MAGIC, _NEEDED, *common) + text + data
        directory += _CENTRAL.pack(b"PK\x01\x02", _MADE, _NEEDED, *common, 0, 0, 0, _MODE, offset) + text
    count = len(files)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def seeming(data: bytes, most: int = 1_000) -> list[tuple[str, bytes]]:
    """The files that an archive seems to hold, one after the other, ``most`` of them at most.

    Nothing is checked but that the bytes are there; names may be anything, and the same one twice.
    """
    files: list[tuple[str, bytes]] = []
    at = 0
    while len(files) < most and data[at : at + 4] == MAGIC and at + _LOCAL.size <= len(data):
        *_, size, length, _ = _LOCAL.unpack_from(data, at)
        start = at + _LOCAL.size
        end = start + length + size
        if end > len(data):
            break
        files.append((data[start : start + length].decode("ascii", "backslashreplace"), data[start + length : end]))
        at = end
    return files


def first_difference(one: bytes, two: bytes) -> int | None:
    """Where two texts of bytes first differ, from 0; None where they are the same."""
    if one == two:
        return None
    low, high = 0, min(len(one), len(two))  # everything before `low` is the same
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
