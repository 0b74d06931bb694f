"""Run as a program: read, compile, decide and print a stranger's files while every way out is closed.

``hook.py POLICY DOSSIER [TABLES INTO]``, the last two for a batch and the folder in which alone it may change anything.
From the first file on nothing is opened but those files, what Python imports, and the data that the library ships; no
socket, no process, nothing that runs code from text. What is tried all the same is printed, and ends the process.
The second engine runs too where it is installed. What Polars opens by itself, the tables, no hook of Python sees.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import vbprules
from vbprules.cli.main import main

allowed = {os.path.realpath(path) for path in sys.argv[1:3]}
tables = os.path.realpath(sys.argv[3]) if len(sys.argv) > 3 else ""
into = os.path.realpath(sys.argv[4]) if len(sys.argv) > 4 else ""
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
for name in ("polars", "durable", "xlsxwriter"):  # what libraries load when imported is no matter of the files
    if find_spec(name):
        importlib.import_module("durable.lang" if name == "durable" else name)


def hook(event: str, args: tuple[object, ...]) -> None:
    if not closed:
        return
    if event.startswith((*always, *others)):
        refuse(event, args)
    if event.startswith(changes) and not all(within(into, path) for path in named(args)):
        refuse(event, args)
    if event == "open" and isinstance(args[0], (str, bytes)) and not within(into, args[0]):
        path = os.path.realpath(os.fsdecode(args[0]))
        writes = isinstance(args[1], str) and set(args[1]) & set("wax+")
        writes = writes or (args[1] is None and int(str(args[2])) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if path == os.devnull:
            return
        if writes or not (path in allowed or within(tables, path) or path.startswith(shipped)):
            refuse(event, args)


def within(folder: str, path: str | bytes) -> bool:
    return bool(folder) and Path(os.path.realpath(os.fsdecode(path))).is_relative_to(folder)


def named(args: tuple[object, ...]) -> list[str]:
    """The paths of an event; one below an open folder by that folder's own name."""
    folder = args[-1] if type(args[-1]) is int else -1
    above = os.readlink(f"/proc/self/fd/{folder}") if folder >= 0 and os.path.exists("/proc/self/fd") else ""
    return [os.path.join(above, os.fsdecode(arg)) for arg in args if isinstance(arg, (str, bytes))]


def refuse(event: str, args: tuple[object, ...]) -> None:
    os.write(2, f"TRIED {event} {args!r}\n".encode("utf-8", "backslashreplace"))
    os._exit(9)


sys.addaudithook(hook)
policy, dossier = sys.argv[1:3]
case = [policy, dossier, "--as-of", "2020-07-15"]
if into:
    os.chdir(into)  # what is opened below an open folder is told by its bare name
closed = True
if tables:
    day = ["--as-of", "2020-07-15"]
    codes = [
        main(["batch", policy, tables, *day, "--out", os.path.join(into, kind), "--format", kind])
        for kind in ("parquet", "csv", "xlsx")
    ]
else:
    codes = [
        main(["check", policy, "--no-logic"]),
        main(["show", policy]),
        main(["evaluate", *case, "--all", "--no-second-opinion"]),
        main(["evaluate", *case, "--markdown"]),
        main(["evaluate", *case, "--json"]),
        main(["explain", *case, "pay_supplier", "--no-second-opinion"]),
        main(["timeline", *case[:2], "--from", "2020-06-01", "--to", "2020-07-15"]),
        main(["next", *case]),
    ]
os.write(2, f"CODES {json.dumps(codes)}\n".encode())
