"""Values as one line of YAML, for pages and findings that show facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def flow(value: Any) -> str:
    """``{id: R1, amount: 1000.00}``; what YAML would take for something else is quoted."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    text = str(value)
    plain = text and all(character.isalnum() or character in "-_.%@ " for character in text) and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)
