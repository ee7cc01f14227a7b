"""The description of the API, and parts of it as schemathesis takes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import schemathesis
import yaml
from schemathesis.config import SchemathesisConfig

from tests.effort import SOAK, examples

_VERBS = ("get", "post", "put", "patch", "delete")
_DOCUMENT: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "teli-openapi.yaml").read_text(encoding="utf-8")
)

OPERATIONS: dict[str, tuple[str, str]] = {
    operation["operationId"]: (method.upper(), path)
    for path, item in _DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in _VERBS
}
"""Method and path of every documented operation, by its id."""


def describe(
    operations: Collection[str],
    unchecked: Collection[str],
    parameters: Mapping[str, str] | None = None,
    *,
    mode: str = "all",
    usual: int = 40,
) -> Any:
    """What is documented of some operations, to be tried with the usual number of examples each.

    `mode` is "positive" for requests as documented only. `parameters` are sent with every request.
    """
    config = SchemathesisConfig.from_dict(
        {
            "checks": {check: {"enabled": False} for check in unchecked},
            "generation": {
                "mode": mode,
                "max-examples": examples(usual),
                "deterministic": not SOAK,
                "database": "none",
            },
            "headers": {"X-API-Key": "any key"},
            "parameters": dict(parameters or {}),
        }
    )
    return schemathesis.openapi.from_dict(_only(operations), config=config)


def _only(operations: Collection[str]) -> dict[str, Any]:
    paths = {
        path: {
            key: value
            for key, value in item.items()
            if key not in _VERBS or value["operationId"] in operations
        }
        for path, item in _DOCUMENT["paths"].items()
    }
    return {**_DOCUMENT, "paths": paths}
