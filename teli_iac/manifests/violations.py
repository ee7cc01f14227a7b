"""What a schema says against a document, as values: jsonschema's verdict without jsonschema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from teli_iac.manifests.document import Path


@dataclass(frozen=True, slots=True, repr=False)
class Violation:
    """One keyword of a schema that a value breaks.

    `path` leads to the value, or to the mapping when a key of it is meant; `key` is that key (missing,
    unknown or malformed). `expected` is what stands at the keyword, `schema` what stands around it.
    """

    keyword: str
    path: Path
    value: Any
    expected: Any
    schema: dict[str, Any]
    key: str | None = None

    def __repr__(self) -> str:
        return f"Violation({self.keyword} at {self.path})"
