"""``vbprules schema``: the JSON Schema of policies, case files or dossiers."""

from __future__ import annotations

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.schemas import schema_text


def run(args: Namespace, console: Console) -> int:
    """Print the schema, the same bytes as the file that ships."""
    if args.surface == "zh" and args.schema != "policy":
        console.tell("用法错误：--surface 只对 policy\nusage error: --surface is for policies")
        return 2
    console.write_utf8(schema_text(f"{args.schema}.zh" if args.surface == "zh" else args.schema))
    return 0
