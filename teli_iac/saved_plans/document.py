"""A saved plan as one canonical JSON document, and strictly back.

It is what `plan --format json` prints, and beside it `saved_plan` (what can be shown, compared and used
once), `integrity` (a digest over all of it) and perhaps `signature`. The digest notices an edit by
accident or by hand; whoever edits on purpose can compute it anew, and only a signature notices that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from teli_iac.errors import PlanStale, SavedPlanError
from teli_iac.model import JsonValue, Plan
from teli_iac.render.json import plan_document
from teli_iac.saved_plans.saved import SavedPlan
from teli_iac.saved_plans.shapes import canonical_text, shape_of

FORMAT = 1
_SIGNED_AS = b"teli-iac saved plan\n"
_PLAN_AGAIN = "Plan again: teli-iac plan --out FILE"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A saved plan as it was read: what a signature of it covers, and the signature if there is one."""

    saved: SavedPlan
    signed_text: bytes
    signature: str | None


def write_document(saved: SavedPlan, sign: Callable[[bytes], str] | None) -> str:
    """The text of the file: one line of canonical JSON. Equal saved plans give equal text."""
    content = _content(saved)
    text = canonical_text(content).encode()
    sealed = {**content, "integrity": _integrity(text)}
    if sign:
        sealed["signature"] = sign(_SIGNED_AS + text)
    return canonical_text(sealed) + "\n"


def read_document(data: bytes) -> Sealed:
    """What `write_document` wrote. Raises SavedPlanError for any other file, PlanStale for an edited one."""
    document = _parse(data)
    if "saved_plan" not in document:
        raise _no_saved_plan(document)
    integrity, signature = document.pop("integrity", None), document.pop("signature", None)
    text = _text(document)
    if integrity != _integrity(text) or not isinstance(signature, str | None):
        raise _edited()
    saved = _read(document["saved_plan"])
    if canonical_text(_content(saved)).encode() != text:
        raise _edited()
    return Sealed(saved, _SIGNED_AS + text, signature)


def is_saved_plan(data: bytes) -> bool:
    """Whether these bytes are a saved plan of ours, edited or not."""
    try:
        return "saved_plan" in _parse(data)
    except SavedPlanError:
        return False


def as_saved(plan: Plan) -> Plan:
    """The plan as it comes back from a file: whole, but for the people it would call."""
    shape = shape_of(Plan)
    saved: Plan = shape.read(shape.write(plan))
    return saved


def _content(saved: SavedPlan) -> dict[str, JsonValue]:
    kept: Any = shape_of(SavedPlan).write(saved)
    return {**plan_document(saved.plan, saved.refusals), "saved_plan": {"format": FORMAT, **kept}}


def _read(kept: JsonValue) -> SavedPlan:
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise _written_otherwise(kept)
    try:
        saved: SavedPlan = shape_of(SavedPlan).read({n: value for n, value in kept.items() if n != "format"})
    except ValueError as error:
        raise _written_otherwise(kept) from error
    return saved


def _parse(data: bytes) -> dict[str, JsonValue]:
    try:
        document = json.loads(
            data.decode(), object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:
        raise _no_json() from error
    if not isinstance(document, dict):
        raise _no_saved_plan({})
    return document


def _text(document: dict[str, JsonValue]) -> bytes:
    try:
        return canonical_text(document).encode()
    except RecursionError as error:  # what could just be read may be too deep to be written
        raise _no_json() from error


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return document


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError("a number beyond all numbers")
    return number


def _integrity(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=32).hexdigest()


def _no_json() -> SavedPlanError:
    return SavedPlanError(
        "The file is no saved plan: it is no JSON, or was cut off.",
        "Copy it anew, or plan again: teli-iac plan --out FILE",
    )


def _no_saved_plan(document: dict[str, JsonValue]) -> SavedPlanError:
    if "plan_digest" in document:
        said = "The file is what `plan --format json` prints, which is to be read and cannot be applied."
    else:
        said = "The file is JSON, and no saved plan of teli-iac."
    return SavedPlanError(said, "Save a plan first: teli-iac plan --out FILE")


def _edited() -> PlanStale:
    return PlanStale("The saved plan was edited after it was made; nothing was sent.", _PLAN_AGAIN)


def _written_otherwise(kept: JsonValue) -> PlanStale:
    version = kept.get("tool_version") if isinstance(kept, dict) else None
    by = f" by teli-iac {version[:20]}" if isinstance(version, str) else ""
    return PlanStale(
        f"The saved plan was written{by} in a form that this release does not read; nothing was sent.",
        "Plan and apply with the same release of teli-iac.",
    )
