"""Saving a plan and applying it later, as the commands do it, against any Teli."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from teli_iac import workflow
from teli_iac.identity import canonical_json
from teli_iac.model import Ending, GuardName, Outcome
from teli_iac.settings import Saving
from teli_iac.workflow import PlanResult
from tests.promise.practice import Applied, Practice, options
from tests.second_teli import SecondTeli

RELEASE = "1.2.3"
NONCE = "0123456789abcdef0123456789abcdef"


def save(
    practice: Practice,
    *targets: str,
    allow: Mapping[GuardName, int] | None = None,
    sign_key: Path | None = None,
    nonce: str = NONCE,
) -> Path:
    """Plan and save it; the file."""
    file = practice.folder / "saved.plan"
    asked = replace(practice.asked(), release=RELEASE)
    workflow.save_plan(asked, options(*targets, allow=allow), Saving(file, sign_key, nonce))
    return file


def apply_saved(  # noqa: PLR0913  each is its own way of being refused
    practice: Practice,
    file: Path,
    *,
    signed_by: Path | None = None,
    expect_digest: str | None = None,
    release: str = RELEASE,
    when_shown: Callable[[PlanResult], object] = lambda _: None,
) -> Applied:
    """Apply a saved plan, which is approved by its file; `when_shown` sees what is shown."""
    saved = workflow.read_plan(file, signed_by)
    asked = replace(practice.asked(), release=release)
    wanted = replace(options(), expect_digest=expect_digest)

    def approve(result: PlanResult) -> bool:
        when_shown(result)
        return True

    *outcomes, ending = workflow.apply_saved(saved, asked, wanted, approve, lambda: False)
    assert isinstance(ending, Ending)
    return Applied(tuple(each for each in outcomes if isinstance(each, Outcome)), ending)


def edit(file: Path, change: Mapping[str, Any], *, resealed: bool = False) -> None:
    """Change parts of a saved plan, as by hand; `resealed` by somebody who knows how its digest is made."""
    document = json.loads(file.read_text())
    _merge(document, change)
    if resealed:
        content = {name: each for name, each in document.items() if name not in {"integrity", "signature"}}
        hashed = hashlib.blake2b(canonical_json(content).encode(), digest_size=32)
        document["integrity"] = hashed.hexdigest()
    file.write_text(canonical_json(document) + "\n")


def _merge(into: dict[str, Any], change: Mapping[str, Any]) -> None:
    for name, value in change.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        else:
            into[name] = value


def call(teli: SecondTeli, method: str, path: str, body: Mapping[str, Any] | None = None) -> None:
    """What a person does in the dashboard."""
    url = f"{teli.url}/v1/voice/campaigns{path}"
    httpx.request(method, url, json=body, headers={"X-API-Key": "sk-person"}).raise_for_status()
    teli.log.clear()
