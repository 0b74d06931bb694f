"""A server of PostgreSQL of our own: in a temporary folder, on a socket, with a password, gone after the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "长官"
PASSWORD = "p@ss:w/ 密#?"  # every character that a URL could stumble over


class NoServer(Exception):
    """There are no programs of a server here, or none that may run."""


@contextmanager
def server() -> Iterator[str]:
    """The folder of a running server's socket. Raises NoServer."""
    programs = _programs()
    as_user: dict[str, object] = {}
    folder = Path(tempfile.mkdtemp(prefix="vbp", dir="/tmp"))  # the path of a socket may not be long
    try:
        if os.geteuid() == 0:  # the server refuses to run as root
            name = _somebody()
            shutil.chown(folder, name)
            as_user = {"user": name, "extra_groups": []}
        (folder / "password").write_text(PASSWORD, "utf-8")
        (folder / "password").chmod(0o644)

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [str(programs / program), *arguments], cwd=folder, env={"LC_ALL": "C", "PATH": os.defpath},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **as_user,
            )  # fmt: skip
            if done.returncode:
                raise NoServer(f"{program}: {done.stderr.decode(errors='replace')}")

        data = str(folder / "data")
        run(
            "initdb",
            "-D",
            data,
            "-U",
            USER,
            "--pwfile=password",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c timezone=America/New_York"
        run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield str(folder)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url_of(folder: str, database: str = "postgres", password: str = PASSWORD, options: str = "") -> str:
    """The URL of a database of the server."""
    return f"postgresql://{quote(USER)}:{quote(password, safe='')}@/{quote(database)}?host={quote(folder)}{options}"


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file() and hasattr(os, "geteuid"):
            return folder
    raise NoServer("no initdb and pg_ctl of PostgreSQL are installed here")


def _somebody() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoServer("no user but root to run a server of PostgreSQL")
