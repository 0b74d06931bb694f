"""Detached signatures of bundles, checked by OpenSSH: ``ssh-keygen -Y verify``, in a namespace of their own.

The one who approves signs with ``ssh-keygen -Y sign -n vbprules-bundle -f KEY BUNDLE``. Who may sign, and how long, is
said by a file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS). No key is ever read here.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from vbprules.diagnostics import Report, Source
from vbprules.diagnostics.place import shown
from vbprules.reading import Limits, read_text

NAMESPACE: Final = "vbprules-bundle"
_PROGRAM: Final = "ssh-keygen"
_SECONDS: Final = 60
_REASON: Final = 200  # characters of what the program says


def check_signature(data: bytes, name: str, signature: Path, signers: Path, signer: str, report: Report) -> None:
    """Report where a signature is not one that an allowed signer made, for this name space, of just these bytes.

    ``signers``: the file of allowed signers; ``signer``: the identity that must have signed. What is wrong with the
    two files goes to ``report`` as well.
    """
    before = report.error_count
    with report.source(Source(name, "")):
        for path, limit in ((signature, 100_000), (signers, 4_000_000)):
            read_text(path, report, Limits(bytes=limit))
        report.use(name)
        if report.error_count > before:
            return
        given = ("-f", str(signers), "-I", signer, "-n", NAMESPACE, "-s", str(signature))
        try:
            done = subprocess.run(
                [_PROGRAM, "-Y", "verify", *given],
                input=data,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            report.error("no_ssh_keygen", None, reason=getattr(error, "strerror", None) or type(error).__name__)
            return
        if done.returncode != 0:
            told = b" ".join((done.stderr + b"\n" + done.stdout).split()).decode("utf-8", "replace")
            report.error("signature_refused", None, signer=signer, reason=shown(told)[:_REASON])
