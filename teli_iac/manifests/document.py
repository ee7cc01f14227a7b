"""A manifest as read: plain values beside the places they stand at, before anything is known to be valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from teli_iac.model import JsonValue, JudgedRows, Mark

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the root of a document to a value."""

Span: TypeAlias = tuple[int, int, int, int]
"""From line and column to line and column, counted from 1, the end left out."""


class Node(NamedTuple):
    """A value and where it stands; `key_line` is 0 for what has no key. `children` are by key or index.

    A NamedTuple because a thousand manifests hold sixty thousand of them.
    """

    value: JsonValue
    line: int
    column: int
    key_line: int
    key_column: int
    children: Mapping[str | int, Node]

    def __repr__(self) -> str:
        return f"Node({self.line}:{self.column})"


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that knows its line and column, but not yet what its file is called."""

    code: str
    message: str
    next_step: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a Campaign that was found clean: where its leads stand, and what they came to."""

    leads_line: int
    leads_column: int
    people: JudgedRows | None


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """One file taken apart: its documents, what is wrong with its text, and where personal data stands.

    `broken` is true when reading stopped before the end, so that more documents may be there than are
    known. `faulted` are the places whose value is already complained about. A file that is `remembered`, by
    the hash of its bytes, has Campaigns alone, and nothing is wrong with them; `known` tells of each, and
    neither its text nor its people are here.
    """

    text: str
    roots: tuple[Node, ...]
    faults: tuple[Fault, ...]
    faulted: frozenset[tuple[int, int]]
    personal: tuple[Span, ...]
    broken: bool
    remembered: str = ""
    known: tuple[Known, ...] = ()

    def __repr__(self) -> str:
        return f"Reading({len(self.roots)} documents, {len(self.faults)} faults)"


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A file that was read, under the name people see: its path below the project folder."""

    file: str
    reading: Reading

    def __repr__(self) -> str:
        return f"Source({self.file})"


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One manifest of ours. `faulty` are the paths its schema complains about; the name may be empty then.

    `known` is what is remembered of it; then it was found clean before, and rows of people are left out of
    its value.
    """

    source: Source
    root: Node
    kind: str
    name: str
    faulty: tuple[Path, ...]
    known: Known | None = None

    def mark(self, path: Path = ()) -> Mark:
        """Where the value at `path` stands, or the nearest value above it that exists."""
        node = deepest(self.root, path)
        return Mark(self.source.file, node.line, node.column)

    def is_sound(self, *path: str) -> bool:
        """Whether nothing at `path`, below or above it is faulty."""
        return not self.faulty or not any(wrong[: len(path)] == path[: len(wrong)] for wrong in self.faulty)

    def is_faulted(self, path: Path) -> bool:
        """Whether reading has complained about the very value at `path`."""
        node = deepest(self.root, path)
        return not node.children and (node.line, node.column) in self.source.reading.faulted

    def sound_part(self, section: str) -> dict[str, Any]:
        """What is left of `metadata` or `spec` without its faulty entries, so that the rest is checked."""
        below = self.root.value.get(section) if isinstance(self.root.value, dict) else None
        if not isinstance(below, dict):
            return {}
        if not self.faulty:
            return below
        return {key: item for key, item in below.items() if self.is_sound(section, key)}

    def __repr__(self) -> str:
        return f"Document({self.kind} {self.name}, {self.source.file}:{self.root.line})"


def deepest(root: Node, path: Path) -> Node:
    """The node at `path`, or the last one on the way there that exists."""
    node = root
    for step in path:
        below = node.children.get(step)
        if below is None:
            return node
        node = below
    return node
