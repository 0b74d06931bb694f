"""JSON Schemas (draft 07) for editors: what may stand in a file, with Chinese first hover texts.

They are generated from the tables that the readers use. The generated files lie beside this module and ship with it;
``vbprules schema case --output src/vbprules/schemas/case.schema.json`` writes one anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from vbprules.schemas.case import case_schema
from vbprules.schemas.dossier import dossier_schema
from vbprules.schemas.policy import policy_schema

SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "case": case_schema,
    "dossier": dossier_schema,
    "policy": partial(policy_schema, "en"),
    "policy.zh": partial(policy_schema, "zh"),
}


def schema_text(name: str) -> str:
    """A schema as JSON text, as its file has it. Raises KeyError for a name that is not in ``SCHEMAS``."""
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=1) + "\n"
