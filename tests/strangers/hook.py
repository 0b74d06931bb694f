"""Run as a program: read, compile, decide and print a stranger's files while every way out is closed.

From the first file on nothing is opened but those files, what Python imports, and the data that the library ships; no
socket, no process, nothing that runs code from text. What is tried all the same is printed, and ends the process.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import vbprules
from vbprules.cli.main import main

allowed = {os.path.realpath(path) for path in sys.argv[1:]}
shipped = (os.path.realpath(Path(vbprules.__file__).parent), *map(os.path.realpath, {sys.prefix, sys.base_prefix}))
always = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.forkpty")
changes = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.link",
    "os.symlink",
    "shutil.",
    "tempfile.",
)
others = ("urllib.", "ftplib.", "smtplib.", "http.", "webbrowser.", "ctypes.dlopen", "pty.spawn", "cpython.run_")
closed = False


def hook(event: str, args: tuple[object, ...]) -> None:
    if not closed:
        return
    if event.startswith((*always, *changes, *others)):
        refuse(event, args)
    if event == "open" and isinstance(args[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(args[0]))
        writes = isinstance(args[1], str) and set(args[1]) & set("wax+")
        if writes or not (path in allowed or path.startswith(shipped)):
            refuse(event, args)


def refuse(event: str, args: tuple[object, ...]) -> None:
    os.write(2, f"TRIED {event} {args!r}\n".encode("utf-8", "backslashreplace"))
    os._exit(9)


sys.addaudithook(hook)
policy, dossier = sys.argv[1:3]
closed = True
codes = [
    main(["check", policy, "--no-logic"]),
    main(["show", policy]),
    main(["evaluate", policy, dossier, "--as-of", "2020-07-15", "--all", "--no-second-opinion"]),
    main(["evaluate", policy, dossier, "--as-of", "2020-07-15", "--markdown", "--no-second-opinion"]),
    main(["evaluate", policy, dossier, "--as-of", "2020-07-15", "--json", "--no-second-opinion"]),
]
os.write(2, f"CODES {json.dumps(codes)}\n".encode())
