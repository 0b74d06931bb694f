"""What is named in words: a day, readings, a calendar, a policy; one a line."""

from __future__ import annotations

from fuzz.oracle import refused
from fuzz.samples import dossier, program
from vbprules.diagnostics import InputError
from vbprules.evaluation import evaluate


def one(data: bytes) -> None:
    lines = [*data.decode("utf-8", "surrogateescape").split("\n"), "", "", ""][:4]
    day, reading, calendar, policy = lines
    name, _, option = reading.partition("=")
    readings = {name: option} if reading else None
    for named in (program(), policy):
        if named == "" or (isinstance(named, str) and "\x00" not in named and named.startswith(("/", "."))):
            continue
        try:
            evaluate(named, dossier(), day, readings=readings, calendar=calendar or None, check=False)
        except InputError as error:
            refused(error)
