"""Which documents are manifests of ours: every one that is not empty must be (semantics §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from teli_iac.errors import Problem
from teli_iac.kinds import KINDS
from teli_iac.manifests.characters import quoted
from teli_iac.manifests.complaints import explain
from teli_iac.manifests.document import Document, Fault, Node, Source, deepest
from teli_iac.manifests.excerpts import problems_at
from teli_iac.manifests.faults import MAX_FAULTS, too_many_problems
from teli_iac.manifests.presence import missing_keys
from teli_iac.manifests.schemas import violations
from teli_iac.manifests.suggestions import did_you_mean

API_VERSION = "teli-iac/v1"
_SHOWN = 60


def judge_source(source: Source) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The manifests of one file, and everything that is wrong with its text, envelopes and specs."""
    if source.reading.remembered:
        return tuple(_remembered(source)), ()
    documents: list[Document] = []
    faults = list(source.reading.faults)
    for root in source.reading.roots:
        if root.value is None:
            continue
        faults += _envelope_faults(root)
        if kind_of(root):
            document, complaints = _judge(source, root)
            documents.append(document)
            faults += complaints
        if len(faults) > MAX_FAULTS:
            faults = [
                *faults[:MAX_FAULTS],
                too_many_problems(faults[MAX_FAULTS].line, faults[MAX_FAULTS].column),
            ]
            break
    return tuple(documents), problems_at(source, faults)


def kind_of(root: Node) -> str:
    """The kind a document names, if it is one of ours, else an empty text."""
    kind = root.value.get("kind") if isinstance(root.value, dict) else None
    return kind if isinstance(kind, str) and kind in KINDS else ""


def _remembered(source: Source) -> Iterator[Document]:
    """Those that were judged before: whatever would be said of them now, nothing was found wrong then."""
    for root, known in zip(source.reading.roots, source.reading.known, strict=True):
        name: Any = root.value["metadata"]["name"]  # type: ignore[index,call-overload]  # a mapping, or it would not be remembered
        yield Document(source, root, kind_of(root), name, (), known)


def _judge(source: Source, root: Node) -> tuple[Document, list[Fault]]:
    """The document with the paths that its schema complains about, and the complaints."""
    name = deepest(root, ("metadata", "name")).value
    called = name if isinstance(name, str) else ""
    document = Document(source, root, kind_of(root), called, faulty=())
    found = chain(violations(document.kind, root.value), missing_keys(document.kind, root))
    broken = list(islice(found, MAX_FAULTS))
    if not broken:
        return document, []
    mistyped = {violation.path for violation in broken if violation.keyword == "type"}
    complaints = [
        explain(document, violation)
        for violation in broken
        if violation.keyword == "type" or violation.path not in mistyped
        if violation.keyword != "const" and not document.is_faulted(violation.path)
    ]
    faulty = tuple((*violation.path, *((violation.key,) if violation.key else ())) for violation in broken)
    return replace(document, faulty=faulty), complaints


def _envelope_faults(root: Node) -> Iterator[Fault]:
    if not isinstance(root.value, dict):
        yield _not_ours(root, "This document is not a mapping, so it is no manifest")
        return
    kind, version = root.children.get("kind"), root.children.get("apiVersion")
    if kind is None:
        yield _not_ours(
            root, 'This document has no "kind", so it is no manifest', _misspelt_key(root, "kind")
        )
    elif not kind_of(root):
        shown = quoted(kind.value) if isinstance(kind.value, str) else "This"
        hint = did_you_mean(str(kind.value), KINDS)
        next_step = f"{hint}Kinds: {', '.join(KINDS)}."
        yield Fault("TELI-E034", f"{shown} is not a kind of ours", next_step, kind.line, kind.column)
    if version is not None and version.value != API_VERSION:
        shown = quoted(version.value) if isinstance(version.value, str) else "This"
        message = f"{shown} is not an apiVersion of ours"
        yield Fault("TELI-E033", message, f'Write "{API_VERSION}".', version.line, version.column)


def _misspelt_key(root: Node, wanted: str) -> str:
    """A hint when a key of the root is `wanted` misspelt."""
    found = [key for key in islice(root.children, _SHOWN) if isinstance(key, str)]
    return f'Is a key misspelt? "{wanted}" is wanted. ' if did_you_mean(wanted, found) else ""


def _not_ours(root: Node, message: str, hint: str = "") -> Fault:
    next_step = (
        f"{hint}Begin it with `apiVersion: {API_VERSION}` and a kind, "
        "or name the file under the Project's `exclude`."
    )
    return Fault("TELI-E032", message, next_step, root.line, root.column)
