"""``vbprules lsp``: a language server for editors, over the standard streams."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report

_PAGES: Final = Path(__file__).parents[3] / "docs" / "findings"  # in a checkout; an installed library has no pages


def run(args: Namespace, console: Console) -> int:
    """Serve until the editor says that it is done. Exit code 1 where it went without saying so.

    Raises InputError where pygls is not installed.
    """
    try:
        from vbprules.serving.protocol import Told
        from vbprules.serving.server import server_for
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        report = Report()
        report.error("no_language_server", None)
        raise InputError(tuple(report.findings), args.lang) from None
    pages = args.pages or (_PAGES.as_uri() if _PAGES.is_dir() else "")
    server = server_for(Told(args.lang, pages=pages), args.logic)
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")  # the server's own, which it closes
    with redirect_stdout(sys.stderr):  # nothing else may be written between its messages
        server.start_io(stdout=stream)
    return 0 if server.asked_to_stop else 1
