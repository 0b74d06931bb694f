"""``vbprules schema``: the JSON Schema of policies, case files or dossiers."""

from __future__ import annotations

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.schemas import schema_text


def run(args: Namespace, console: Console) -> int:
    """Print the schema, the same bytes as the file that ships."""
    console.write_utf8(schema_text(args.schema))
    return 0
